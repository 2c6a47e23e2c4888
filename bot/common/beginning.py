"""The two questions of the beginning."""

from __future__ import annotations

from dataclasses import dataclass

from bot.telegram.question import Question


@dataclass(frozen=True)
class ZoneAsked(Question):
    """Where is the person?"""

    name = "zone"


@dataclass(frozen=True)
class FirstGoalAsked(Question):
    """The zone is settled: what is to become true?"""

    name = "first"
