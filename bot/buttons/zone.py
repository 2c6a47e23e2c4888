"""The buttons for a time zone, and the two questions at the beginning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.callback import Callback, text
from bot.question import Question


@dataclass(frozen=True)
class AskZone(Callback):
    """Asks for the zone again."""

    prefix = "zone:ask"


@dataclass(frozen=True)
class ChooseZone(Callback):
    """Takes a zone by its IANA name."""

    prefix = "zone"
    zone: Annotated[str, text(40)]


@dataclass(frozen=True)
class ZoneAsked(Question):
    """Where is the person?"""

    name = "zone"


@dataclass(frozen=True)
class FirstGoalAsked(Question):
    """The zone is settled: what is to become true?"""

    name = "first"
