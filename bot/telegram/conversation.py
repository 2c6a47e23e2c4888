"""The open question to a user in a chat, kept from one message to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.telegram.question import Question

ReadQuestion = Callable[[Mapping[str, Any]], Question | None]
"""Reads a stored question; None if no feature knows it."""

LAPSES = timedelta(days=1)
"""Plain words do not answer a question older than this."""
DRAFT_LAPSES = timedelta(days=14)
"""Nor a draft older than this."""
ASKED_AT = "asked_at"
"""The key of the question's time."""
BELOW = "below"
"""The key of a draft that another question interrupted."""


class Conversation:
    """The question that is open, and a draft that it interrupted."""

    def __init__(self, kept: Mapping[str, Any] | None, now: datetime, read: ReadQuestion) -> None:
        self._read = read
        question = dict(kept or {})
        asked_at = str(question.pop(ASKED_AT, ""))
        below = question.pop(BELOW, None)
        self._below: dict[str, Any] | None = below if isinstance(below, dict) else None
        known = read(question) if question else None
        lapses = DRAFT_LAPSES if known is not None and known.is_draft else LAPSES
        has_lapsed = asked_at != "" and now - datetime.fromisoformat(asked_at) > lapses
        self.open = None if has_lapsed else known

    def ask(self, question: Question | None) -> None:
        """Opens a question; None ends the open one. An open draft stays below a question that interrupts it, and is
        open again when that one ends."""
        if question is None and self._below is not None:
            question, self._below = self._read(self._below), None
        elif question is not None and self.open is not None and self.open.is_draft and not question.is_draft:
            self._below = self.open.pack()
        self.open = question

    def end(self) -> None:
        """Ends the open question and the draft below it."""
        self.open = self._below = None

    def pack(self, now: datetime) -> dict[str, Any] | None:
        """As a JSON object; None if nothing is open."""
        if self.open is None:
            return None
        below = {} if self._below is None else {BELOW: self._below}
        return {**self.open.pack(), ASKED_AT: now.isoformat(), **below}
