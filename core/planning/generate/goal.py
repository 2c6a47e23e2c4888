"""The logged goal of an aim, as a line of a larger plan."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.goals.model import Kind, Level, Measure
from core.goals.terms import EVERY_DAY
from core.planning.generate.aim import Aim
from core.planning.generate.habits import on_weekdays, recurring
from core.planning.plan import PlanNode


def logged_alone(aim: Aim) -> tuple[PlanNode, tuple[tuple[Level, Decimal], ...]]:
    """The logged goal with, for a week's amount on some days, the sum above it. A total is a target by its last day."""
    if aim.needs_end:
        return replace(way(aim), starts_on=aim.starts_on, ends_on=aim.ends_on), ()
    goal = recurring(aim)
    sums: tuple[tuple[Level, Decimal], ...] = ()
    if goal.level is Level.WEEKLY and aim.schedule != EVERY_DAY and aim.amount is not None:
        goal = on_weekdays(aim, "")
        if goal.children:
            goal, sums = goal.children[0], ((Level.WEEKLY, aim.amount),)
    return replace(goal, starts_on=aim.starts_on, ends_on=aim.ends_on), sums


def way(aim: Aim) -> PlanNode:
    """A value to reach by the last day, from a baseline or as the maximum so far."""
    return PlanNode(
        title=aim.goal,
        kind=Kind.TARGET,
        level=Level.RANGE,
        measure=Measure.NUMBER,
        aggregate=aim.aggregate,
        unit=aim.unit,
        baseline=aim.baseline,
        target=aim.amount,
    )
