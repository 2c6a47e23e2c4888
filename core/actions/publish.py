"""A group's digests in channels: starting, ending, and losing the right to post."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.actions.access import chat_of, check_everywhere, enter
from core.asking.reminders import Message, MessageKind, NewMessage
from core.errors import NotFound, Refused
from core.goals.model import Owner, OwnerType
from core.goals.periods import local_date
from core.group.permissions import Act, Actor
from core.group.records import Publication
from core.ports.store import Store, Transaction

TOLD_WITHIN = timedelta(days=3)
"""A group that cannot be told within this time is not told at all."""


async def publish(store: Store, actor: Actor, channel_id: int, title: str, now: datetime) -> Publication:
    """Sends a group's digests to a channel as well, from the next one on."""

    def work(tx: Transaction) -> Publication:
        group = _group(tx, actor, Act.PUBLISH)
        if actor.user_id is None:
            raise Refused("anonymous")
        return tx.publications.put(group.id, channel_id, title, actor.user_id, now)

    return await store.write(work)


async def unpublish(store: Store, actor: Actor, channel_id: int) -> Publication | None:
    """Ends a publication; None if there was none. A digest that is waiting is not sent."""

    def work(tx: Transaction) -> Publication | None:
        owner = _group(tx, actor, Act.PUBLISH)
        publication = next((one for one in tx.publications.of_owner(owner.id) if one.chat_id == channel_id), None)
        if publication is not None:
            tx.publications.remove([publication.id])
        return publication

    return await store.write(work)


async def list_publications(store: Store, actor: Actor) -> list[Publication]:
    """The channels that get a group's digests."""
    return await store.read(lambda tx: tx.publications.of_owner(_group(tx, actor, Act.SEE).id))


def _group(tx: Transaction, actor: Actor, act: Act) -> Owner:
    owner = enter(tx, actor, act).owner
    if owner.type is not OwnerType.GROUP:
        raise NotFound("chat_unknown", chat_id=actor.chat_id)
    return owner


def copies(tx: Transaction, digests: Sequence[tuple[NewMessage, Owner]]) -> list[NewMessage]:
    """The digests again for the channels of their groups, as messages of their own."""
    of_groups = [(message, owner) for message, owner in digests if owner.type is OwnerType.GROUP]
    if not of_groups:
        return []
    channels: dict[int, list[Publication]] = {}
    for one in tx.publications.of_owners({owner.id for _, owner in of_groups}):
        channels.setdefault(one.owner_id, []).append(one)
    return [
        replace(message, key=f"{message.key}:{one.chat_id}", chat_id=one.chat_id, thread_id=None)
        for message, owner in of_groups
        for one in channels.get(owner.id, ())
    ]


def published_by(tx: Transaction, message: Message) -> list[Publication]:
    """The publication that a message belongs to, if it does not go to its owner's own chat."""
    return [one for one in tx.publications.by_chat(message.chat_id) if one.owner_id == message.owner_id]


async def shut_out(store: Store, actor: Actor, now: datetime) -> None:
    """Records that the bot may not post in the host's channel: every group whose digests go there is told."""
    check_everywhere(actor, Act.OPERATE)
    await store.write(lambda tx: tell_ended(tx, tx.publications.by_chat(chat_of(actor)), now))


def tell_ended(tx: Transaction, publications: Iterable[Publication], now: datetime) -> None:
    """Plans one message to each group that its digests no longer go to the channel. The publication itself ends when
    that message is settled, since the message still needs it."""
    for one in publications:
        owner = tx.owners.by_id(one.owner_id)
        if owner is None or owner.unreachable_since is not None:
            tx.publications.remove([one.id])
            continue
        on = local_date(now, ZoneInfo(owner.timezone), owner.day_start)
        message = NewMessage(
            f"{MessageKind.UNPUBLISHED.value}:{one.id}:{one.chat_id}:{on.isoformat()}",
            MessageKind.UNPUBLISHED,
            owner.id,
            owner.chat_id,
            on,
            now,
            now + TOLD_WITHIN,
            nodes=(one.id,),
            thread_id=owner.thread_id,
        )
        tx.outbox.add([message], now)
