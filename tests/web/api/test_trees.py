"""Trees, summaries, days and series over the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core.actions.owners import change_settings
from core.group.permissions import Actor
from core.ports.store import Store
from tests.web.api.conftest import ANN, BEN, EVE, GROUP, NOW, Desk, desk_on
from tests.web.api.test_callers import init_data, tma
from web.api import answers


async def run(desk: Desk, amount: int = 5) -> None:
    """Ann's run of the day."""
    ids = await desk.ids()
    await desk.ask("POST", f"/kpi-logs/{ids['Run']}/log", {"date": "2026-11-02", "value": amount})


async def test_a_tree_has_the_shape_of_the_seed(desk: Desk) -> None:
    await run(desk)
    ids = await desk.ids()
    tree = await desk.get(f"/goal-tree/{ids['Run a marathon']}")
    answers.GoalTree.model_validate(tree)
    vision = tree["vision"]
    assert (vision["id"], vision["title"], vision["kpis"][0]["level"]) == (
        ids["Run a marathon"],
        "Run a marathon",
        "quarterly",
    )
    [quarter] = vision["kpis"]
    [month] = quarter["children"]
    [week] = month["children"]
    leaf = week["children"][0]
    assert (leaf["title"], leaf["currentValue"], leaf["targetValue"], leaf["progressPercentage"]) == ("Run", 5, 5, 100)
    assert (week["currentValue"], week["progressPercentage"]) == (5, 10)
    assert leaf["children"] == []


async def test_a_tree_is_cut_off_at_a_depth_and_figures_may_be_left_out(desk: Desk) -> None:
    ids = await desk.ids()
    path = f"/goal-tree/{ids['Run a marathon']}"
    whole = await desk.get(path, depth=4)
    assert whole == await desk.get(path)
    cut = await desk.get(path, depth=1)
    assert [one["children"] for one in cut["vision"]["kpis"]] == [None]
    assert (await desk.get(path, depth=0))["vision"]["kpis"] == []
    bare = (await desk.get(path, includeProgress="false"))["vision"]
    answers.GoalTree.model_validate({"vision": bare})
    assert (bare["progress"], bare["status"], bare["targetValue"]) == (None, None, whole["vision"]["targetValue"])


async def test_all_trees_and_the_tree_of_a_group(desk: Desk) -> None:
    assert [one["title"] for one in (await desk.get("/goal-tree"))["visions"]] == ["Run a marathon"]
    for person in (ANN, BEN):
        groups = await desk.get("/goal-tree", by=person, owner=str(GROUP))
        assert [one.title for one in answers.GoalTrees.model_validate(groups).visions] == ["Fit"]
    assert (await desk.ask("GET", "/goal-tree", by=EVE, owner=str(GROUP))).status_code == 404


async def test_a_tree_as_seen_on_an_earlier_day(desk: Desk) -> None:
    await run(desk)
    desk.now = NOW + timedelta(days=1)
    ids = await desk.ids()
    path = f"/goal-tree/{ids['Run a marathon']}"
    on = {day: (await desk.get(path, on=day))["vision"]["kpis"][0]["currentValue"] for day in ("2026-11-02",)}
    assert on == {"2026-11-02": 5}


async def test_the_summary_of_a_day(desk: Desk) -> None:
    await run(desk)
    summary = await desk.get("/progress/summary", period="current")
    answers.SummaryShape.model_validate(summary)
    assert summary["daily"] == {"completed": 1, "total": 2, "rate": 50}
    ids = await desk.ids()
    assert await desk.get("/progress/summary", visionId=ids["Run a marathon"]) == summary


async def test_the_kpis_of_a_day(desk: Desk) -> None:
    await run(desk, 2)
    day = await desk.get("/daily-kpis/2026-11-02")
    answers.DailyKpis.model_validate(day)
    assert [(one["title"], one["measure"], one["isCompleted"], one["currentValue"]) for one in day["kpis"]] == [
        ("Run", "number", False, 2),
        ("Stretch", "check", False, 0),
    ]
    assert {one["visionId"] for one in day["kpis"]} == {(await desk.ids())["Run a marathon"]}


async def test_series_for_charts(desk: Desk) -> None:
    await run(desk)
    ids = await desk.ids()
    path, dates = f"/kpi-progress/{ids['Run a marathon']}", {"from": "2026-11-01", "to": "2026-11-10"}
    daily = await desk.get(path, level="daily", **dates)
    answers.SeriesShape.model_validate(daily)
    first = next(one for one in daily["series"] if one["title"] == "Run")["points"]
    assert [(point["periodStart"], point["value"], point["progress"]) for point in first[:2]] == [
        ("2026-11-02", 5, 100),
        ("2026-11-03", None, None),
    ]
    assert len(first) == 9
    weekly = await desk.get(path, level="weekly", **dates)
    assert [point["value"] for point in weekly["series"][0]["points"]] == [5, None]
    years: dict[str, Any] = {"from": "2020-01-01", "to": "2026-11-10"}
    too_long = await desk.ask("GET", path, **years)
    assert (too_long.status_code, too_long.json()["code"]) == (422, "range_too_long")


async def test_series_come_in_pages(desk: Desk) -> None:
    leaves = "".join(f"  D: Leaf {number}\n" for number in range(150))
    await desk.plant(ANN, f"Many (from 2026-11-02)\n{leaves}")
    ids = await desk.ids()
    path, dates = f"/kpi-progress/{ids['Many']}", {"from": "2026-11-02", "to": "2026-11-02"}
    seen, cursor = list[str](), dict[str, Any]()
    while True:
        page = await desk.get(path, **dates, **cursor)
        seen += [one["kpiId"] for one in page["series"]]
        if page["nextCursor"] is None:
            break
        cursor = {"cursor": page["nextCursor"]}
    assert len(seen) == len(set(seen)) == 151


async def test_the_owners_that_a_caller_may_see(desk: Desk) -> None:
    owners = await desk.get("/owners")
    answers.OwnersShape.model_validate(owners)
    assert [(one["id"], one["type"], one["today"]) for one in owners["owners"]] == [
        (str(ANN), "private", "2026-11-02"),
        (str(GROUP), "group", "2026-11-02"),
    ]


async def test_it_is_said_who_may_plan(desk: Desk) -> None:
    own = await desk.get("/owner")
    answers.OwnerFor.model_validate(own)
    assert (own["id"], own["mayPlan"]) == (str(ANN), True)
    assert (await desk.get("/owner", owner=str(GROUP)))["mayPlan"] is False
    refused = await desk.ask("POST", "/goals", {"outline": "Swim"}, owner=str(GROUP))
    assert (refused.status_code, refused.json()["code"]) == (403, "admins_only")
    await change_settings(desk.store, Actor.host(GROUP), NOW, members_plan=True)
    assert (await desk.get("/owner", owner=str(GROUP)))["mayPlan"] is True
    assert (await desk.ask("POST", "/goals", {"outline": "Swim"}, owner=str(GROUP))).status_code == 200
    hidden = await desk.ask("GET", "/owner", by=EVE, owner=str(GROUP))
    assert (hidden.status_code, hidden.json()["code"]) == (404, "chat_unknown")


async def test_nothing_new_is_said_in_no_words(desk: Desk) -> None:
    ids = await desk.ids()
    for path in ("/goal-tree", f"/goal-tree/{ids['Run a marathon']}", "/progress/summary", "/daily-kpis/2026-11-02"):
        first = await desk.ask("GET", path)
        again = await desk.ask("GET", path, headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
        other = await desk.ask("GET", path, on="2026-11-01") if "daily" not in path else None
        assert other is None or other.headers["etag"] != first.headers["etag"]


async def test_every_change_of_a_tree_is_a_new_version(store: Store) -> None:
    desk = await desk_on(store)
    ids = await desk.ids()
    seen = [(await desk.ask("GET", "/goal-tree")).headers["etag"]]

    async def is_new() -> None:
        seen.append((await desk.ask("GET", "/goal-tree")).headers["etag"])
        assert len(set(seen)) == len(seen)
        assert (await desk.ask("GET", "/goal-tree")).headers["etag"] == seen[-1]

    logged = (await desk.ask("POST", f"/kpi-logs/{ids['Run']}/log", {"date": "2026-11-02", "value": 5})).json()
    await is_new()
    await desk.ask("PATCH", f"/kpi-logs/{logged['log']['id']}", {"value": 6})
    await is_new()
    newest = (await desk.get("/kpi-logs", kpiId=ids["Run"], **{"from": "2026-11-02", "to": "2026-11-02"}))["logs"][0]
    await desk.ask("DELETE", f"/kpi-logs/{newest['id']}")
    await is_new()
    await desk.plant(ANN, "Run a marathon\n  Q: 700 km a quarter = 700 km sum\n")
    await is_new()
    desk.now += timedelta(days=1)
    await is_new()
    # Another person's change does not concern her.
    hers = await desk.ids(EVE)
    await desk.ask("POST", f"/kpi-logs/{hers['Swim']}/log", {"date": "2026-11-02", "value": 1}, by=EVE)
    assert (await desk.ask("GET", "/goal-tree")).headers["etag"] == seen[-1]


@pytest.mark.parametrize("owner", [None, str(GROUP)], ids=["own", "a group's"])
async def test_a_refresh_that_changes_nothing_costs_one_statement(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, owner: str | None
) -> None:
    from storage.sql import Sql

    whose: dict[str, Any] = {} if owner is None else {"owner": owner}
    app = tma(init_data())
    known = (await desk.ask("GET", "/goal-tree", by=app, **whose)).headers["etag"]
    run_plain, statements = Sql.rows, list[object]()

    def counted(self: Sql, statement: Any, *parameters: object) -> Any:
        statements.append(statement)
        return run_plain(self, statement, *parameters)

    monkeypatch.setattr(Sql, "rows", counted)
    answer = await desk.ask("GET", "/goal-tree", by=app, headers={"If-None-Match": known}, **whose)
    assert answer.status_code == 304
    assert len(statements) == 1
    assert set(answer.headers) == {"etag", "cache-control", "vary"}
