"""Scheduled messages that a chat got, found by the ids that its buttons and replies carry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.actions.access import check_everywhere, enter
from core.asking.reminders import DIGEST_OF_LEVEL, Message, MessageKind, digest_key
from core.goals.model import Level
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction


async def read_sent(store: Store, actor: Actor, prompt_id: int) -> Message | None:
    """A message to the actor's chat by its outbox id; None if it belongs to another chat or is forgotten. Raises
    `Refused`."""
    return await store.read(lambda tx: tx.outbox.by_id(prompt_id, enter(tx, actor, Act.SEE).owner.chat_id))


async def sent_since(store: Store, actor: Actor, on: date) -> list[Message]:
    """The check-ins sent to the actor's chat for a day or later, in order. Raises `Refused`."""
    return await store.read(lambda tx: tx.outbox.rounds(enter(tx, actor, Act.SEE).owner.chat_id, on))


async def last_sent(store: Store, actor: Actor, chat_id: int, kinds: Iterable[MessageKind]) -> date | None:
    """The day of the last message of some kinds to a chat, which may be a channel."""
    check_everywhere(actor, Act.OPERATE)
    return await store.read(lambda tx: tx.outbox.last_sent(chat_id, kinds))


async def read_sent_as(store: Store, actor: Actor, message_id: int) -> Message | None:
    """A scheduled message to the actor's chat by Telegram's id; None for any other. Raises `Refused`."""
    return await store.read(lambda tx: tx.outbox.by_telegram_id(enter(tx, actor, Act.SEE).owner.chat_id, message_id))


async def shorter_beside(store: Store, actor: Actor, level: Level, on: date) -> list[MessageKind]:
    """The digests of shorter periods (from months on) that were due on the same day as a level's digest. Raises
    `Refused`."""

    def work(tx: Transaction) -> list[MessageKind]:
        chat_id = enter(tx, actor, Act.SEE).owner.chat_id
        between = [kind for one, kind in DIGEST_OF_LEVEL.items() if Level.WEEKLY.rank < one.rank < level.rank]
        keys = {digest_key(kind, chat_id, on): kind for kind in between}
        return [keys[key] for key in sorted(tx.outbox.existing_keys(list(keys)))] if keys else []

    return await store.read(work)
