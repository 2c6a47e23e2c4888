"""The plan that is being made by questions, as it is remembered between two messages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from core.planning.plan import PlanNode
from language.parsing import goal_lines
from language.parsing.goal_lines import PlannedGoal

MOST_GOALS = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """What was answered so far. `step` is the question that is open: title, until, goals, aim or preview; `at` the
    goal that it is about."""

    step: str = "title"
    title: str = ""
    until: date | None = None
    goals: tuple[PlannedGoal, ...] = ()
    at: int = 0

    def with_goal(self, at: int, goal: PlannedGoal) -> Draft:
        """With one goal changed."""
        return replace(self, goals=(*self.goals[:at], goal, *self.goals[at + 1 :]))

    def without(self, at: int) -> Draft:
        """With one goal less."""
        return replace(self, goals=(*self.goals[:at], *self.goals[at + 1 :]))

    def plan(self, today: date, *, decimal_comma: bool) -> PlanNode:
        """The tree that it describes."""
        return goal_lines.vision(self.title, self.until, self.goals, today, decimal_comma=decimal_comma)
