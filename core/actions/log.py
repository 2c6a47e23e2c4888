"""Logging, amending, skipping and taking back: each is one transaction, from the entry up to the vision (design.md
§3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.actions.access import chat_of, enter
from core.actions.check_off import OpenCheckOff
from core.actions.log_checks import check_author, check_date, check_leaf, decide, refuse_less_than_nothing, value_of
from core.actions.logged import CheckOff, EntryChange, How, Log, LogOutcome
from core.actions.path import Path
from core.actions.quick import QuickLog
from core.actions.read import today_of
from core.caps import CAPS, Caps
from core.errors import EntryGone, NotFound, Refused
from core.goals.model import Entry, Measure
from core.group.permissions import Act, Actor
from core.ports.entries import NewEntry
from core.ports.store import Store, Transaction
from core.sources import former_key, message_of

_LATELY = timedelta(hours=1)
"""How long after logging an entry is meant by words that do not name it."""


async def log(store: Store, actor: Actor, wanted: Log, now: datetime, caps: Caps = CAPS) -> CheckOff:
    """Logs one fact for the actor and rolls it up.

    Raises `NotFound` for a node that is not in the actor's chat, `NotALeaf`, `ValueNeeded`, `InvalidValue`,
    `DateRefused` for a date after the owner's today or outside the leaf's active range, `CapReached` for a full day,
    and `FarOutside` for a number that has to be confirmed. The same `source_key` again changes nothing.

    In a group an *each* node stands for the actor's own leaf below it. On a shared leaf numbers add up, and nobody
    changes other people's entries. Raises `Refused` for somebody who did not join, for another's leaf, and for a skip
    of a shared leaf by anyone but an admin.
    """
    quick = QuickLog(actor, wanted, now, caps, lambda tx: _log(tx, actor, wanted, now, caps))
    return await store.check_off(quick)


async def log_all(
    store: Store, actor: Actor, wanted: Sequence[Log], now: datetime, caps: Caps = CAPS
) -> list[CheckOff]:
    """Logs several facts in one transaction, all or nothing. Raises as `log` does."""

    def work(tx: Transaction) -> list[CheckOff]:
        enter(tx, actor, Act.LOG)
        return [_log(tx, actor, item, now, caps) for item in wanted]

    return await store.write(work)


async def logged_with(store: Store, actor: Actor, source_key: str) -> tuple[Entry, bool] | None:
    """(the entry that the actor logged in their chat with a source key, whether it is void). Raises `Refused`."""

    def work(tx: Transaction) -> tuple[Entry, bool] | None:
        enter(tx, actor, Act.SEE)
        logged = tx.entries.by_source(source_key)
        return logged if logged is not None and _is_by(logged[0], actor) else None

    return await store.read(work)


async def last_logged(store: Store, actor: Actor, now: datetime) -> list[Entry]:
    """The actor's last entries in their chat within the last hour: one entry, or two if their message made several.
    Entries that no message made are left out. Raises `Refused`."""

    def work(tx: Transaction) -> list[Entry]:
        owner = enter(tx, actor, Act.SEE).owner
        newest = tx.entries.of_owner_latest(owner.id, actor.user_id, 2)
        if not newest or newest[0].created_at is None or newest[0].created_at < now - _LATELY:
            return []
        message = message_of(newest[0])
        return [entry for entry in newest if message is not None and message_of(entry) == message]

    return await store.read(work)


async def logged_by_message(store: Store, actor: Actor, source_prefix: str) -> list[Entry]:
    """The entries of one of the actor's messages. Other people's are left out, since message ids are no secret. Raises
    `Refused`."""

    def work(tx: Transaction) -> list[Entry]:
        enter(tx, actor, Act.SEE)
        return [entry for entry in tx.entries.by_message(source_prefix) if entry.author_id in (None, actor.user_id)]

    return await store.read(work)


async def amend(
    store: Store, actor: Actor, source_prefix: str, wanted: Sequence[Log], now: datetime, caps: Caps = CAPS
) -> list[CheckOff]:
    """Replaces what the actor's message logged (the entries whose source key begins with the prefix) by what it says
    now: all or nothing, in one transaction. An amendment that was made already (its own source key exists) changes
    nothing. If nothing is wanted, the message's entries are taken back."""

    def work(tx: Transaction) -> list[CheckOff]:
        enter(tx, actor, Act.LOG)
        if any(item.source_key and _is_logged(tx, actor, item.source_key) for item in wanted):
            return [_log(tx, actor, item, now, caps) for item in wanted]
        # Another member may have chosen a goal for the message: their entry stays theirs.
        logged = [entry for entry in tx.entries.by_message(source_prefix) if _is_by(entry, actor)]
        if not logged and _is_logged(tx, actor, f"{source_prefix}{actor.user_id or 0}:0"):
            raise EntryGone("entry_gone")
        done = [_open(tx, actor, entry, now).take_back(entry) for entry in logged]
        return [_log(tx, actor, item, now, caps) for item in wanted] or done

    return await store.write(work)


def take_back(tx: Transaction, actor: Actor, entry: Entry, now: datetime, source_key: str | None) -> CheckOff:
    """Takes one of the actor's entries back, within a transaction."""
    return _open(tx, actor, entry, now).take_back(entry, source_key)


def taken_back_before(tx: Transaction, actor: Actor, entry: Entry, now: datetime) -> CheckOff:
    """The result, once more, for an entry that was taken back."""
    return _open(tx, actor, entry, now).unchanged(LogOutcome.UNDONE, entry)


async def change_entry(
    store: Store, actor: Actor, entry_id: int, change: EntryChange, now: datetime, caps: Caps = CAPS
) -> list[CheckOff]:
    """Changes one of the actor's entries; a new entry replaces it. If it moves to another day it is logged there first,
    then taken back here, and both results are returned.

    Raises `NotFound` for an entry that is not in the actor's chat or was taken back, and what `log` raises.
    """

    def work(tx: Transaction) -> list[CheckOff]:
        enter(tx, actor, Act.LOG)
        if change.source_key is not None and (known := tx.entries.by_source(change.source_key)):
            return [_open(tx, actor, known[0], now).unchanged(LogOutcome.REPEATED, known[0])]
        entry = _own_entry(tx, actor, entry_id)
        value, skipped = (entry.value, entry.skipped) if change.is_same else (change.value, change.skipped)
        how = How.SKIP if skipped else How.ADD
        note = entry.note if change.note is None else change.note
        wanted = Log(entry.node_id, change.on or entry.on, how, value, note, change.source_key)
        if wanted.on != entry.on:
            undone = _open(tx, actor, entry, now).take_back(entry)
            return [_log(tx, actor, wanted, now, caps), undone]
        return [_changed(tx, actor, entry, wanted, now)]

    return await store.write(work)


async def take_back_entry(
    store: Store, actor: Actor, entry_id: int, now: datetime, source_key: str | None = None
) -> CheckOff:
    """Takes one of the actor's entries back, and restores the entry that it had replaced.

    The same `source_key` again changes nothing. Raises `NotFound` for an entry that is not in the actor's chat or was
    taken back, `Refused` for somebody else's.
    """

    def work(tx: Transaction) -> CheckOff:
        enter(tx, actor, Act.LOG)
        if source_key is not None and (before := tx.entries.taken_back_by(source_key)):
            return taken_back_before(tx, actor, before[0], now)
        entry = _own_entry(tx, actor, entry_id)
        return take_back(tx, actor, entry, now, source_key)

    return await store.write(work)


def _own_entry(tx: Transaction, actor: Actor, entry_id: int) -> Entry:
    stored = tx.entries.of_chat(chat_of(actor), entry_id)
    if stored is None or stored[1]:
        raise NotFound("log_gone")
    entry, _ = stored
    is_private = actor.user_id == actor.chat_id
    if entry.author_id != actor.user_id and not (is_private and entry.author_id is None):
        raise Refused("anothers")
    return entry


def _changed(tx: Transaction, actor: Actor, entry: Entry, wanted: Log, now: datetime) -> CheckOff:
    """Changes an entry on its own day; the day's other entries stay."""
    path = Path.read(tx, chat_of(actor), entry.node_id, actor.user_id, entry.on, now)
    check_author(path, actor, wanted)
    value = value_of(path, wanted)
    open_ = OpenCheckOff.begin(tx, path, entry.on, now)
    if open_ is None:
        return _changed(tx, actor, entry, wanted, now)
    if path.is_shared and value == 0 and path.tree.measure(path.leaf) is Measure.CHECK:
        return open_.take_back(entry)
    skipped = wanted.how is How.SKIP
    new = NewEntry(path.leaf.id, entry.on, value, skipped, wanted.note, actor.user_id, wanted.source_key)
    after = open_.with_entry(new, [entry])
    refuse_less_than_nothing(path, after, entry.on)
    return open_.write(new, [entry], after)


def _is_logged(tx: Transaction, actor: Actor, source_key: str) -> bool:
    """Whether an entry has this source key, void or not. A former key does not name its author."""
    if tx.entries.by_source(source_key):
        return True
    former = tx.entries.by_source(former_key(source_key))
    return former is not None and _is_by(former[0], actor)


def _is_by(entry: Entry, actor: Actor) -> bool:
    return entry.author_id in (None, actor.user_id)


def _log(tx: Transaction, actor: Actor, wanted: Log, now: datetime, caps: Caps) -> CheckOff:
    path = Path.read(tx, chat_of(actor), wanted.node_id, actor.user_id, wanted.on, now)
    check_author(path, actor, wanted)
    check_leaf(tx, path)
    check_date(path, wanted.on, today_of(path.vision.owner, now))
    value = value_of(path, wanted)
    open_ = OpenCheckOff.begin(tx, path, wanted.on, now)
    if open_ is None:
        return _log(tx, actor, wanted, now, caps)
    decided = decide(open_, actor, wanted, value, caps)
    return decided if isinstance(decided, CheckOff) else open_.write(decided.new, decided.replaced, decided.after)


def _open(tx: Transaction, actor: Actor, entry: Entry, now: datetime) -> OpenCheckOff:
    """The check-off of an existing entry, with its vision locked."""
    path = Path.read(tx, chat_of(actor), entry.node_id, None, entry.on, now)
    return OpenCheckOff.begin(tx, path, entry.on, now) or _open(tx, actor, entry, now)
