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
    """How often a goal repeats, as its letter in an outline."""

    DAILY = "D"
    WEEKLY = "W"


class NoNumber(Enum):
    """The word in place of a number."""

    NONE = "none"


class NewPlan(Callback, prefix="plan:new"):
    """Begins the questions."""


class ExtendPlan(Callback, prefix="plan:more"):
    """Adds goals to an existing vision."""

    vision: Annotated[int, PLAIN_NUMBER]


class CancelPlan(Callback, prefix="plan:cancel"):
    """Cancels the questions."""


class StartOver(Callback, prefix="plan:again"):
    """Starts again from the first question."""


class PlanUntil(Callback, prefix="plan:until"):
    """Answers until when, in words that could be typed."""

    said: Annotated[str, text(10)]


class SetLevel(Callback, prefix="plan:level"):
    """Makes a goal daily or weekly."""

    place: Annotated[int, PLAIN_NUMBER]
    rhythm: GoalRhythm


class DropGoal(Callback, prefix="plan:drop"):
    """Removes a goal. The `mark` tells it from the one that an earlier list had at that place."""

    place: Annotated[int, PLAIN_NUMBER]
    mark: Annotated[str, text(8)]


class GoalsNamed(Callback, prefix="plan:goals"):
    """Ends the list of goals."""


class SetAim(Callback, prefix="plan:aim"):
    """Sets the target that a goal adds up to."""

    place: Annotated[int, PLAIN_NUMBER]
    level: Level
    amount: Decimal


class NoAim(Callback, prefix="plan:aim"):
    """Gives a goal nothing to add up to."""

    place: Annotated[int, PLAIN_NUMBER]
    aim: NoNumber = NoNumber.NONE


class Plant(Callback, prefix="plan:plant"):
    """Plants the tree of the preview."""


class EditGoals(Callback, prefix="plan:edit"):
    """Goes back from the preview to the list of goals."""


class EditUntil(Callback, prefix="plan:date"):
    """Goes back from the preview to the date."""


class FillInLater(Callback, prefix="plan:later"):
    """Leaves the goals to be named later."""


class PlanAsked(Question, name="plan"):
    """The open question of the guided plan, with the answers so far."""

    is_draft = True
    takes_lines = True

    draft: Draft

    def pack(self) -> dict[str, Any]:
        """The question as a JSON object; the step is a suffix of the name."""
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
