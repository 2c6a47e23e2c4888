"""Shapes for what holds a goal down and what would raise it."""

from __future__ import annotations

from web.api.answers import Described, Percent
from web.api.shapes import Day, Id, Number, Shape


class CutShape(Shape):
    """Less than the target is expected, because only some of the period's days are open."""

    target_value: Number
    expected_value: Number
    open_days: int
    days: int


class HeldShape(Shape):
    """A goal that holds another one down. Its periods within the other goal's: how many there are, how many were met,
    and in `missed` the first days of those that were not."""

    goal_id: Id
    title: str
    current_value: Number | None
    expected_value: Number | None
    progress_percentage: Percent
    periods_done: int
    periods: int
    missed: list[Day]


class PromisedLog(Shape):
    kpi_id: Id
    date: Day
    value: Number


class LiftShape(Shape):
    """The logs that would raise a goal most, and the percentage it would reach."""

    goal_id: Id
    title: str
    unit: str | None
    periods: int
    by: Day
    progress_percentage: Percent
    logs: list[PromisedLog]


class WhyShape(Shape):
    """Why a goal's progress is what it is. Parts that do not apply are null."""

    goal: Described
    paused_until: Day | None
    cut: CutShape | None
    held: HeldShape | None
    lift: LiftShape | None
