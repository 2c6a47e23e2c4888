"""Telegram's limits on a bot, and how far one chat has used them
(https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""

from __future__ import annotations

from collections import deque
from enum import Enum
from math import inf

from core.records import record

TELEGRAM = "https://api.telegram.org"
"""Telegram's own Bot API server, to which these limits apply."""

ANSWER = 0
"""The priority of a call that a person waits for."""
SCHEDULED = 1
"""The priority of a call that may come a little later."""

SPARE = 0.01
"""Seconds by which a call may overtake the one before it in transit: every span below is that much longer."""
MINUTE = 60.0


@record
class Limits:
    """How many messages Telegram accepts: per second from the bot, per second in one chat, per minute in one group."""

    overall: int = 30
    per_chat: int = 1
    per_group_minute: int = 20


class CallKind(Enum):
    """A kind of call that counts against the limits."""

    MESSAGE = "message"
    EDIT = "edit"


def kind_of(endpoint: str) -> CallKind | None:
    """The kind of a method of the Bot API; None for one that is not limited."""
    if endpoint.startswith(("send", "copy", "forward")):
        return None if endpoint == "sendChatAction" else CallKind.MESSAGE
    return CallKind.EDIT if endpoint.startswith("editMessage") else None


ChatKey = int | str


def chat_key(chat_id: object) -> ChatKey:
    """A chat's key, however a call names the chat: its number, or the @name of a channel or public group."""
    if chat_id is None:  # an inline message, which is in no chat that the bot knows
        return 0
    text = str(chat_id).lower()
    return int(text) if text.lstrip("-").isdecimal() else text


class ChatLimit:
    """When a chat accepts its next call. Times are in loop time.

    A group accepts one message or edit a second, and a number of messages in any minute. A private chat accepts one
    message a second on average: an answer may directly follow another message, so that one of two messages does not
    lag, and the next then waits for both; a scheduled one never comes within a second of another. Edits there do not
    count.
    """

    __slots__ = ("_due", "_is_group", "_pause", "_recent", "held_until")

    def __init__(self, limits: Limits, key: ChatKey) -> None:
        self._is_group = isinstance(key, str) or key < 0
        self._pause = 1 / limits.per_chat + SPARE
        self._due = 0.0
        self.held_until = 0.0
        self._recent: deque[float] = deque(maxlen=limits.per_group_minute if self._is_group else 0)

    def opens(self, kind: CallKind, priority: int) -> float:
        """The time from which a call of this kind may go."""
        if not self._is_group:
            if kind is CallKind.EDIT:
                return self.held_until
            return max(self.held_until, self._due if priority else self._due - self._pause)
        if kind is CallKind.MESSAGE and len(self._recent) == self._recent.maxlen:
            return max(self.held_until, self._due, self._recent[0] + MINUTE + SPARE)
        return max(self.held_until, self._due)

    def room(self, now: float) -> float:
        """How many messages the chat accepts before the minute has passed."""
        if not self._is_group:
            return inf
        return (self._recent.maxlen or 0) - sum(now < sent + MINUTE + SPARE for sent in self._recent)

    def count(self, kind: CallKind, now: float) -> None:
        """Counts a call that goes now."""
        if kind is CallKind.MESSAGE or self._is_group:
            self._due = max(self._due, now) + self._pause
        if kind is CallKind.MESSAGE:
            self._recent.append(now)

    def hold(self, until: float) -> None:
        """Blocks the chat until a time."""
        self.held_until = max(self.held_until, until)

    def is_rested(self, now: float) -> bool:
        """Whether the limit is back in its initial state."""
        counted_until = self._recent[-1] + MINUTE + SPARE if self._recent else 0.0
        return now >= max(self.held_until, self._due, counted_until)
