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
    """Shows a reminder's menu."""


class PauseReminder(_OfReminder, prefix="rem:p"):
    """Pauses a reminder."""


class ResumeReminder(_OfReminder, prefix="rem:r"):
    """Resumes a reminder."""


class DeleteReminder(_OfReminder, prefix="rem:d"):
    """Deletes a reminder."""


class ChangeReminder(_OfReminder, prefix="rem:c"):
    """Asks for a reminder's new time."""


class MoveReminder(_OfReminder, prefix="rem:t"):
    """Moves a reminder to another time."""

    at: time


class SetReminderDays(_OfReminder, prefix="rem:w"):
    """Moves a reminder to other weekdays."""

    weekdays: Annotated[frozenset[int], WEEKDAYS]


class BranchOff(Callback, prefix="rem:f"):
    """Pauses the reminders of one branch."""

    node: int


class BranchOn(Callback, prefix="rem:b"):
    """Resumes the reminders of one branch."""

    node: int


class NewTimeAsked(Question, name="remind"):
    """When should a new reminder come? `node` is its goal, or 0 for all."""

    node: int
    days: frozenset[int]


class OtherTimeAsked(Question, name="remind"):
    """When should an existing reminder come instead?"""

    reminder: int
