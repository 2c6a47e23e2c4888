"""The buttons of the guided plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Self

from bot.telegram.callback import PLAIN_NUMBER, Callback, text
from bot.telegram.question import STATE, Question
from core.goals.model import Level
from language.parsing.draft import Draft
from language.parsing.goal_lines import PlannedGoal


class GoalRhythm(Enum):
    """How often a goal begins anew, as its letter in an outline."""

    DAILY = "D"
    WEEKLY = "W"


class NoNumber(Enum):
    """The word that stands where there could be a number."""

    NONE = "none"


class NewPlan(Callback, prefix="plan:new"):
    """Begins to ask."""


class ExtendPlan(Callback, prefix="plan:more"):
    """More goals for a vision that is there."""

    vision: Annotated[int, PLAIN_NUMBER]


class CancelPlan(Callback, prefix="plan:cancel"):
    """Leaves the questions."""


class StartOver(Callback, prefix="plan:again"):
    """Begins with the first question again."""


class PlanUntil(Callback, prefix="plan:until"):
    """Until when, in the words that could be typed."""

    said: Annotated[str, text(10)]


class SetLevel(Callback, prefix="plan:level"):
    """A goal is a daily or a weekly one instead."""

    place: Annotated[int, PLAIN_NUMBER]
    rhythm: GoalRhythm


class DropGoal(Callback, prefix="plan:drop"):
    """A goal is left out. The `mark` tells it from what an earlier list had at that place."""

    place: Annotated[int, PLAIN_NUMBER]
    mark: Annotated[str, text(8)]


class GoalsNamed(Callback, prefix="plan:goals"):
    """All goals are named."""


class SetAim(Callback, prefix="plan:aim"):
    """The target that a goal is to add up to."""

    place: Annotated[int, PLAIN_NUMBER]
    level: Level
    amount: Decimal


class NoAim(Callback, prefix="plan:aim"):
    """A goal is to add up to nothing."""

    place: Annotated[int, PLAIN_NUMBER]
    aim: NoNumber = NoNumber.NONE


class Plant(Callback, prefix="plan:plant"):
    """Plants the tree of the preview."""


class EditGoals(Callback, prefix="plan:edit"):
    """Back from the preview to the list of goals."""


class EditUntil(Callback, prefix="plan:date"):
    """Back from the preview to until when."""


class FillInLater(Callback, prefix="plan:later"):
    """Goals that are still to be named."""


class PlanAsked(Question, name="plan"):
    """The open question of the guided plan, and what was answered so far."""

    is_draft = True
    takes_lines = True

    draft: Draft

    def pack(self) -> dict[str, Any]:
        """As a JSON object: the step that is asked stands in the name."""
        draft = self.draft
        return {
            STATE: f"{self.name}.{draft.step}",
            "title": draft.title,
            "until": draft.until.isoformat() if draft.until else None,
            "goals": [
                [goal.line, goal.letter, [[level.value, str(aim)] for level, aim in goal.aims], goal.days]
                for goal in draft.goals
            ],
            "at": draft.at,
        }

    @classmethod
    def unpack(cls, kept: Mapping[str, Any]) -> Self:
        """The question that `pack` wrote."""
        name, _, step = kept[STATE].partition(".")
        if name != cls.name:
            raise ValueError(f"{name!r} is not {cls.name!r}")
        until = kept.get("until")
        goals = tuple(
            PlannedGoal(line, letter, tuple((Level(level), Decimal(aim)) for level, aim in aims), *days)
            for line, letter, aims, *days in kept["goals"]
        )
        return cls(Draft(step, kept["title"], date.fromisoformat(until) if until else None, goals, kept["at"]))
