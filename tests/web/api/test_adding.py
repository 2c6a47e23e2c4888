"""Adding a goal below another one, and the terms and chart of a single goal."""

from __future__ import annotations

from tests.web.api.conftest import Desk
from web.api.adding import AddedShape
from web.api.charts import Chart
from web.api.terms import GoalTerms


async def test_a_goal_is_added_once_below_another(desk: Desk) -> None:
    ids = await desk.ids()
    path, key = f"/goals/{ids['50 km a week']}/goals", {"Idempotency-Key": "add-1"}
    added = await desk.ask("POST", path, {"outline": "D: Swim = 2 km"}, headers=key)
    again = await desk.ask("POST", path, {"outline": "D: Swim = 2 km"}, headers=key)
    assert (added.status_code, added.json()["outcome"], again.json()["outcome"]) == (201, "done", "repeated")
    AddedShape.model_validate(added.json())
    assert (await desk.ids())["Swim"] == added.json()["goalId"]


async def test_anything_but_one_goal_is_refused(desk: Desk) -> None:
    ids = await desk.ids()
    path = f"/goals/{ids['50 km a week']}/goals"
    for outline, code in (("D: One\nD: Two", "one_goal"), ("D: Run", "invalid_plan"), ("M: A month", "invalid_plan")):
        answer = await desk.ask("POST", path, {"outline": outline})
        assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert await desk.ids() == ids


async def test_the_terms_of_a_goal(desk: Desk) -> None:
    ids = await desk.ids()
    told = await desk.get(f"/goals/{ids['Run']}/terms")
    GoalTerms.model_validate(told)
    [terms] = told["terms"]
    assert (told["startsOn"], told["endsOn"]) == ("2026-11-02", None)
    assert (terms["from"], terms["targetValue"], len(terms["weekdays"]), terms["active"]) == (None, 5, 7, True)


async def test_the_chart_of_a_goal(desk: Desk) -> None:
    desk.now = desk.now.replace(day=4)
    ids = await desk.ids()
    await desk.ask("POST", f"/kpi-logs/{ids['Run']}/log", {"date": "2026-11-03", "value": 5})
    week = await desk.get(f"/goals/{ids['50 km a week']}/chart")
    Chart.model_validate(week)
    assert [(step["date"], step["value"]) for step in week["way"]] == [
        ("2026-11-02", 0), ("2026-11-03", 5), ("2026-11-04", 5),
    ]  # fmt: skip
    assert [step["share"] for step in week["even"]][-1] == 1
    run = await desk.get(f"/goals/{ids['Run']}/chart")
    marks = {day["date"]: day["mark"] for day in run["days"]}
    assert [marks[f"2026-11-0{day}"] for day in (1, 2, 3, 4, 5)] == ["off", "missed", "done", "open", "open"]
    assert (run["way"], week["days"]) == ([], [])
