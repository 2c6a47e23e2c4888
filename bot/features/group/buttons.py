"""The buttons for members of a group: joining, being a buddy, and choosing among several members."""

from __future__ import annotations

from datetime import date
from enum import Enum

from bot.telegram.callback import Callback


class Join(Callback, prefix="join:"):
    """Makes the person who taps a member."""


class _BuddyAnswer(Callback):
    member: int
    buddy: int


class AcceptBuddy(_BuddyAnswer, prefix="bud:y"):
    """Makes the asked member the other one's buddy."""


class DeclineBuddy(_BuddyAnswer, prefix="bud:n"):
    """The asked member declines."""


class ChoicePurpose(Enum):
    """The purpose for which a member is chosen."""

    NUDGE = "n"
    BUDDY = "b"


class ChooseMember(Callback, prefix="who"):
    """Chooses a member."""

    purpose: ChoicePurpose
    member: int


class _NotesAnswer(Callback):
    group: int


class ShowNotes(_NotesAnswer, prefix="note:y"):
    """In a private chat: lets a group read the notes that its member writes there, including the one in question."""


class KeepNotes(_NotesAnswer, prefix="note:n"):
    """In a private chat: keeps a member's notes private."""


class ConfirmDay(Callback, prefix="bud:c"):
    """Confirms a member's check-offs of a day."""

    member: int
    on: date
