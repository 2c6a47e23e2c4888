"""What becomes of a group as Telegram tells of it: the bot comes and comes back, the title changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import Enum

from core.actions.owners import open_again
from core.model import Owner, OwnerType
from core.ports.store import Store, Transaction


class Arrival(Enum):
    """How the bot comes to a group."""

    NEW = "new"
    """For the first time, or nothing came of it before."""
    BACK = "back"
    """It was here, and there is something of the group's."""
    KNOWN = "known"
    """It never was away: the same news again, or other rights."""


async def arrived(
    store: Store, chat_id: int, title: str, locale: str, now: datetime, *, is_sure: bool = True
) -> tuple[Owner, Arrival]:
    """The bot is in a group. Telegram says so in two ways; only the first to be heard is an arrival. One of them says
    nothing of what the bot may do there, so that it `is_sure` of nothing where the group is known."""

    def work(tx: Transaction) -> tuple[Owner, Arrival]:
        owner = tx.owners.by_chat(chat_id, lock=True)
        if owner is None:
            return tx.owners.add(chat_id, OwnerType.GROUP, title, locale, now), Arrival.NEW
        if owner.unreachable_since is None or not is_sure:
            return owner, Arrival.KNOWN
        has_something = tx.trees.vision_ids(owner.id) or tx.members.of_owner(owner.id, left_too=True)
        return open_again(tx, owner, now), Arrival.BACK if has_something else Arrival.NEW

    return await store.write(work)


async def retitled(store: Store, chat_id: int, title: str) -> None:
    """A group has another title; nothing if it is not known."""

    def work(tx: Transaction) -> None:
        if owner := tx.owners.by_chat(chat_id, lock=True):
            tx.owners.save(replace(owner, title=title))

    await store.write(work)


async def choose_topic(store: Store, chat_id: int, thread_id: int | None) -> Owner:
    """Sets the topic for what the bot sends by itself; None is the chat, or its General topic."""

    def work(tx: Transaction) -> Owner:
        owner = tx.owners.by_chat(chat_id, lock=True)
        assert owner is not None, "settings are of a chat that is known"
        changed = replace(owner, thread_id=thread_id)
        tx.owners.save(changed)
        return changed

    return await store.write(work)
