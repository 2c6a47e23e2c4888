"""The plan in the making, as it is stored between two messages of the guided dialogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.planning.plan import PlanNode
from core.records import record
from language.parsing import goal_lines
from language.parsing.goal_lines import PlannedGoal
from language.parsing.hearing import Hearing

MOST_GOALS = 20


@record
class Draft:
    """The answers so far. `step` is the open question (title, until, goals, aim or preview), and `at` the goal that it
    concerns."""

    step: str = "title"
    title: str = ""
    until: date | None = None
    goals: tuple[PlannedGoal, ...] = ()
    at: int = 0

    def with_goal(self, at: int, goal: PlannedGoal) -> Draft:
        """The draft with one goal replaced."""
        return replace(self, goals=(*self.goals[:at], goal, *self.goals[at + 1 :]))

    def without(self, at: int) -> Draft:
        """The draft without one goal."""
        return replace(self, goals=(*self.goals[:at], *self.goals[at + 1 :]))

    def plan(self, hearing: Hearing) -> PlanNode:
        """The plan that the answers describe."""
        return goal_lines.vision(self.title, self.until, self.goals, hearing)
