"""A goal's terms, past and present."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from core.actions.read import read_goal, read_owner, today_of
from core.goals.model import WEEKDAY_NAMES
from core.goals.terms import Terms
from core.goals.tree import ENDLESS
from core.tokens import Scope
from web.api.endpoint import Answer, Call, Endpoint, Nothing
from web.api.shapes import Day, Number, OfGoal, Shape
from web.json.values import number


class TermsOf(Shape):
    """The terms from a day on; `from` is null for the first ones. Only one kind of schedule is not null."""

    from_: Annotated[Day | None, Field(alias="from")]
    target_value: Number | None
    weight: Number
    weekdays: list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]] | None
    every_days: int | None
    month_days: list[int] | None
    active: bool


class GoalTerms(Shape):
    starts_on: Day
    ends_on: Day | None
    terms: list[TermsOf]


async def goal_terms(call: Call[OfGoal, Nothing]) -> Answer:
    """The terms of a goal, latest first."""
    today = today_of(await read_owner(call.store, call.actor), call.now)
    reading, node = await read_goal(call.store, call.actor, call.query.goal_id, today)
    active = reading.tree.active(node)
    return Answer(
        {
            "startsOn": active.start.isoformat(),
            "endsOn": None if active.end == ENDLESS else active.end.isoformat(),
            "terms": [terms_json(one) for one in reversed(node.terms)],
        }
    )


def terms_json(terms: Terms) -> dict[str, object]:
    schedule = terms.schedule
    is_plain = schedule.every is None and not schedule.month_days
    return {
        "from": None if terms.since == date.min else terms.since.isoformat(),
        "targetValue": number(terms.target),
        "weight": number(terms.weight),
        "weekdays": [WEEKDAY_NAMES[day] for day in sorted(schedule.weekdays)] if is_plain else None,
        "everyDays": schedule.every,
        "monthDays": sorted(schedule.month_days) or None,
        "active": terms.active,
    }


ENDPOINTS = (Endpoint("GET", "/goals/{goalId}/terms", Scope.READ, goal_terms, OfGoal, GoalTerms),)
