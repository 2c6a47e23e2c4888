"""Messages that are sent once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from core.asking.reminders import Message, MessageKind, NewMessage


class Outbox(Protocol):
    """Messages that must be sent once. A claim lasts until its lease ends, or a mark with its attempt's number.

    The mark of a claim that has been followed by another changes nothing, with one exception: what is sent is sent.
    """

    def add(self, messages: Sequence[NewMessage], now: datetime) -> None:
        """Writes messages; those whose key is there already are passed over."""

    def known(self, keys: Sequence[str]) -> set[str]:
        """Which of these keys are there: one statement."""

    def waiting_prompts(self, chat_ids: Sequence[int], now: datetime) -> list[Message]:
        """Prompts of these chats that are due and not on their way, locked: one statement."""

    def claim(self, now: datetime, lease_until: datetime, limit: int) -> list[Message]:
        """Takes what is due, longest due first, and what an earlier claim has held too long, which adds a doubt
        (`core.asking.delivery.LAPSED`): one statement."""

    def call_digests(
        self, until: datetime, lease_until: datetime, limit: int, but: Collection[int] = ()
    ) -> list[Message]:
        """Takes digests that were put off to an instant up to `until` before it comes, the earliest first and none of
        these ids: one statement."""

    def sent(self, message: Message, message_id: int, now: datetime) -> None:
        """Marks a message as sent that was claimed, whatever has become of the claim since."""

    def again(self, message: Message, at: datetime, reason: str, doubts: int) -> None:
        """Marks a claimed message to be tried again at an instant."""

    def put_off(self, message: Message, at: datetime) -> None:
        """Gives a message back in the transaction that claimed it, to be claimed from an instant on: that was no
        attempt."""

    def over(self, messages: Sequence[Message], reason: str, now: datetime, *, dead: bool = False) -> None:
        """Marks messages as dropped, or as dead, and says why."""

    def drop_open(self, owner_id: int, reason: str, now: datetime, kinds: Iterable[MessageKind] | None = None) -> None:
        """Drops all of an owner's messages (of these kinds) that wait."""

    def drop_after(self, message: Message, reason: str, now: datetime) -> None:
        """Drops the messages that wait to come back to this one."""

    def by_id(self, message_id: int, chat_id: int) -> Message | None:
        """The message of an outbox id, if it is this chat's."""

    def by_telegram_id(self, chat_id: int, message_id: int) -> Message | None:
        """The sent message that has this number in a chat."""

    def rounds(self, chat_id: int, first: date) -> list[Message]:
        """A chat's check-ins about a day or later that were sent or are on their way, in order."""

    def last_sent(self, chat_id: int, kinds: Iterable[MessageKind]) -> date | None:
        """The day of the latest message of these kinds that a chat got; None if there is none on record."""

    def next_due(self) -> datetime | None:
        """When the next one is due, or its claim ends."""

    def prune(self, before: datetime, limit: int) -> int:
        """Removes what was settled before an instant, at most so many; gives how many."""

    def move(self, old_chat_id: int, new_chat_id: int) -> None:
        """Addresses a chat's messages to its new id. Those that were sent have no number there."""

    def forget(self, chat_id: int) -> None:
        """Removes all messages to a chat, sent or not."""
