"""Logging, amending, skipping and taking back: each is one transaction from the entry to the vision (DESIGN.md §3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from core.actions.cache import rebuild_vision, tree_of
from core.actions.read import today_of
from core.caps import CAPS, Caps
from core.check_off import Change, Touch, roll_up, spans, touches
from core.errors import CapReached, DateRefused, EntryGone, InvalidValue, NotALeaf, NotFound, NothingToUndo, ValueNeeded
from core.model import Aggregate, Entry, Measure, Node, Owner, OwnerType
from core.permissions import Act, Role, check
from core.ports.entries import NewEntry
from core.ports.store import Store, Transaction
from core.ports.trees import VisionPath
from core.progress import Cell, Crowd, contribution, each_target, leaf_cell, status_of
from core.reading import Standing
from core.streaks import Run, extend, run_of, streak_on
from core.tree import Tree

MANY = 20
"""So many entries of one goal on one day are no habit any more."""


class How(Enum):
    """What a log does to its day: add to it, set the day's value, have it reach a value (one that it has already is
    left as it is), or skip the period."""

    ADD = "add"
    SET = "set"
    REACH = "reach"
    SKIP = "skip"


class Outcome(Enum):
    """What became of it. UNCHANGED: it said what was there already; REPEATED: this very message was logged before, and
    nothing is written; the steps say what it did then."""

    LOGGED = "logged"
    UNCHANGED = "unchanged"
    REPEATED = "repeated"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Log:
    """What someone wants logged. `value` None is a tick (a check) or a skip; a tick is done once a day, so ADD and SET
    are the same for it, and SET with 0 takes a day's tick away. `source_key` is unique to the message or tap
    (`chat:message:part`). In a group `author_id` is who says it; `is_admin`: an admin of the group does."""

    node_id: int
    on: date
    how: How = How.ADD
    value: Decimal | None = None
    note: str | None = None
    author_id: int | None = None
    source_key: str | None = None
    is_admin: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One node on the way up, before and after. `standing` is as of the owner's today where `period` holds it."""

    before: int
    standing: Standing
    touched: bool


@dataclass(frozen=True, slots=True)
class CheckOff:
    """What a log did, all the way up: `steps` begin with the leaf and end with the vision.

    A step's period is the one that the entry's date touches; its standing is as of `on`'s day if that period is past.
    """

    outcome: Outcome
    tree: Tree
    leaf: Node
    on: date
    today: date
    entry: Entry | None
    steps: tuple[Step, ...]

    @property
    def streak_current(self) -> int:
        """The leaf's streak today."""
        streak = self.steps[0].standing.streak
        return streak.current if streak else 0


async def log(store: Store, chat_id: int, wanted: Log, now: datetime, caps: Caps = CAPS) -> CheckOff:
    """Logs one fact and rolls it up.

    Raises `NotFound` for a node that is not this chat's, `NotALeaf`, `ValueNeeded`, `InvalidValue`, and `DateRefused`
    for a date ahead of the owner's today or outside the leaf's active range, and `CapReached` for a day that is full.
    The same `source_key` again changes nothing.

    In a group: an *each* node stands for the author's own leaf below it; on a leaf that all share, numbers add up, and
    nobody touches what others logged. `Refused` for who did not join, for another's leaf, and for who skips a shared
    leaf without being an admin.
    """
    return await store.write(lambda tx: _log(tx, chat_id, wanted, now, caps))


async def amend(
    store: Store, chat_id: int, source_prefix: str, wanted: Sequence[Log], now: datetime, caps: Caps = CAPS
) -> list[CheckOff]:
    """Replaces what a message logged (the entries whose source begins with the prefix) by what it says now.

    All or nothing, in one transaction. An amendment that was made already (its own source key is there) changes
    nothing. With nothing wanted, the message's entries are taken back.
    """

    def work(tx: Transaction) -> list[CheckOff]:
        if any(item.source_key and tx.entries.by_source(item.source_key) for item in wanted):
            return [_log(tx, chat_id, item, now, caps) for item in wanted]
        # A button under a message may be tapped by another member: what they logged is theirs.
        authors = {item.author_id for item in wanted}
        told = [entry for entry in tx.entries.by_message(source_prefix) if not authors or _is_by(entry, authors)]
        first = tx.entries.by_source(f"{source_prefix}0")
        if not told and first is not None and (not authors or _is_by(first[0], authors)):
            raise EntryGone
        done = [_take_back(tx, chat_id, entry, now) for entry in told]
        return [_log(tx, chat_id, item, now, caps) for item in wanted] or done

    return await store.write(work)


def _is_by(entry: Entry, authors: Set[int | None]) -> bool:
    return entry.author_id is None or entry.author_id in authors


async def undo(
    store: Store,
    chat_id: int,
    author_id: int | None,
    now: datetime,
    *,
    entry_id: int | None = None,
    update_id: int | None = None,
    is_admin: bool = False,
) -> CheckOff:
    """Takes back an entry: a given one, or the author's newest in this chat. What it had replaced comes back.

    With `update_id` the update is marked as handled in the same transaction, so that the same "/undo" told twice takes
    back one entry, not two. Raises `NothingToUndo`; in a group, where it takes a member or an admin, `Refused`.
    """

    def work(tx: Transaction) -> CheckOff:
        owner = tx.owners.by_chat(chat_id)
        if owner is None:
            raise NothingToUndo("There is nothing to undo yet.")
        if owner.type is OwnerType.GROUP:
            check(Act.SKIP_SHARED if is_admin else Act.LOG, _roles(tx, owner, author_id, is_admin=is_admin))
        newest = tx.entries.of_owner_latest(owner.id, author_id, 1 if entry_id is None else 50)
        found = [entry for entry in newest if entry_id is None or entry.id == entry_id]
        if not found:
            raise NothingToUndo("There is nothing to undo.")
        if update_id is not None:
            tx.inbox.handled([update_id], now)
        return _take_back(tx, chat_id, found[0], now)

    return await store.write(work)


def _roles(tx: Transaction, owner: Owner, user_id: int | None, *, is_admin: bool) -> frozenset[Role]:
    member = None if user_id is None else tx.members.by_user(owner.id, user_id)
    return _roles_of(user_id, joined=member is not None and member.present, is_admin=is_admin)


def _roles_of(user_id: int | None, *, joined: bool, is_admin: bool) -> frozenset[Role]:
    roles = {Role.MEMBER if joined else Role.OUTSIDER}
    if is_admin:
        roles.add(Role.ADMIN)
    if user_id is None:
        roles.add(Role.ANONYMOUS)
    return frozenset(roles)


def _fresh_path(
    tx: Transaction, chat_id: int, node_id: int, user_id: int | None, on: date
) -> tuple[VisionPath, Tree, Node]:
    """The path of a node, or of the user's own leaf below an *each* node, in a cache that is not stale. Not locked
    yet: that is for `_before`."""
    vision = tx.trees.path(chat_id, node_id, user_id, on)
    if vision is not None and vision.stale:
        rebuild_vision(tx, vision.id)
        vision = tx.trees.path(chat_id, node_id, user_id, on)
    if vision is None:
        raise NotFound("That goal is not here (any more).")
    tree = tree_of(vision)
    named = tree.nodes[node_id]
    own = tree.children(named) if named.each is not None else []
    return vision, tree, own[0] if own else named


def _log(tx: Transaction, chat_id: int, wanted: Log, now: datetime, caps: Caps) -> CheckOff:
    vision, tree, leaf = _fresh_path(tx, chat_id, wanted.node_id, wanted.author_id, wanted.on)
    today = today_of(vision.owner, now)
    _check_author(vision, tree, leaf, wanted)
    if not tree.is_leaf(leaf):
        whole = tx.trees.vision(vision.id)
        below = Tree(whole.nodes) if whole else tree
        raise NotALeaf(leaf.title, [found.id for found in below.leaves(below.nodes[leaf.id])])
    _check_date(tree, leaf, wanted.on, today)
    value = _value(tree, leaf, wanted)
    before = _before(tx, vision, tree, leaf, wanted.on)
    if before is None:
        return _log(tx, chat_id, wanted, now, caps)
    mine = [
        entry for entry in before.entries if entry.source_key == wanted.source_key and wanted.source_key is not None
    ]
    if mine:
        return _repeated(tx, tree, leaf, today, before, mine[0])
    shared = vision.owner.type is OwnerType.GROUP and leaf.member_id is None
    day = [entry for entry in before.entries if entry.on == wanted.on]
    own = [entry for entry in day if entry.author_id == wanted.author_id] if shared else day
    if shared and value == 0 and tree.measure(leaf) is Measure.CHECK:
        return _unticked(tx, vision, tree, leaf, wanted, today, before, own, now)
    replaced = _replaced(tree, leaf, wanted, value, own)
    if replaced is None:
        return _untouched(tx, tree, leaf, wanted.on, today, before, None, Outcome.UNCHANGED)
    _refuse_full_day(tx, vision.id, wanted.on, before, caps)
    new = NewEntry(
        leaf.id,
        wanted.on,
        value,
        skipped=wanted.how is How.SKIP,
        note=wanted.note,
        author_id=wanted.author_id,
        source_key=wanted.source_key,
    )
    gone_ids = {gone.id for gone in replaced}
    after = [kept for kept in before.entries if kept.id not in gone_ids]
    after.append(_to_come(new, now, before.entries))
    after.sort(key=lambda kept: (kept.on, kept.id))
    _refuse_less_than_nothing(tree, leaf, [kept for kept in after if kept.on == wanted.on])
    rolled = _roll_up(tx, tree, leaf, wanted.on, before, after)
    entry = tx.check_offs.write(vision.id, new, now, rolled.cells, rolled.runs)
    if entry is None:  # logged before and taken back since: the message still counts as told
        return _untouched(tx, tree, leaf, wanted.on, today, before, None, Outcome.REPEATED)
    if replaced:
        tx.entries.void([gone.id for gone in replaced], now, replaced_by=entry.id)
    return _done(tx, tree, leaf, wanted.on, today, before, rolled, entry, Outcome.LOGGED)


def _check_author(vision: VisionPath, tree: Tree, leaf: Node, wanted: Log) -> None:
    """Raises `Refused` unless who says it may log this in a group. A private chat is one person's."""
    if vision.owner.type is not OwnerType.GROUP:
        return
    roles = _roles_of(wanted.author_id, joined=vision.member_id is not None, is_admin=wanted.is_admin)
    above = None if leaf.parent_id is None else tree.nodes[leaf.parent_id]
    is_somebodys = above is not None and above.each is not None  # or of somebody who is known no longer
    shared = not is_somebodys and leaf.each is None
    check(Act.SKIP_SHARED if shared and wanted.how is How.SKIP else Act.LOG, roles)
    if is_somebodys and (leaf.member_id is None or leaf.member_id != vision.member_id):
        check(Act.LOG_FOR_ANOTHER, roles)


def _unticked(
    tx: Transaction,
    vision: VisionPath,
    tree: Tree,
    leaf: Node,
    wanted: Log,
    today: date,
    before: _Before,
    own: Sequence[Entry],
    now: datetime,
) -> CheckOff:
    """Takes one's own tick of a shared leaf back, and says nothing of the day instead: a word that it is not done would
    stand against the ticks of others."""
    mine = [entry for entry in own if not entry.skipped]
    if not mine:
        return _untouched(tx, tree, leaf, wanted.on, today, before, None, Outcome.UNCHANGED)
    tx.entries.void([entry.id for entry in mine], now)
    gone = {entry.id for entry in mine}
    rolled = _roll_up(tx, tree, leaf, wanted.on, before, [kept for kept in before.entries if kept.id not in gone])
    if rolled.cells or rolled.runs:
        tx.cache.write(rolled.cells, rolled.runs)
    return _done(tx, tree, leaf, wanted.on, today, before, rolled, mine[-1], Outcome.UNDONE)


def _to_come(new: NewEntry, now: datetime, before: Sequence[Entry]) -> Entry:
    """An entry as it will stand behind those that are there, with an id that is not its own yet."""
    last = max((entry.id for entry in before), default=0)
    return Entry(last + 1, new.node_id, new.on, new.value, new.skipped, new.note, new.author_id, new.source_key, now)


def _check_date(tree: Tree, leaf: Node, on: date, today: date) -> None:
    if on > today:
        raise DateRefused(on, "future", today)
    active = tree.active(leaf)
    if on < active.start:
        raise DateRefused(on, "before_start", active.start)
    if on > active.end:
        raise DateRefused(on, "after_end", active.end)


def _refuse_less_than_nothing(tree: Tree, leaf: Node, day: Sequence[Entry]) -> None:
    """A correction downwards is fine (`run -2`), but a day that adds up to less than nothing is a slip."""
    if (leaf.aggregate or Aggregate.SUM) is Aggregate.SUM and contribution(tree.measure(leaf), day) < 0:
        raise InvalidValue(f"“{tree.called(leaf)}” would stand below zero that day: log a smaller correction.")


def _refuse_full_day(tx: Transaction, vision_id: int, on: date, before: _Before, caps: Caps) -> None:
    """A check-off is kept from asking: only where the leaf alone has many entries that day are all of it counted."""
    if sum(entry.on == on for entry in before.entries) < min(MANY, caps.entries_a_day):
        return
    if (there := tx.entries.full_days(vision_id, caps.entries_a_day, on, on).get(on)) is not None:
        raise CapReached(f"There are {there:,} entries for {on}, and no more fit in a day: log the rest as one number.")


def _value(tree: Tree, leaf: Node, wanted: Log) -> Decimal | None:
    if wanted.how is How.SKIP:
        return None
    if tree.measure(leaf) is Measure.NUMBER:
        if wanted.value is None:
            raise ValueNeeded(tree.called(leaf), leaf.unit)
        return wanted.value
    if wanted.value is None:
        return Decimal(1)
    if wanted.value not in (0, 1):
        raise InvalidValue(f"“{tree.called(leaf)}” is done or not done: it takes no number.")
    return wanted.value


def _replaced(
    tree: Tree, leaf: Node, wanted: Log, value: Decimal | None, day: Sequence[Entry]
) -> Sequence[Entry] | None:
    """The entries, of those of the day, that the new one stands for; None when it says only what is there already."""
    if wanted.how is How.SKIP:
        return None if day and day[-1].skipped else []
    if tree.measure(leaf) is Measure.CHECK:
        told = [entry.value for entry in day if entry.value is not None and not day[-1].skipped]
        return None if (told[-1] if told else Decimal(0)) == value else day
    if wanted.how is How.REACH:
        there = contribution(Measure.NUMBER, day)
        return None if value is not None and there >= value else day
    if wanted.how is How.SET:
        values = [entry.value for entry in day]
        return None if values == [value] and wanted.note is None else day
    return [entry for entry in day if entry.skipped]


def _take_back(tx: Transaction, chat_id: int, entry: Entry, now: datetime) -> CheckOff:
    vision, tree, leaf = _fresh_path(tx, chat_id, entry.node_id, None, entry.on)
    today = today_of(vision.owner, now)
    before = _before(tx, vision, tree, leaf, entry.on)
    if before is None:
        return _take_back(tx, chat_id, entry, now)
    tx.entries.void([entry.id], now)
    tx.entries.restore_replaced_by(entry.id)
    period = before.touched[0].period
    after = tx.entries.of_leaf(leaf.id, period.start, period.end)
    rolled = _roll_up(tx, tree, leaf, entry.on, before, after)
    if rolled.cells or rolled.runs:
        tx.cache.write(rolled.cells, rolled.runs)
    return _done(tx, tree, leaf, entry.on, today, before, rolled, entry, Outcome.UNDONE)


@dataclass(frozen=True, slots=True)
class _Before:
    """What a change of a leaf on a date starts from: the nodes that it touches and those above, as they are stored."""

    touched: list[Touch]
    above: list[Touch]
    entries: Sequence[Entry]
    cells: Mapping[int, Cell]
    sums: Mapping[int, tuple[int, int]]
    run: Run
    others: Crowd | None = None
    """What the leaves of all others bring, where this is one member's."""


@dataclass(frozen=True, slots=True)
class _Rolled:
    """What comes of a change, and the rows of it that are to be written."""

    changes: list[Change]
    run: Run
    cells: list[tuple[int, date, Cell]]
    runs: Mapping[int, Run]


def _before(tx: Transaction, vision: VisionPath, tree: Tree, leaf: Node, on: date) -> _Before | None:
    """Locks the vision and reads what a change starts from; None if the tree was changed before it was locked, which
    cannot happen again."""
    touched = touches(tree, leaf, on)
    above = _untouched_above(tree, leaf, on, touched)
    wanted = [(touch.node.id, touch.period.start) for touch in (*touched, *above)]
    summed = spans(tree, touched)
    if not tx.trees.lock(vision):
        return None
    read = tx.check_offs.read(leaf.id, touched[0].period, wanted, summed)
    others = None
    if leaf.parent_id is not None and tree.nodes[leaf.parent_id].each is not None:
        others = tx.cache.crowd(leaf.parent_id, touched[0].period.start, leaf.id)
    return _Before(touched, above, *read, others)


def _roll_up(tx: Transaction, tree: Tree, leaf: Node, on: date, before: _Before, after: Sequence[Entry]) -> _Rolled:
    """Rolls a leaf's changed entries of one period up to the vision."""
    changes = _changes(tree, leaf, on, before, after)
    run = _run(tx, tree, leaf, before.run, changes[0])
    cells = [(change.node.id, change.period.start, change.after) for change in changes if change.before != change.after]
    return _Rolled(changes, run, cells, {leaf.id: run} if run != before.run else {})


def _changes(tree: Tree, leaf: Node, on: date, before: _Before, after: Sequence[Entry]) -> list[Change]:
    measure = tree.measure(leaf)
    delta = contribution(measure, (e for e in after if e.on == on)) - contribution(
        measure, (e for e in before.entries if e.on == on)
    )
    new = leaf_cell(tree, leaf, before.touched[0].period, after)
    return roll_up(tree, before.touched, new, delta, before.cells, before.sums, before.others)


def _repeated(tx: Transaction, tree: Tree, leaf: Node, today: date, before: _Before, entry: Entry) -> CheckOff:
    """What an entry that is there did: the way from how all would stand without it to how it stands."""
    others = [*(kept for kept in before.entries if kept.id != entry.id), *tx.entries.replaced_by(entry.id)]
    others.sort(key=lambda kept: (kept.on, kept.id))
    away = _changes(tree, leaf, entry.on, before, others)
    did = [Change(change.node, change.period, change.after, change.before) for change in away]
    shown = [*did, *_as_stored(tree, before.above, before.cells)]
    run = _until(tx, tree, leaf, before.run, today)
    return _check_off(Outcome.REPEATED, tree, leaf, entry.on, today, entry, shown, run, before.others)


def _done(
    tx: Transaction,
    tree: Tree,
    leaf: Node,
    on: date,
    today: date,
    before: _Before,
    rolled: _Rolled,
    entry: Entry,
    outcome: Outcome,
) -> CheckOff:
    changes = [*rolled.changes, *_as_stored(tree, before.above, before.cells)]
    run = _until(tx, tree, leaf, rolled.run, today)
    return _check_off(outcome, tree, leaf, on, today, entry, changes, run, before.others)


def _run(tx: Transaction, tree: Tree, leaf: Node, run: Run, change: Change) -> Run:
    old, new, start = change.before, change.after, change.period.start
    if (old.done, old.excused) == (new.done, new.excused):
        return run
    if run.through is None or start > run.through:
        return extend(tree, leaf, run, start, new)
    # In hindsight: any run may have grown, joined or broken.
    return run_of(tree, leaf, {**tx.cache.leaf_cells(leaf.id), start: new})


def _untouched(
    tx: Transaction,
    tree: Tree,
    leaf: Node,
    on: date,
    today: date,
    before: _Before,
    entry: Entry | None,
    outcome: Outcome,
) -> CheckOff:
    shown = _as_stored(tree, [*before.touched, *before.above], before.cells)
    run = _until(tx, tree, leaf, before.run, today)
    return _check_off(outcome, tree, leaf, on, today, entry, shown, run, before.others)


def _until(tx: Transaction, tree: Tree, leaf: Node, run: Run, today: date) -> Run:
    """The run as of today: an imported document may hold days that still lie ahead."""
    if run.through is None or run.through <= today:
        return run
    return run_of(tree, leaf, {on: cell for on, cell in tx.cache.leaf_cells(leaf.id).items() if on <= today})


def _untouched_above(tree: Tree, leaf: Node, on: date, touched: Sequence[Touch]) -> list[Touch]:
    """The ancestors that the change does not reach (a child of weight 0, a week outside the vision's range): they are
    shown all the same, each in its period that holds the date."""
    return [Touch(node, tree.period_of(node, on)) for node in tree.ancestors(leaf)[len(touched) - 1 :]]


def _as_stored(tree: Tree, shown: Sequence[Touch], cells: Mapping[int, Cell]) -> list[Change]:
    found = []
    for touch in shown:
        cell = cells.get(touch.node.id, Cell(counts=tree.counts(touch.node, touch.period)))
        found.append(Change(touch.node, touch.period, cell, cell))
    return found


def _check_off(
    outcome: Outcome,
    tree: Tree,
    leaf: Node,
    on: date,
    today: date,
    entry: Entry | None,
    changes: Sequence[Change],
    run: Run,
    others: Crowd | None,
) -> CheckOff:
    steps = []
    for change in changes:
        seen = today if today in change.period else on if on in change.period else change.period.end
        standing = Standing(
            change.node,
            change.period,
            change.after.value,
            change.after.progress,
            status_of(tree, change.node, change.after, seen),
            _target(tree, change, changes[0].after, others),
            streak_on(tree, leaf, run, today) if change.node is leaf else None,
        )
        steps.append(Step(change.before.progress, standing, change.before != change.after))
    return CheckOff(outcome, tree, leaf, on, today, entry, tuple(steps))


def _target(tree: Tree, change: Change, leaf: Cell, others: Crowd | None) -> Decimal | None:
    if change.node.each is None:
        return change.node.target_for(change.period.end)
    excused = (others or Crowd()).with_(leaf).excused
    return each_target(tree, change.node, change.period, tree.present(change.node, change.period) - excused)
