"""A goal's progress through its period, and the days of its year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import Field

from core.actions.charts import read_goal_chart
from core.actions.read import read_owner, today_of
from core.digest.model import Mark, StripDay
from core.goals.progress import percent
from core.tokens import Scope
from web.api.answers import Percent
from web.api.endpoint import Answer, Call, Endpoint, Nothing
from web.api.shapes import Day, Number, OfGoal, Shape
from web.json.values import number


class WayStep(Shape):
    """A goal's value at the end of a day of its period."""

    date: Day
    value: Number | None
    progress: Percent


class EvenStep(Shape):
    """The share of a period's open days that has passed at the end of a day."""

    date: Day
    share: Annotated[float, Field(ge=0, le=1)]


class MarkedDay(Shape):
    """A goal's result on a day."""

    date: Day
    mark: Mark
    progress: Percent


class Chart(Shape):
    """`way` and `even` are empty for a daily goal, `days` for a goal that is not kept by the day."""

    way: list[WayStep]
    even: list[EvenStep]
    days: list[MarkedDay]


async def goal_chart(call: Call[OfGoal, Nothing]) -> Answer:
    """A goal's progress through its period beside an even pace, and the days of its year."""
    today = today_of(await read_owner(call.store, call.actor), call.now)
    chart = await read_goal_chart(call.store, call.actor, call.query.goal_id, today)
    return Answer(
        {
            "way": [
                {"date": step.on.isoformat(), "value": number(step.value), "progress": percent(step.progress)}
                for step in chart.way
            ],
            "even": [{"date": on.isoformat(), "share": round(share, 4)} for on, share in chart.even],
            "days": marked_json(chart.days),
        }
    )


def marked_json(days: Iterable[StripDay]) -> list[Mapping[str, object]]:
    """Days with their results."""
    return [{"date": day.on.isoformat(), "mark": day.mark.value, "progress": percent(day.progress)} for day in days]


ENDPOINTS = (Endpoint("GET", "/goals/{goalId}/chart", Scope.READ, goal_chart, OfGoal, Chart),)
