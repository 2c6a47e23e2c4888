"""The buttons of a group's members: to join, and to be somebody's buddy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.telegram.callback import Callback


@dataclass(frozen=True)
class Join(Callback):
    """Whoever taps takes part."""

    prefix = "join:"


@dataclass(frozen=True)
class _BuddyAnswer(Callback):
    member: int
    buddy: int


@dataclass(frozen=True)
class AcceptBuddy(_BuddyAnswer):
    """The member who was asked becomes the other one's buddy."""

    prefix = "bud:y"


@dataclass(frozen=True)
class DeclineBuddy(_BuddyAnswer):
    """The member who was asked would rather not."""

    prefix = "bud:n"


@dataclass(frozen=True)
class ConfirmDay(Callback):
    """A buddy confirms what a member did on a day."""

    prefix = "bud:c"
    member: int
    on: date
