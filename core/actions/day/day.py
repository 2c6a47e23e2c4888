"""A chat's day: its leaves as they stand and, in a private chat, the tasks from the person's groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from core.actions.access import Access, enter
from core.actions.day.circle import leaves_for_amounts, logged_on, merged_entries
from core.actions.day.items import Item, item_of, items_of, own_item
from core.actions.day.mine import sections_of
from core.actions.read import find_node, on_snapshot, today_of, trees_of
from core.asking.amounts import offers_for
from core.errors import DateRefused, NotALeaf, NotFound
from core.goals.model import Entry, Measure, Node, OwnerType
from core.goals.progress import contribution
from core.goals.reading import Reading
from core.group.mine import GroupSection
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction
from core.records import record


@record
class Day:
    """The leaves of a day. `is_planted`: the chat has goals at all; `sections`: the tasks from the person's groups, on
    each group's today."""

    on: date
    today: date
    items: tuple[Item, ...]
    is_planted: bool = True
    sections: tuple[GroupSection, ...] = ()


@record
class Amounts:
    """A number leaf on a day: its total so far, and the totals that one tap may set."""

    item: Item
    on: date
    so_far: Decimal
    offers: tuple[Decimal, ...]


async def read_day(store: Store, actor: Actor, on: date, now: datetime, *, with_groups: bool = False) -> Day:
    """The day of the actor's chat; in a private chat `with_groups` adds the tasks from the person's groups. Raises
    `NotFound` and `Refused`."""

    def work(tx: Transaction) -> Day:
        owner = enter(tx, actor, Act.SEE).owner
        readings = trees_of(tx, owner.chat_id, on)
        is_asked = with_groups and owner.type is OwnerType.PRIVATE
        sections = sections_of(tx, owner.chat_id, now) if is_asked else ()
        return Day(on, today_of(owner, now), tuple(items_of(readings)), bool(readings), tuple(sections))

    return await on_snapshot(store, work)


@record
class DayLeaf:
    """A leaf of the day as one person logs it. `own` is the leaf itself or, for an *each* goal, the person's own leaf
    (None if they have none). `so_far` is the day's total (None: nothing was logged), `offers` are the totals that one
    tap may set."""

    item: Item
    own: Item | None
    so_far: Decimal | None
    offers: tuple[Decimal, ...]


async def read_leaves(store: Store, actor: Actor, on: date, now: datetime) -> tuple[Day, list[DayLeaf]]:
    """The day of the actor's chat, and each of its leaves as they log it. Raises `NotFound` and `Refused`."""

    def work(tx: Transaction) -> tuple[Day, list[DayLeaf]]:
        access = enter(tx, actor, Act.SEE)
        readings = trees_of(tx, access.owner.chat_id, on)
        items = items_of(readings)
        own = {item.id: _own_item(access, readings, item) for item in items}
        logged = logged_on(tx, {one.id for one in own.values() if one is not None}, on) if items else {}
        leaves = [_day_leaf(item, own[item.id], logged, on) for item in items]
        return Day(on, today_of(access.owner, now), tuple(items), bool(readings)), leaves

    return await on_snapshot(store, work)


def _own_item(access: Access, readings: Sequence[Reading], item: Item) -> Item | None:
    if item.people is None:
        return item
    reading, node = find_node(readings, item.id)
    own = None if access.member is None else _newest_own(reading, node, access.member.id)
    return None if own is None else item_of([reading], own.id)


def _day_leaf(item: Item, own: Item | None, logged: Mapping[int, Sequence[Entry]], on: date) -> DayLeaf:
    entries = logged.get(own.id, ()) if own else ()
    day = [entry for entry in entries if entry.on == on]
    so_far = contribution(Measure.CHECK if item.is_check else Measure.NUMBER, day) if day else None
    if own is None or item.is_check:
        return DayLeaf(item, own, so_far, ())
    return DayLeaf(item, own, so_far, offers_for(own.standing, entries, on, so_far or Decimal(0)))


async def read_item(store: Store, actor: Actor, node_id: int, on: date, now: datetime) -> Item:
    """One leaf on a day. Raises `NotFound`, `Refused`, `NotALeaf`, and `DateRefused` for a day ahead of today."""

    def work(tx: Transaction) -> Item:
        owner = enter(tx, actor, Act.SEE).owner
        if on > (today := today_of(owner, now)):
            raise DateRefused("day_ahead", on=on, limit=today)
        return leaf_of(trees_of(tx, owner.chat_id, on), node_id)

    return await on_snapshot(store, work)


def leaf_of(readings: Iterable[Reading], node_id: int) -> Item:
    """A leaf of these trees, by id. Raises `NotFound` and `NotALeaf`."""
    reading, node = find_node(readings, node_id)
    if node.each is None and not reading.tree.is_leaf(node):
        raise NotALeaf("not_a_leaf", title=node.title, leaves=[leaf.id for leaf in reading.tree.loggable(node)])
    return item_of([reading], node.id)


async def read_amounts(store: Store, actor: Actor, node_id: int, on: date) -> Amounts:
    """The totals that one tap may set a number leaf to on a day; for an *each* goal, the actor's own leaf.

    Raises `NotFound`, and `Refused` for the leaf of an *each* node if the actor is no member.
    """

    def work(tx: Transaction) -> Amounts:
        access = enter(tx, actor, Act.SEE)
        reading, node = find_node(trees_of(tx, access.owner.chat_id, on), node_id)
        own = node if node.each is None else _own_leaf(access, reading, node)
        leaves = {*leaves_for_amounts(reading, node), own.id}
        logged = logged_on(tx, leaves, on)
        so_far = contribution(Measure.NUMBER, (entry for entry in logged.get(own.id, ()) if entry.on == on))
        item = own_item([reading], own)
        return Amounts(item, on, so_far, offers_for(item.standing, merged_entries(logged, leaves), on, so_far))

    return await on_snapshot(store, work)


def _own_leaf(access: Access, reading: Reading, each: Node) -> Node:
    access.check(Act.LOG)
    member = access.require_member()
    own = _newest_own(reading, each, member.id)
    if own is None:
        raise NotFound("goal_gone")
    return own


def _newest_own(reading: Reading, each: Node, member_id: int) -> Node | None:
    own = [leaf for leaf in reading.tree.children(each) if leaf.member_id == member_id]
    by_newest = sorted(own, key=lambda leaf: (reading.on in reading.tree.active(leaf), leaf.starts_on or date.min))
    return by_newest[-1] if by_newest else None
