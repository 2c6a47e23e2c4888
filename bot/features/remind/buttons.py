"""The buttons of /remind, and the questions for a time."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from bot.telegram.callback import WEEKDAYS, Callback
from bot.telegram.question import Question


class ListReminders(Callback, prefix="rem:l"):
    """Shows all reminders."""


class NewReminder(Callback, prefix="rem:n"):
    """Adds a reminder for a goal (0: for all)."""

    node: int
    weekdays: Annotated[frozenset[int], WEEKDAYS]
    at: time


class _OfReminder(Callback):
    reminder: int


class ShowReminder(_OfReminder, prefix="rem:m"):
    """Shows what may be done about one."""


class PauseReminder(_OfReminder, prefix="rem:p"):
    """It does not come for the time being."""


class ResumeReminder(_OfReminder, prefix="rem:r"):
    """It comes again."""


class DeleteReminder(_OfReminder, prefix="rem:d"):
    """It is gone."""


class ChangeReminder(_OfReminder, prefix="rem:c"):
    """Asks when it is to come instead."""


class MoveReminder(_OfReminder, prefix="rem:t"):
    """It comes at another time."""

    at: time


class SetReminderDays(_OfReminder, prefix="rem:w"):
    """It comes on other weekdays."""

    weekdays: Annotated[frozenset[int], WEEKDAYS]


class BranchOff(Callback, prefix="rem:f"):
    """Pauses the reminders of one branch."""

    node: int


class BranchOn(Callback, prefix="rem:b"):
    """Takes the reminders of one branch up again."""

    node: int


class NewTimeAsked(Question, name="remind"):
    """At what time is a new reminder to come? `node` is its goal, or 0 for all."""

    node: int
    days: frozenset[int]


class OtherTimeAsked(Question, name="remind"):
    """When is a reminder to come instead?"""

    reminder: int
