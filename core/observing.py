"""Reports to an observer, such as metrics; and the update that is being handled.

An observer must not wait or raise. Durations are in seconds. Names are few and fixed, never an id or anything that a
person wrote.
"""

from __future__ import annotations

from contextvars import ContextVar

from core.records import record


@record
class AtWork:
    """The update that the current task handles; `chat_id` is None for one that belongs to no chat."""

    update_id: int
    chat_id: int | None


AT_WORK: ContextVar[AtWork | None] = ContextVar("AT_WORK", default=None)
"""Set where an update is handed over; log lines show it."""


class Observer:
    """Receives reports; this one ignores them."""

    def handled(self, kind: str, result: str, seconds: float) -> None:
        """An update of a kind was handled and answered."""

    def checked_off(self, statements: int, seconds: float) -> None:
        """A check-off was rolled up and is durable: the statements of its transaction, and the time since it was
        requested."""

    def waited(self, priority: str, seconds: float) -> None:
        """A call to Telegram got its turn after waiting."""

    def made(self, messages: int) -> None:
        """This many due reminders became messages."""

    def sent(self, kind: str, result: str) -> None:
        """An attempt to deliver a scheduled message ended."""

    def ticked(self, name: str, late: float, seconds: float) -> None:
        """A tick has run: how late it began, and how long it took."""


UNOBSERVED = Observer()
