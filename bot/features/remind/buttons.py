"""The buttons of /remind, and the questions for a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Annotated

from bot.telegram.callback import WEEKDAYS, Callback
from bot.telegram.question import Question


@dataclass(frozen=True)
class ListReminders(Callback):
    """Shows all reminders."""

    prefix = "rem:l"


@dataclass(frozen=True)
class NewReminder(Callback):
    """Adds a reminder for a goal (0: for all)."""

    prefix = "rem:n"
    node: int
    weekdays: Annotated[frozenset[int], WEEKDAYS]
    at: time


@dataclass(frozen=True)
class _OfReminder(Callback):
    reminder: int


@dataclass(frozen=True)
class ShowReminder(_OfReminder):
    """Shows what may be done about one."""

    prefix = "rem:m"


@dataclass(frozen=True)
class PauseReminder(_OfReminder):
    """It does not come for the time being."""

    prefix = "rem:p"


@dataclass(frozen=True)
class ResumeReminder(_OfReminder):
    """It comes again."""

    prefix = "rem:r"


@dataclass(frozen=True)
class DeleteReminder(_OfReminder):
    """It is gone."""

    prefix = "rem:d"


@dataclass(frozen=True)
class ChangeReminder(_OfReminder):
    """Asks when it is to come instead."""

    prefix = "rem:c"


@dataclass(frozen=True)
class MoveReminder(_OfReminder):
    """It comes at another time."""

    prefix = "rem:t"
    at: time


@dataclass(frozen=True)
class SetReminderDays(_OfReminder):
    """It comes on other weekdays."""

    prefix = "rem:w"
    weekdays: Annotated[frozenset[int], WEEKDAYS]


@dataclass(frozen=True)
class BranchOff(Callback):
    """Pauses the reminders of one branch."""

    prefix = "rem:f"
    node: int


@dataclass(frozen=True)
class BranchOn(Callback):
    """Takes the reminders of one branch up again."""

    prefix = "rem:b"
    node: int


@dataclass(frozen=True)
class NewTimeAsked(Question):
    """At what time is a new reminder to come? `node` is its goal, or 0 for all."""

    name = "remind"
    node: int
    days: frozenset[int]


@dataclass(frozen=True)
class OtherTimeAsked(Question):
    """When is a reminder to come instead?"""

    name = "remind"
    reminder: int
