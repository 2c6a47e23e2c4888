"""Messages with a plan: what they say, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import reduce
from typing import Protocol

from core.planning.outline.parts import joined


class Stage(StrEnum):
    """How far a plan is. WAITING: it cannot be read, but its second part may be on its way. FAULTY: it waits for
    corrected lines. ASKED: a question about it, or its preview, waits for a tap. LOOSE: lines without a vision."""

    WAITING = "waiting"
    FAULTY = "faulty"
    ASKED = "asked"
    LOOSE = "loose"
    PLANTED = "planted"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class PlanMessage:
    """A plan that somebody sent.

    `parts` are its texts by the ids of the messages that held them: one, or several where Telegram split it. `lines`
    are lines that were written anew since, by a correction or the answer to a question: by number, from 1. `visions`
    are the trees that it planted, in the order of the outline. `renames` says of goals, by id, whether they are taken
    for those of the outline that they resemble.
    """

    chat_id: int
    message_id: int
    user_id: int
    at: datetime
    parts: Mapping[int, str]
    stage: Stage
    lines: Mapping[int, str] = field(default_factory=dict)
    visions: tuple[int, ...] = ()
    planted: str = ""
    renames: Mapping[int, bool] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The whole outline, its parts in the order of their messages."""
        whole = reduce(joined, (self.parts[message] for message in sorted(self.parts)))
        lines = whole.split("\n")
        return "\n".join(self.lines.get(number, line) for number, line in enumerate(lines, start=1))


class PlanMessages(Protocol):
    """The plans that people sent lately. Those of a chat that are days old are forgotten when it sends another."""

    def get(self, chat_id: int, message_id: int) -> PlanMessage | None:
        """The plan that one of these messages is a part of."""

    def latest(self, chat_id: int, user_id: int) -> PlanMessage | None:
        """The last plan that a person sent to a chat."""

    def put(self, message: PlanMessage) -> None:
        """Writes a plan, in place of what was known of it."""

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Deletes a chat's plans: in the new chat its messages have other numbers."""

    def forget(self, user_id: int) -> None:
        """Deletes a user's plans in every chat, and all of their private chat."""
