"""Logging over the API: answers, and requests that are made once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core.actions.cache import verify
from core.actions.edit.undo import undo_last
from core.group.permissions import Actor
from core.ports.store import Store
from tests.web.api.conftest import ANN, BEN, GROUP, NOW, Desk, desk_on
from web.api import answers

TODAY = "2026-11-02"
ALL = {"from": "2026-10-01", "to": "2026-12-31"}


async def logged(desk: Desk, title: str, body: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The answer to a log."""
    ids = await desk.ids(GROUP if "owner" in more else ANN)
    answer = await desk.ask("POST", f"/kpi-logs/{ids[title]}/log", {"date": TODAY, **body}, **more)
    assert answer.status_code == 200, answer.text
    answers.Logged.model_validate(answer.json())
    result: dict[str, Any] = answer.json()
    return result


async def entries(desk: Desk, title: str, **more: Any) -> list[dict[str, Any]]:
    """The entries of a KPI."""
    ids = await desk.ids(GROUP if "owner" in more else ANN)
    page = await desk.get("/kpi-logs", kpiId=ids[title], **ALL, **more)
    answers.EntriesShape.model_validate(page)
    result: list[dict[str, Any]] = page["logs"]
    return result


async def test_a_log_answers_with_the_kpi_and_all_of_its_ancestors(store: Store) -> None:
    desk = await desk_on(store)
    done = await logged(desk, "Run", {"value": 5, "note": "felt great"})
    assert (done["outcome"], done["log"]["value"], done["log"]["note"]) == ("logged", 5, "felt great")
    assert [(one["title"], one["progress"], one["currentValue"]) for one in done["updatedProgress"]] == [
        ("Run", 100, 5),
        ("50 km a week", 10, 5),
        ("200 km a month", 2, 5),
        ("600 km a quarter", 1, 5),
        ("Run a marathon", 1, pytest.approx(1.28, abs=0.01)),
    ]
    assert (await verify(store, Actor.host()))[1] == []


async def test_a_tick_and_its_opposite_and_a_skip(desk: Desk) -> None:
    assert (await logged(desk, "Stretch", {"isCompleted": True}))["updatedProgress"][0]["progress"] == 100
    assert (await logged(desk, "Stretch", {}))["outcome"] == "unchanged"
    undone = await logged(desk, "Stretch", {"isCompleted": False})
    assert (undone["updatedProgress"][0]["progress"], undone["log"]["isCompleted"]) == (0, False)
    skipped = await logged(desk, "Stretch", {"skipped": True})
    assert (skipped["log"]["skipped"], skipped["updatedProgress"][0]["status"]) == (True, "off")


async def test_the_same_key_again_changes_nothing(desk: Desk) -> None:
    key = {"Idempotency-Key": "6f1c"}
    first = await logged(desk, "Run", {"value": 5}, headers=key)
    again = await logged(desk, "Run", {"value": 5}, headers=key)
    assert (again["outcome"], again["log"]) == ("repeated", first["log"])
    assert again["updatedProgress"] == first["updatedProgress"]
    await logged(desk, "Run", {"value": 5}, headers={"Idempotency-Key": "another"})
    assert len(await entries(desk, "Run")) == 2
    [newest, oldest] = await entries(desk, "Run")
    assert newest["id"] > oldest["id"]
    for _ in range(2):
        gone = await desk.ask("DELETE", f"/kpi-logs/{newest['id']}", headers={"Idempotency-Key": "gone"})
        assert (gone.status_code, gone.json()["outcome"], gone.json()["log"]) == (200, "undone", None)
    assert [one["id"] for one in await entries(desk, "Run")] == [oldest["id"]]
    assert (await desk.ask("DELETE", f"/kpi-logs/{newest['id']}")).json()["code"] == "log_gone"


async def test_a_changed_log_keeps_the_other_entries_of_the_day(desk: Desk) -> None:
    await logged(desk, "Run", {"value": 1})
    entry = (await logged(desk, "Run", {"value": 2, "note": "slow"}))["log"]
    changed = await desk.ask("PATCH", f"/kpi-logs/{entry['id']}", {"value": 3}, headers={"Idempotency-Key": "c"})
    assert changed.json()["updatedProgress"][0]["currentValue"] == 4
    again = await desk.ask("PATCH", f"/kpi-logs/{entry['id']}", {"value": 3}, headers={"Idempotency-Key": "c"})
    assert (again.json()["outcome"], again.json()["log"]) == ("repeated", changed.json()["log"])
    assert [(one["value"], one["note"]) for one in await entries(desk, "Run")] == [(3, "slow"), (1, None)]
    # It can be undone in the chat like any other.
    await undo_last(desk.store, Actor.alone(ANN), NOW)
    assert [one["value"] for one in await entries(desk, "Run")] == [2, 1]


async def test_a_log_moved_to_another_day_tells_of_both(desk: Desk) -> None:
    desk.now = NOW.replace(day=9)
    entry = (await logged(desk, "Run", {"value": 5}))["log"]
    moved = await desk.ask("PATCH", f"/kpi-logs/{entry['id']}", {"date": "2026-11-09", "value": 5})
    assert moved.status_code == 200, moved.text
    days = {one["periodStart"]: one["currentValue"] for one in moved.json()["updatedProgress"] if one["title"] == "Run"}
    assert days == {"2026-11-09": 5, TODAY: 0}
    assert {one["currentValue"] for one in moved.json()["updatedProgress"] if one["level"] == "monthly"} == {5}
    assert [one["date"] for one in await entries(desk, "Run")] == ["2026-11-09"]


async def test_entries_come_in_pages_the_latest_first(desk: Desk) -> None:
    desk.now = NOW.replace(day=20)
    for day in range(2, 9):
        for value in (1, 2):
            await logged(desk, "Run", {"date": f"2026-11-{day:02}", "value": value})
    ids, seen, cursor = await desk.ids(), list[tuple[str, int]](), dict[str, Any]()
    while True:
        page = await desk.get("/kpi-logs", kpiId=ids["Run"], limit=3, **ALL, **cursor)
        seen += [(one["date"], one["value"]) for one in page["logs"]]
        if page["nextCursor"] is None:
            break
        cursor = {"cursor": page["nextCursor"]}
    assert seen == [(f"2026-11-{day:02}", value) for day in range(8, 1, -1) for value in (2, 1)]


REFUSED: list[tuple[str, dict[str, Any], int, str]] = [
    ("Run", {}, 422, "value_needed"),
    ("Run", {"date": "2026-11-03", "value": 1}, 422, "day_ahead"),
    ("Run", {"value": -1}, 422, "day_below_zero"),
    ("50 km a week", {"value": 1}, 422, "not_a_leaf"),
    ("Stretch", {"value": 3}, 422, "takes_no_number"),
    ("Stretch", {"skipped": True, "value": 1}, 422, "request_invalid"),
    ("Stretch", {"value": "1"}, 422, "request_invalid"),
    ("Run", {"value": 1e30}, 422, "request_invalid"),
    ("Run", {"value": 1, "more": 1}, 422, "request_invalid"),
    ("Run", {"date": "2026-13-01", "value": 1}, 422, "request_invalid"),
]


@pytest.mark.parametrize(("title", "body", "status", "code"), REFUSED)
async def test_a_refusal_is_a_problem_with_a_code_and_a_sentence(
    desk: Desk, title: str, body: dict[str, Any], status: int, code: str
) -> None:
    ids = await desk.ids()
    answer = await desk.ask("POST", f"/kpi-logs/{ids[title]}/log", {"date": TODAY, **body})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = answers.Problem.model_validate(answer.json())
    assert (problem.code, problem.status) == (code, status)
    assert problem.detail.endswith(".")
    assert await entries(desk, "Run") == []


async def test_the_values_of_a_refusal_are_written_like_all_others(desk: Desk) -> None:
    ids = await desk.ids()
    path = f"/kpi-logs/{ids['Run a marathon']}/log"
    refused = (await desk.ask("POST", path, {"date": "2026-11-02", "value": 1})).json()
    assert refused["values"] == {"title": "Run a marathon", "leaves": [ids["Run"], ids["Stretch"]]}
    assert (await desk.ask("GET", "/goal-tree", owner="-999")).json()["values"] == {"chatId": None}
    both = (await desk.ask("PATCH", f"/goals/{ids['Run']}", {"title": "A", "target": 3})).json()
    assert both["faults"][0]["detail"] == "a title is changed by itself, for it holds at all times"
    lines = (await desk.ask("POST", "/goals", {"outline": "Read\n  D: A = = 2\n  D: B = = 2"})).json()
    assert ".;" not in lines["detail"]
    assert lines["detail"].endswith(".")


async def test_in_a_group_everyone_logs_for_themselves_and_reads_no_notes_of_others(desk: Desk) -> None:
    group = str(GROUP)
    await logged(desk, "Walk", {"value": 2, "note": "with Tom"}, owner=group)
    await logged(desk, "Walk", {"value": 3}, owner=group, by=BEN)
    seen = await entries(desk, "Walk", owner=group, by=BEN)
    assert [(one["value"], one["note"], one["isMine"]) for one in seen] == [(3, None, True), (2, None, False)]
    hers = (await entries(desk, "Walk", owner=group))[1]
    assert hers["note"] == "with Tom"
    for method, body in (("PATCH", {"value": 9}), ("DELETE", None)):
        refused = await desk.ask(method, f"/kpi-logs/{hers['id']}", body, owner=group, by=BEN)
        assert (refused.status_code, refused.json()["code"]) == (403, "anothers")
    read = await logged(desk, "Read", {"value": 20}, owner=group, by=BEN)
    assert [one["title"] for one in read["updatedProgress"]][1:] == ["Read", "Fit"]
    assert [one["value"] for one in await entries(desk, "Read", owner=group, by=BEN)] == [20]
    assert await entries(desk, "Read", owner=group) == []
    skip = await desk.ask("POST", f"/kpi-logs/{hers['kpiId']}/log", {"date": TODAY, "skipped": True}, owner=group)
    assert skip.json()["code"] == "everyones"


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Run", {"value": 5}),
        ("Run", {"skipped": True}),
        ("Stretch", {"isCompleted": True}),
        ("Stretch", {"skipped": True}),
    ],
)
@pytest.mark.parametrize("change", [{"note": "at home"}, {"date": "2026-11-03"}])
async def test_a_change_keeps_fields_that_it_does_not_name(
    store: Store, title: str, said: dict[str, Any], change: dict[str, str]
) -> None:
    desk = await desk_on(store)
    desk.now = NOW + timedelta(days=1)
    before = (await logged(desk, title, said))["log"]
    changed = await desk.ask("PATCH", f"/kpi-logs/{before['id']}", change)
    assert changed.status_code == 200, changed.text
    [entry] = await entries(desk, title)
    assert entry == {**before, "id": entry["id"], "createdAt": entry["createdAt"], **change}


async def test_a_note_makes_no_tick_of_what_was_not_done(store: Store) -> None:
    desk = await desk_on(store)
    await logged(desk, "Stretch", {"isCompleted": True})
    undone = (await logged(desk, "Stretch", {"isCompleted": False}))["log"]
    await desk.ask("PATCH", f"/kpi-logs/{undone['id']}", {"note": "sore"})
    [entry] = await entries(desk, "Stretch")
    assert (entry["isCompleted"], entry["note"]) == (False, "sore")


async def test_without_days_all_entries_are_there(store: Store) -> None:
    desk = await desk_on(store)
    await logged(desk, "Run", {"value": 5})
    ids = await desk.ids()
    assert [entry["value"] for entry in (await desk.get("/kpi-logs", kpiId=ids["Run"]))["logs"]] == [5]
