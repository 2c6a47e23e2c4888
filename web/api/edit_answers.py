"""The API's answers to edits of goals and pauses: shapes, and functions that fill them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from core.actions.edit.edited import Edited, EditOutcome, Expectation, Paused
from core.goals.model import WEEKDAY_NAMES, Kind, Level, Node, Pause
from core.goals.terms import DaySchedule
from web.api.shapes import Day, Id, Number, Shape
from web.json.values import number

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class GoalAnswer(Shape):
    """A goal as planned. Target, weight and schedule are the latest ones. Only one of the three schedule fields is set,
    or none if the goal is due every day."""

    id: Id
    parent_id: Id | None
    key: str
    title: str
    kind: Kind
    level: Level
    unit: str | None
    target: Number | None
    weight: Number
    weekdays: list[Weekday] | None
    every_days: int | None
    month_days: list[int] | None
    starts_on: Day | None
    ends_on: Day | None


class ExpectationAnswer(Shape):
    """The expected value of a goal in one of its periods, before the edit and after it."""

    goal_id: Id
    title: str
    period_start: Day
    period_end: Day
    before: Number | None
    now: Number | None


class EditedAnswer(Shape):
    """A goal before and after the edit, the day from which new terms hold, and the expected values that changed."""

    outcome: EditOutcome
    before: GoalAnswer | None
    goal: GoalAnswer | None
    from_: Annotated[Day | None, Field(alias="from")]
    expectations: list[ExpectationAnswer]


class PauseAnswer(Shape):
    """Days off (both ends inclusive) of a goal and everything below it, or of all goals."""

    id: Id
    from_: Annotated[Day, Field(alias="from")]
    to: Day
    goal_id: Id | None


class PausesAnswer(Shape):
    pauses: list[PauseAnswer]


class PausedAnswer(Shape):
    """The pauses that were changed, before and after, and the expected values that changed."""

    outcome: EditOutcome
    before: list[PauseAnswer]
    after: list[PauseAnswer]
    expectations: list[ExpectationAnswer]


def edited_json(done: Edited) -> dict[str, Any]:
    """The result of an edit of a goal."""
    return {
        "outcome": done.outcome.value,
        "before": done.before and _goal(done.before),
        "goal": done.node and _goal(done.node),
        "from": done.since and done.since.isoformat(),
        "expectations": _expectations(done.expectations),
    }


def paused_json(done: Paused) -> dict[str, Any]:
    """The result of an edit of pauses."""
    return {
        "outcome": done.outcome.value,
        "before": pauses_json(done.before),
        "after": pauses_json(done.after),
        "expectations": _expectations(done.expectations),
    }


def pauses_json(pauses: Sequence[Pause]) -> list[dict[str, Any]]:
    return [
        {
            "id": str(one.id),
            "from": one.first.isoformat(),
            "to": one.last.isoformat(),
            "goalId": None if one.node_id is None else str(one.node_id),
        }
        for one in pauses
    ]


def _goal(node: Node) -> dict[str, Any]:
    return {
        "id": str(node.id),
        "parentId": None if node.parent_id is None else str(node.parent_id),
        "key": node.key,
        "title": node.title,
        "kind": node.kind.value,
        "level": node.level.value,
        "unit": node.unit,
        "target": number(node.target),
        "weight": number(node.weight),
        **days_json(node.schedule),
        "startsOn": node.starts_on and node.starts_on.isoformat(),
        "endsOn": node.ends_on and node.ends_on.isoformat(),
    }


def days_json(schedule: DaySchedule) -> dict[str, Any]:
    """The days on which a goal is due: one of three kinds, or none for every day."""
    is_chosen = schedule.every is None and not schedule.month_days and not schedule.is_every_day
    return {
        "weekdays": [WEEKDAY_NAMES[day] for day in sorted(schedule.weekdays)] if is_chosen else None,
        "everyDays": schedule.every,
        "monthDays": sorted(schedule.month_days) or None,
    }


def _expectations(changed: Sequence[Expectation]) -> list[dict[str, Any]]:
    return [
        {
            "goalId": str(one.node.id),
            "title": one.node.title,
            "periodStart": one.period.start.isoformat(),
            "periodEnd": one.period.end.isoformat(),
            "before": number(one.before),
            "now": number(one.now),
        }
        for one in changed
    ]
