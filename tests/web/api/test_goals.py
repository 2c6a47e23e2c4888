"""Editing and pausing goals over the API: answers, and requests that are made once."""

from __future__ import annotations

from typing import Any

import pytest

from core.actions.cache import verify
from core.actions.edit.undo import Undone, undo_last
from core.group.permissions import Actor
from core.ports.store import Store
from core.tokens import Scope
from tests.web.api.conftest import ANN, BEN, GROUP, NOW, Desk, desk_on
from web.api.edit_answers import EditedAnswer, PausedAnswer, PausesAnswer

KEY = {"Idempotency-Key": "6f1c"}


async def edited(desk: Desk, method: str, path: str, body: object = None, **more: Any) -> dict[str, Any]:
    """The answer to an edit of a goal; `{title}` in the path becomes its id."""
    answer = await desk.ask(method, f"/goals/{path.format_map(await desk.ids())}", body, **more)
    assert answer.status_code == 200, answer.text
    EditedAnswer.model_validate(answer.json())
    result: dict[str, Any] = answer.json()
    return result


async def refused(desk: Desk, method: str, path: str, body: object = None, **more: Any) -> tuple[int, str]:
    """The status and code of a refusal; for a plan, the code of its fault."""
    answer = await desk.ask(method, path.format_map(await desk.ids()), body, **more)
    faults = answer.json()["faults"]
    return answer.status_code, faults[0]["code"] if faults else answer.json()["code"]


async def test_a_goal_is_renamed_once(store: Store) -> None:
    desk = await desk_on(store)
    ids = await desk.ids()
    done = await edited(desk, "PATCH", "{Run}", {"title": "Jog"}, headers=KEY)
    assert (done["outcome"], done["before"]["title"], done["goal"]["title"]) == ("done", "Run", "Jog")
    again = await desk.ask("PATCH", f"/goals/{ids['Run']}", {"title": "Jog"}, headers=KEY)
    assert again.json() == {**done, "outcome": "repeated"}
    undone = await undo_last(store, Actor.alone(ANN), NOW, source_key=None)
    assert isinstance(undone, Undone)
    assert "Run" in await desk.ids()


async def test_terms_count_from_a_day_on(desk: Desk) -> None:
    body = {"target": 8, "weekdays": ["mon", "fri"], "weight": 2, "from": "2026-11-09"}
    done = await edited(desk, "PATCH", "{Run}", body)
    goal = done["goal"]
    assert (done["from"], goal["target"], goal["weight"]) == ("2026-11-09", 8, 2)
    assert (goal["weekdays"], goal["everyDays"], goal["monthDays"]) == (["mon", "fri"], None, None)
    [changed] = done["expectations"]
    assert (changed["title"], changed["periodStart"], changed["before"], changed["now"]) == ("Run", "2026-11-09", 5, 8)
    assert (await edited(desk, "PATCH", "{Stretch}", {"everyDays": 2}))["goal"]["everyDays"] == 2
    assert (await edited(desk, "PATCH", "{Stretch}", {"monthDays": [31, 1]}))["goal"]["monthDays"] == [1, 31]
    assert (await edited(desk, "PATCH", "{Run}", {"tracked": True}))["goal"]["target"] is None
    assert (await verify(desk.store, Actor.host()))[1] == []


async def test_a_goal_is_moved_ordered_ended_taken_up_and_deleted(desk: Desk) -> None:
    ids = await desk.ids()
    ordered = await edited(desk, "POST", "{Stretch}/move", {"beforeId": ids["Run"]})
    assert ordered["goal"]["parentId"] == ids["50 km a week"]
    moved = await edited(desk, "POST", "{Stretch}/move", {"parentId": ids["Run a marathon"]})
    assert moved["goal"]["parentId"] == ids["Run a marathon"]
    assert (await edited(desk, "POST", "{Stretch}/end", on="2026-11-05"))["goal"]["endsOn"] == "2026-11-05"
    again = await edited(desk, "POST", "{Stretch}/take-up", on="2026-11-09")
    assert (again["goal"]["endsOn"], again["from"]) == (None, "2026-11-09")
    await desk.ask("POST", f"/kpi-logs/{ids['Stretch']}/log", {"date": "2026-11-02"})
    assert await refused(desk, "POST", "/goals/{Stretch}/end", on="2026-01-01") == (422, "end_before_start")
    assert await refused(desk, "DELETE", "/goals/{Stretch}") == (409, "delete_logged")
    gone = await edited(desk, "DELETE", "{Stretch}", sure="true")
    assert (gone["before"]["title"], gone["goal"]) == ("Stretch", None)
    assert (await verify(desk.store, Actor.host()))[1] == []


async def test_days_off_are_given_listed_and_ended(desk: Desk) -> None:
    body = {"from": "2026-11-02", "to": "2026-11-08"}
    answer = await desk.ask("POST", "/pauses", body, headers=KEY)
    done = PausedAnswer.model_validate(answer.json())
    quarter = done.expectations[0]
    assert (quarter.title, f"{quarter.before} -> {quarter.now}") == ("600 km a quarter", "392 -> 346")
    assert (await desk.ask("POST", "/pauses", body, headers=KEY)).json()["outcome"] == "repeated"
    ids = await desk.ids()
    await desk.ask("POST", "/pauses", {**body, "goalId": ids["Run"]})
    page = await desk.get("/pauses")
    PausesAnswer.model_validate(page)
    [all_of_it, run] = page["pauses"]
    assert (all_of_it["goalId"], run["goalId"], run["to"]) == (None, ids["Run"], "2026-11-08")
    ended = await desk.ask("POST", f"/pauses/{all_of_it['id']}/end")
    assert (ended.json()["outcome"], ended.json()["after"]) == ("done", [])
    assert await desk.get("/pauses") == {"pauses": [run]}
    assert (await verify(desk.store, Actor.host()))[1] == []


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("PATCH", "/goals/{Run}", {}, (422, "nothing_to_change")),
        ("PATCH", "/goals/{Run}", {"title": "x", "target": 5}, (422, "value_error")),
        ("PATCH", "/goals/{Run}", {"target": 5, "tracked": True}, (422, "value_error")),
        ("PATCH", "/goals/{Run}", {"everyDays": 0}, (422, "every_days_unfit")),
        ("PATCH", "/goals/{Run}", {"monthDays": [32]}, (422, "month_day_unfit")),
        ("PATCH", "/goals/{Run}", {"everyDays": 2, "weekdays": ["mon"]}, (422, "two_schedules")),
        ("PATCH", "/goals/{Run}", {"target": 8, "from": "2026-11-01"}, (422, "terms_before_start")),
        ("PATCH", "/goals/{Run}", {"title": "stretch"}, (422, "title_taken")),
        ("POST", "/goals/{Run a marathon}/move", {}, (422, "vision_stays")),
        ("POST", "/goals/999999/move", {}, (404, "goal_gone")),
        ("POST", "/pauses", {"from": "2026-11-08", "to": "2026-11-02"}, (422, "pause_ends_before")),
        ("POST", "/pauses", {"from": "2026-11-08", "to": "2036-11-02"}, (422, "pause_too_long")),
        ("POST", "/pauses", {"from": "2026-11-08", "to": "2026-11-09", "goalId": "999999"}, (404, "goal_gone")),
        ("POST", "/pauses/999999/end", None, (404, "pause_gone")),
    ],
)
async def test_an_impossible_edit_is_a_problem(
    desk: Desk, method: str, path: str, body: object, expected: tuple[int, str]
) -> None:
    assert await refused(desk, method, path, body) == expected


async def test_in_a_group_it_takes_an_admin_and_everywhere_the_scope(desk: Desk) -> None:
    walk = (await desk.ids(GROUP))["Walk"]
    answer = await desk.ask("PATCH", f"/goals/{walk}", {"title": "Stroll"}, by=BEN, owner=str(GROUP))
    assert (answer.status_code, answer.json()["code"]) == (403, "admins_only")
    token = await desk.secret_of(ANN, Scope.READ, Scope.LOG)
    run = (await desk.ids())["Run"]
    answer = await desk.ask("PATCH", f"/goals/{run}", {"title": "Jog"}, by=f"Bearer {token}")
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
