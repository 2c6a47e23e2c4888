"""The outbox: messages that are sent once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from core.asking.reminders import Message, MessageKind, NewMessage


class Outbox(Protocol):
    """Messages that must be sent once.

    A claim lasts until its lease ends or its outcome is recorded. The outcome of a claim that was followed by another
    one is ignored, with one exception: a message that was sent is sent.
    """

    def add(self, messages: Sequence[NewMessage], now: datetime) -> None:
        """Writes messages, except those whose key exists already."""

    def existing_keys(self, keys: Sequence[str]) -> set[str]:
        """The existing ones of these keys: one statement."""

    def waiting_prompts(self, chat_ids: Sequence[int], now: datetime) -> list[Message]:
        """Prompts of these chats that are due and not on their way, locked: one statement."""

    def claim(self, now: datetime, lease_until: datetime, limit: int) -> list[Message]:
        """Claims due messages, longest due first, and those whose earlier claim ran out, which adds a doubt
        (`core.asking.delivery.LAPSED`): one statement."""

    def call_digests(
        self, until: datetime, lease_until: datetime, limit: int, but: Collection[int] = ()
    ) -> list[Message]:
        """Claims, early, digests that were put off to an instant up to `until`, the earliest first, except the ids in
        `but`: one statement."""

    def mark_sent(self, message: Message, message_id: int, now: datetime) -> None:
        """Marks a claimed message as sent, whatever has become of the claim since."""

    def retry(self, message: Message, at: datetime, reason: str, doubts: int) -> None:
        """Marks a claimed message to be tried again at an instant."""

    def put_off(self, message: Message, at: datetime) -> None:
        """Returns a message in the transaction that claimed it, to be claimed again from an instant on. This counts as
        no attempt."""

    def mark_over(self, messages: Sequence[Message], reason: str, now: datetime, *, dead: bool = False) -> None:
        """Marks messages as dropped, or as dead, with the reason."""

    def drop_open(self, owner_id: int, reason: str, now: datetime, kinds: Iterable[MessageKind] | None = None) -> None:
        """Drops all waiting messages of an owner (of these kinds)."""

    def drop_after(self, message: Message, reason: str, now: datetime) -> None:
        """Drops the waiting messages that repeat this one."""

    def by_id(self, message_id: int, chat_id: int) -> Message | None:
        """The message with this outbox id, if it belongs to this chat."""

    def by_telegram_id(self, chat_id: int, message_id: int) -> Message | None:
        """The sent message with this Telegram id in a chat."""

    def rounds(self, chat_id: int, first: date) -> list[Message]:
        """A chat's check-ins about a day or later that were sent or are on their way, in order."""

    def last_sent(self, chat_id: int, kinds: Iterable[MessageKind]) -> date | None:
        """The day of a chat's latest sent message of these kinds; None if there is none on record."""

    def next_due(self) -> datetime | None:
        """When the next message is due, or the next claim ends."""

    def prune(self, before: datetime, limit: int) -> int:
        """Removes at most `limit` messages that were settled before an instant; returns how many."""

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Moves a chat's messages to its new id. Sent ones have no Telegram id there."""

    def forget(self, chat_id: int) -> None:
        """Removes all messages to a chat, sent or not."""
