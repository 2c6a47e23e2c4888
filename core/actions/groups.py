"""Changes of a group that Telegram reports: the bot is added or comes back, the title changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import Enum

from core.actions.access import chat_of, check_everywhere, enter
from core.actions.living import note_change
from core.actions.owners import open_again
from core.goals.model import Owner, OwnerType
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction


class Arrival(Enum):
    """How the bot arrives in a group."""

    NEW = "new"
    """For the first time, or again in a group with no data."""
    BACK = "back"
    """It was here before, and the group has data."""
    KNOWN = "known"
    """It was never away: the same report again, or other rights."""


async def is_known(store: Store, actor: Actor) -> bool:
    """Whether a chat is known already."""
    check_everywhere(actor, Act.OPERATE)
    chat_id = chat_of(actor)
    return await store.read(lambda tx: tx.owners.by_chat(chat_id) is not None)


async def arrived(
    store: Store, actor: Actor, title: str, locale: str, now: datetime, *, is_sure: bool = True
) -> tuple[Owner, Arrival]:
    """Records that the bot is in the group of the host's chat. Telegram reports this in two ways, and only the first
    report is an arrival. One of them says nothing about the bot's rights, so for a known group it is not `is_sure`."""

    check_everywhere(actor, Act.OPERATE)

    def work(tx: Transaction) -> tuple[Owner, Arrival]:
        owner = tx.owners.by_chat(chat_of(actor), lock=True)
        if owner is None:
            return tx.owners.add(chat_of(actor), OwnerType.GROUP, title, locale, now), Arrival.NEW
        if owner.unreachable_since is None or not is_sure:
            return owner, Arrival.KNOWN
        has_something = tx.trees.vision_ids(owner.id) or tx.members.of_owner(owner.id, left_too=True)
        return open_again(tx, owner, now), Arrival.BACK if has_something else Arrival.NEW

    return await store.write(work)


async def retitled(store: Store, actor: Actor, title: str, now: datetime) -> None:
    """Records a new title of the host's group; does nothing if the group is not known."""
    check_everywhere(actor, Act.OPERATE)

    def work(tx: Transaction) -> None:
        if owner := tx.owners.by_chat(chat_of(actor), lock=True):
            tx.owners.save(replace(owner, title=title))
            note_change(tx, owner, now)

    await store.write(work)


async def choose_topic(store: Store, actor: Actor, thread_id: int | None) -> Owner:
    """Sets the topic for scheduled messages; None is the chat, or its General topic."""

    def work(tx: Transaction) -> Owner:
        owner = enter(tx, actor, Act.SETTINGS, lock=True).owner
        changed = replace(owner, thread_id=thread_id)
        tx.owners.save(changed)
        return changed

    return await store.write(work)
