"""The buttons of a group's members: to join, and to be somebody's buddy."""

from __future__ import annotations

from datetime import date

from bot.telegram.callback import Callback


class Join(Callback, prefix="join:"):
    """Whoever taps takes part."""


class _BuddyAnswer(Callback):
    member: int
    buddy: int


class AcceptBuddy(_BuddyAnswer, prefix="bud:y"):
    """The member who was asked becomes the other one's buddy."""


class DeclineBuddy(_BuddyAnswer, prefix="bud:n"):
    """The member who was asked would rather not."""


class ConfirmDay(Callback, prefix="bud:c"):
    """A buddy confirms what a member did on a day."""

    member: int
    on: date
