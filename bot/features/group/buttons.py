"""The buttons of a group's members: to join, to be somebody's buddy, and to say which of several is meant."""

from __future__ import annotations

from datetime import date
from enum import Enum

from bot.telegram.callback import Callback


class Join(Callback, prefix="join:"):
    """The person who taps takes part."""


class _BuddyAnswer(Callback):
    member: int
    buddy: int


class AcceptBuddy(_BuddyAnswer, prefix="bud:y"):
    """The member who was asked becomes the other one's buddy."""


class DeclineBuddy(_BuddyAnswer, prefix="bud:n"):
    """The member who was asked would rather not."""


class For(Enum):
    """The purpose for which a member is chosen."""

    NUDGE = "n"
    BUDDY = "b"


class ChooseMember(Callback, prefix="who"):
    """The person who taps means this member."""

    purpose: For
    member: int


class _NotesAnswer(Callback):
    group: int


class ShowNotes(_NotesAnswer, prefix="note:y"):
    """In a private chat: a group may read what its member writes here, with the note that was asked about."""


class KeepNotes(_NotesAnswer, prefix="note:n"):
    """In a private chat: what a member writes here stays with them."""


class ConfirmDay(Callback, prefix="bud:c"):
    """A buddy confirms what a member did on a day."""

    member: int
    on: date
