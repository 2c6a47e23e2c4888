"""Messages with a plan, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from functools import reduce
from typing import Protocol

from core.planning.outline.parts import joined
from core.records import record


class Stage(StrEnum):
    """The stage of a plan. WAITING: it cannot be read, but its second part may be on its way. FAULTY: it waits for
    corrected lines. ASKED: a question about it, or its preview, waits for a tap. LOOSE: it has lines without a
    vision."""

    WAITING = "waiting"
    FAULTY = "faulty"
    ASKED = "asked"
    LOOSE = "loose"
    PLANTED = "planted"
    DROPPED = "dropped"


@record
class PlanMessage:
    """A plan that somebody sent.

    `parts` has its texts by message id: several if Telegram split it. `lines` has lines that a correction or an answer
    rewrote, by number, from 1. `visions` are the trees that it planted, in the order of the outline. `renames` has, by
    goal id, whether the goal is treated as the similar one in the outline.
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
    """The plans that people sent recently. A chat's old plans are deleted when it sends another."""

    def get(self, chat_id: int, message_id: int) -> PlanMessage | None:
        """The plan of which this message is a part."""

    def latest(self, chat_id: int, user_id: int) -> PlanMessage | None:
        """The last plan that a person sent to a chat."""

    def put(self, message: PlanMessage) -> None:
        """Inserts or replaces a plan."""

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Deletes a chat's plans, since its messages have other ids in the new chat."""

    def forget(self, user_id: int) -> None:
        """Deletes a user's plans in every chat, and all of their private chat."""
