"""What the parts tell whoever watches them, and which update they are at work on.

An observer is told and answers nothing: it may not wait, and raises nothing. Durations are seconds. Names are few and
fixed, never an id or anything that a person wrote.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class AtWork:
    """The update that the current task handles; `chat_id` is None for one that belongs to no chat."""

    update_id: int
    chat_id: int | None


AT_WORK: ContextVar[AtWork | None] = ContextVar("AT_WORK", default=None)
"""Set by who hands an update on; a line of the log says it."""


class Observer(Protocol):
    """Who watches."""

    def handled(self, kind: str, result: str, seconds: float) -> None:
        """An update of a kind was handled and answered."""

    def checked_off(self, statements: int, seconds: float) -> None:
        """A check-off was rolled up and is durable: how many statements its transaction had, and how long it took from
        when it was asked for."""

    def waited(self, priority: str, seconds: float) -> None:
        """A call to Telegram got its turn after a wait."""

    def made(self, messages: int) -> None:
        """So many reminders were due, and have become messages."""

    def sent(self, kind: str, result: str) -> None:
        """What became of an attempt to deliver a scheduled message."""

    def ticked(self, name: str, late: float, seconds: float) -> None:
        """A tick has run: how late it began, and how long it took."""


class Unobserved:
    """Nobody watches."""

    def handled(self, kind: str, result: str, seconds: float) -> None:
        """Nothing."""

    def checked_off(self, statements: int, seconds: float) -> None:
        """Nothing."""

    def waited(self, priority: str, seconds: float) -> None:
        """Nothing."""

    def made(self, messages: int) -> None:
        """Nothing."""

    def sent(self, kind: str, result: str) -> None:
        """Nothing."""

    def ticked(self, name: str, late: float, seconds: float) -> None:
        """Nothing."""


UNOBSERVED: Observer = Unobserved()
