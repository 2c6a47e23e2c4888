"""Why a goal's progress is what it is, over the API: its promise holds once it is logged."""

from __future__ import annotations

from tests.web.api.conftest import Desk
from web.api import why_answers


async def test_a_promise_that_is_logged_over_the_api_is_kept(desk: Desk) -> None:
    ids = await desk.ids()
    week = next(node for title, node in ids.items() if title.endswith("a week"))
    told = await desk.get(f"/goals/{week}/why", on="2026-11-02")
    why_answers.WhyShape.model_validate(told)
    lift = told["lift"]
    assert (told["goal"]["id"], lift["progressPercentage"], told["held"]["currentValue"]) == (week, 100, 0)
    for one in lift["logs"]:
        await desk.ask("POST", f"/kpi-logs/{one['kpiId']}/log", {"date": one["date"], "value": one["value"]})
    after = await desk.get(f"/goals/{week}/why", on="2026-11-02")
    assert (after["goal"]["progressPercentage"], after["held"], after["lift"]) == (100, None, None)


async def test_a_goal_of_nobody_is_not_there(desk: Desk) -> None:
    refused = await desk.ask("GET", "/goals/999999/why")
    assert (refused.status_code, refused.json()["code"]) == (404, "goal_gone")
