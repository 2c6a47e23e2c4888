"""The chats that trees belong to, and their settings."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo, available_timezones

from core.actions.access import chat_of, check_everywhere, enter, user_of
from core.actions.living import note_change
from core.actions.members import take_in
from core.actions.rescheduling import reschedule
from core.asking.reminders import (
    LATEST_NUDGE,
    SOONEST_NUDGE,
    Message,
    MessageKind,
    MessageState,
    round_again,
    round_up_of,
)
from core.errors import InvalidSetting
from core.goals.model import Owner, OwnerType, QuietHours
from core.goals.periods import DAY, local_date
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction

logger = logging.getLogger(__name__)


async def welcome(
    store: Store, actor: Actor, owner_type: OwnerType, title: str, locale: str, now: datetime
) -> tuple[Owner, bool]:
    """(the owner of the host's chat, whether it is new). Creates it with default settings at the chat's first
    message."""
    check_everywhere(actor, Act.OPERATE)
    chat_id = chat_of(actor)
    known = await store.read(lambda tx: tx.owners.by_chat(chat_id))
    if known is not None:
        return known, False
    return await store.write(lambda tx: tx.owners.add(chat_id, owner_type, title, locale, now)), True


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """The names of all IANA zones, cached: finding them walks through folders."""
    return frozenset(available_timezones())


def zone(name: str) -> ZoneInfo:
    """The IANA zone of a name; raises `InvalidSetting`."""
    if name not in known_zones():
        raise InvalidSetting("unknown_zone", name=name[:60])
    return ZoneInfo(name)


class SettingChanges(TypedDict, total=False):
    """The settings to change; None turns off what can be turned off. See `core.goals.model.Owner`."""

    timezone: str
    day_start: time
    week_start: int
    locale: str
    quiet: QuietHours | None
    nudge_after: timedelta | None
    round_deadline: time | None
    board_ordered: bool
    members_plan: bool


async def change_settings(store: Store, actor: Actor, now: datetime, **changes: Unpack[SettingChanges]) -> Owner:
    """Changes the given settings of the actor's chat; the rest stays. A changed week start regroups all weeks, so the
    caches become stale. A changed zone, day start or quiet hours change when reminders are due next.

    Raises `InvalidSetting` for an unknown zone, a day start after 12:00, a week start that is no weekday, or a nudge
    too soon or too late; `NotFound` and `Refused`.
    """
    _check_settings(changes)

    def change(tx: Transaction) -> Owner:
        owner = enter(tx, actor, Act.SETTINGS, lock=True).owner
        changed = replace(owner, zone_chosen=owner.zone_chosen or "timezone" in changes, **changes)
        save_settings(tx, owner, changed, now)
        return changed

    return await store.write(change)


def _check_settings(changes: SettingChanges) -> None:
    if "timezone" in changes:
        zone(changes["timezone"])
    if not time(0) <= changes.get("day_start", time(0)) <= time(12):
        raise InvalidSetting("day_start_late")
    if changes.get("week_start", 0) not in range(7):
        raise InvalidSetting("week_start_unknown")
    nudge_after = changes.get("nudge_after")
    if nudge_after is not None and not SOONEST_NUDGE <= nudge_after <= LATEST_NUDGE:
        raise InvalidSetting("nudge_out_of_range")


def save_settings(tx: Transaction, before: Owner, wanted: Owner, now: datetime) -> None:
    """Writes an owner's settings, and whatever follows from the changes."""
    tx.owners.save(wanted)
    note_change(tx, wanted, now)
    if wanted.week_start != before.week_start:
        tx.owners.mark_stale(before.id)
    if _clock(wanted) != _clock(before):
        reschedule(tx, wanted, now, before)
    if before.nudge_after is not None and wanted.nudge_after is None:
        tx.outbox.drop_open(before.id, "second reminders were turned off", now, {MessageKind.NUDGE})


def _clock(owner: Owner) -> tuple[str, time, QuietHours | None]:
    """The settings that decide when the owner's reminders are due."""
    return owner.timezone, owner.day_start, owner.quiet


def shut_out(tx: Transaction, chat_id: int, reason: str, now: datetime) -> None:
    """Records that the bot cannot write to a chat: its reminders rest until the chat is heard from again."""
    owner = tx.owners.by_chat(chat_id, lock=True)
    if owner is None or owner.unreachable_since is not None:
        return
    resting = replace(owner, unreachable_since=now)
    tx.owners.save(resting)
    tx.outbox.drop_open(owner.id, reason, now)
    reschedule(tx, resting, now)


def forget_topic(tx: Transaction, owner_id: int, thread_id: int) -> None:
    """Forgets a group's topic, which no longer exists: scheduled messages go to the chat itself."""
    owner = tx.owners.by_id(owner_id)
    locked = tx.owners.by_chat(owner.chat_id, lock=True) if owner else None
    if locked is not None and locked.thread_id == thread_id:
        tx.owners.save(replace(locked, thread_id=None))


async def closed(store: Store, actor: Actor, reason: str, now: datetime) -> None:
    """Records that the bot was blocked, or removed from a group; does nothing if the host's chat is not known."""
    check_everywhere(actor, Act.OPERATE)
    await store.write(lambda tx: shut_out(tx, chat_of(actor), reason, now))


async def list_owners(store: Store, actor: Actor) -> list[Owner]:
    """The owners whose trees the actor may see as far as the database knows: their own chat, and the groups that they
    joined. Raises `Refused`."""
    check_everywhere(actor, Act.OWN_AFFAIRS)
    user_id = user_of(actor)

    def work(tx: Transaction) -> list[Owner]:
        own = tx.owners.by_chat(user_id)
        return [*([own] if own else []), *(group for _, group in tx.members.of_user(user_id))]

    return await store.read(work)


async def reopened(store: Store, actor: Actor, now: datetime) -> None:
    """Records that the bot was let in again; does nothing if the host's chat is not known."""
    check_everywhere(actor, Act.OPERATE)

    def work(tx: Transaction) -> None:
        if owner := tx.owners.by_chat(chat_of(actor), lock=True):
            open_again(tx, owner, now)

    await store.write(work)


async def heard_again(store: Store, actor: Actor, now: datetime) -> Owner:
    """Records that the host's chat, which was closed to the bot, is heard from again: its reminders go on from now.
    Returns the owner as it is now; raises `NotFound`."""
    return await store.write(lambda tx: open_again(tx, enter(tx, actor, Act.OPERATE, lock=True).owner, now))


async def heard(store: Store, actor: Actor) -> Owner:
    """Records that the person in the host's chat, who had not answered, is heard from again: they are asked as before.
    Returns the owner as it is now; raises `NotFound`."""

    def work(tx: Transaction) -> Owner:
        owner = enter(tx, actor, Act.OPERATE, lock=True).owner
        tx.owners.count_unanswered(owner.id, 0)
        return replace(owner, unanswered=0)

    return await store.write(work)


def open_again(tx: Transaction, owner: Owner, now: datetime) -> Owner:
    """Opens a closed chat again; returns the owner as it is then."""
    if owner.unreachable_since is None:
        return owner
    back = replace(owner, unreachable_since=None)
    tx.owners.save(back)
    reschedule(tx, back, now)
    # The round-ups were dropped with all waiting messages: a round that still runs gets one again.
    tx.outbox.add([round_up_of(one, one.useful_until, now) for one in _open_rounds(tx, back, now)], now)
    return back


def _open_rounds(tx: Transaction, owner: Owner, now: datetime) -> list[Message]:
    """A group's rounds that were sent and still run."""
    if owner.type is not OwnerType.GROUP:
        return []
    yesterday = local_date(now, ZoneInfo(owner.timezone), owner.day_start) - DAY
    rounds = tx.outbox.rounds(owner.chat_id, yesterday)
    return [sent for sent in rounds if sent.state is MessageState.SENT and sent.useful_until > now]


def move_chat(tx: Transaction, old_chat_id: int, new_chat_id: int, now: datetime) -> bool:
    """Moves everything of a group to its new id, since it has become a supergroup. Returns whether nothing is left in
    the old chat.

    If the new chat was heard from first, it has an owner already. One without trees gives way, and its members join the
    old one. One with trees keeps them, and the old chat's trees stay where they are. The messages of the old chat
    cannot be changed any more, so a round under way is sent again.
    """
    owner, newcomer = tx.owners.by_chat(old_chat_id, lock=True), tx.owners.by_chat(new_chat_id, lock=True)
    if owner is None:
        return True
    if newcomer is not None:
        if tx.trees.visions_of(newcomer.id):
            logger.warning("chat %s became %s, which has trees of its own: both stay", old_chat_id, new_chat_id)
            return False
        take_in(tx, newcomer, owner, now)
        _take_along(tx, newcomer, owner)
        tx.owners.remove(newcomer.id)
    tx.owners.save(replace(owner, chat_id=new_chat_id))
    tx.outbox.move(old_chat_id, new_chat_id)
    tx.conversations.move(old_chat_id, new_chat_id)
    tx.plan_messages.move(old_chat_id, new_chat_id)
    moved = replace(owner, chat_id=new_chat_id)
    tx.outbox.add([round_again(one, now) for one in _open_rounds(tx, moved, now)], now)
    return True


def _take_along(tx: Transaction, newcomer: Owner, owner: Owner) -> None:
    """Takes over shares and publications that were made under the new id before the move was known."""
    for share in tx.shares.of_owner(newcomer.id):
        there = tx.members.by_id(share.member_id)
        mine = tx.members.by_user(owner.id, there.user_id) if there else None
        if mine is not None:
            tx.shares.put(share.node_id, owner.id, mine.id, share.whole, share.created_at)
    for one in tx.publications.of_owner(newcomer.id):
        tx.publications.put(owner.id, one.chat_id, one.title, one.by_user, one.created_at)


async def moved(store: Store, actor: Actor, new_chat_id: int, now: datetime) -> None:
    """Handles Telegram's news that the group of the host's chat has another id. Telegram says so in the old and in the
    new chat; the second time does nothing. Reminders go on, except those of trees that had to stay behind."""

    check_everywhere(actor, Act.OPERATE)
    old_chat_id = chat_of(actor)

    def work(tx: Transaction) -> None:
        move_chat(tx, old_chat_id, new_chat_id, now)
        shut_out(tx, old_chat_id, f"the group is chat {new_chat_id} now", now)
        if owner := tx.owners.by_chat(new_chat_id, lock=True):
            open_again(tx, owner, now)

    await store.write(work)
