"""The API's answer to why a goal stands where it stands."""

from __future__ import annotations

from web.api.answers import Described, Percent
from web.api.shapes import Day, Id, Number, Shape


class CutShape(Shape):
    """Less is expected than the target, since only some of the period's days are open."""

    target_value: Number
    expected_value: Number
    open_days: int
    days: int


class HeldShape(Shape):
    """The goal that holds another one down: of its periods in the window of that one so many are done; `missed` are the
    first days of those that ended without."""

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
    """What would lift a goal most, to which percentage, and the logs that do it."""

    goal_id: Id
    title: str
    unit: str | None
    periods: int
    by: Day
    progress_percentage: Percent
    logs: list[PromisedLog]


class WhyShape(Shape):
    """Why a goal stands as it does. Anything that is missing is null."""

    goal: Described
    paused_until: Day | None
    cut: CutShape | None
    held: HeldShape | None
    lift: LiftShape | None
