"""The buttons of the guided plan and of /archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Self

from bot.telegram.callback import PLAIN_NUMBER, Callback, text
from bot.telegram.question import STATE, Question
from core.model import Level
from language.parsing.draft import Draft
from language.parsing.goal_lines import Goal


class Rhythm(Enum):
    """How often a goal begins anew, as its letter in an outline."""

    DAILY = "D"
    WEEKLY = "W"


class Nothing(Enum):
    """The word that stands where there could be a number."""

    NONE = "none"


@dataclass(frozen=True)
class NewPlan(Callback):
    """Begins to ask."""

    prefix = "plan:new"


@dataclass(frozen=True)
class ExtendPlan(Callback):
    """More goals for a vision that is there."""

    prefix = "plan:more"
    vision: Annotated[int, PLAIN_NUMBER]


@dataclass(frozen=True)
class CancelPlan(Callback):
    """Leaves the questions."""

    prefix = "plan:cancel"


@dataclass(frozen=True)
class StartOver(Callback):
    """Begins with the first question again."""

    prefix = "plan:again"


@dataclass(frozen=True)
class PlanUntil(Callback):
    """Until when, in the words that could be typed."""

    prefix = "plan:until"
    said: Annotated[str, text(10)]


@dataclass(frozen=True)
class SetLevel(Callback):
    """A goal is a daily or a weekly one instead."""

    prefix = "plan:level"
    place: Annotated[int, PLAIN_NUMBER]
    rhythm: Rhythm


@dataclass(frozen=True)
class DropGoal(Callback):
    """A goal is left out. The `mark` tells it from what an earlier list had at that place."""

    prefix = "plan:drop"
    place: Annotated[int, PLAIN_NUMBER]
    mark: Annotated[str, text(8)]


@dataclass(frozen=True)
class GoalsNamed(Callback):
    """All goals are named."""

    prefix = "plan:goals"


@dataclass(frozen=True)
class SetAim(Callback):
    """What a goal is to add up to."""

    prefix = "plan:aim"
    place: Annotated[int, PLAIN_NUMBER]
    level: Level
    amount: Decimal


@dataclass(frozen=True)
class NoAim(Callback):
    """A goal is to add up to nothing."""

    prefix = "plan:aim"
    place: Annotated[int, PLAIN_NUMBER]
    aim: Nothing = Nothing.NONE


@dataclass(frozen=True)
class Plant(Callback):
    """Plants the tree of the preview."""

    prefix = "plan:plant"


@dataclass(frozen=True)
class ChooseToArchive(Callback):
    """Asks whether a goal has ended."""

    prefix = "arch:ask"
    node: Annotated[int, PLAIN_NUMBER]


@dataclass(frozen=True)
class Archive(Callback):
    """Ends a goal."""

    prefix = "arch:yes"
    node: Annotated[int, PLAIN_NUMBER]


@dataclass(frozen=True)
class KeepGoal(Callback):
    """Leaves a goal as it is."""

    prefix = "arch:no"


@dataclass(frozen=True)
class PlanAsked(Question):
    """The open question of the guided plan, and what was answered so far."""

    name = "plan"
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
            Goal(line, letter, tuple((Level(level), Decimal(aim)) for level, aim in aims), *days)
            for line, letter, aims, *days in kept["goals"]
        )
        return cls(Draft(step, kept["title"], date.fromisoformat(until) if until else None, goals, kept["at"]))
