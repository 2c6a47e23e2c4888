"""What a chat's day shows: its leaves as they stand and, in a private chat, what the person's groups ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.actions.day.circle import logged_on, own_leaves_alike, together
from core.actions.day.items import Item, item_of, items_of, own_item
from core.actions.day.mine import sections_of
from core.actions.read import on_snapshot, owner_in, today_of, trees_of
from core.asking import day_target, offers
from core.errors import DateRefused, NotALeaf, NotFound, Refused
from core.mine import Section
from core.model import Measure, Node, Owner, OwnerType
from core.ports.store import Store, Transaction
from core.progress import contribution
from core.reading import Reading


@dataclass(frozen=True, slots=True)
class Day:
    """The leaves of a day. `is_planted`: the chat has goals at all; `sections`: what the person's groups ask of them on
    their own today."""

    on: date
    today: date
    items: tuple[Item, ...]
    is_planted: bool = True
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Amounts:
    """A number leaf on a day: what the day has so far, and the totals that it may be set to with one tap."""

    item: Item
    on: date
    so_far: Decimal
    offers: tuple[Decimal, ...]


async def read_day(store: Store, chat_id: int, on: date, now: datetime, user_id: int | None = None) -> Day:
    """A chat's day; in a private chat with what the groups of `user_id` ask, if that is given. Raises `NotFound`."""

    def work(tx: Transaction) -> Day:
        owner, readings = owner_in(tx, chat_id), trees_of(tx, chat_id, on)
        is_asked = user_id is not None and owner.type is OwnerType.PRIVATE
        sections = sections_of(tx, user_id, now) if is_asked and user_id is not None else ()
        return Day(on, today_of(owner, now), tuple(items_of(readings)), bool(readings), tuple(sections))

    return await on_snapshot(store, work)


async def read_item(store: Store, chat_id: int, node_id: int, on: date, now: datetime) -> Item:
    """One leaf on a day. Raises `NotFound`, `NotALeaf`, and `DateRefused` for a day ahead of the owner's today."""

    def work(tx: Transaction) -> Item:
        if on > (today := today_of(owner_in(tx, chat_id), now)):
            raise DateRefused("day_ahead", on=on, limit=today)
        return leaf_of(trees_of(tx, chat_id, on), node_id)

    return await on_snapshot(store, work)


def leaf_of(readings: Iterable[Reading], node_id: int) -> Item:
    """A leaf of these trees. Raises `NotFound` and `NotALeaf`."""
    reading, node = _find(readings, node_id)
    if node.each is None and not reading.tree.is_leaf(node):
        raise NotALeaf("not_a_leaf", title=node.title, leaves=[leaf.id for leaf in reading.tree.loggable(node)])
    return item_of([reading], node.id)


async def read_amounts(store: Store, chat_id: int, node_id: int, on: date, user_id: int | None) -> Amounts:
    """What a number leaf may be set to on a day; of what each member does, the user's own leaf.

    Raises `NotFound`, and `Refused` for a user who is no member of the group.
    """

    def work(tx: Transaction) -> Amounts:
        reading, node = _find(trees_of(tx, chat_id, on), node_id)
        own = node if node.each is None else _own_leaf(tx, owner_in(tx, chat_id), reading, node, user_id)
        leaves = {*own_leaves_alike(reading, node), own.id}
        logged = logged_on(tx, leaves, on)
        so_far = contribution(Measure.NUMBER, (entry for entry in logged.get(own.id, ()) if entry.on == on))
        item = own_item([reading], own)
        return Amounts(
            item, on, so_far, offers(together(logged, leaves), on, day_target(item.standing, so_far), so_far)
        )

    return await on_snapshot(store, work)


def _own_leaf(tx: Transaction, owner: Owner, reading: Reading, each: Node, user_id: int | None) -> Node:
    if user_id is None:
        raise Refused("anonymous")
    member = tx.members.by_user(owner.id, user_id)
    if member is None or not member.present:
        raise Refused("join_first")
    own = [leaf for leaf in reading.tree.children(each) if leaf.member_id == member.id]
    if not own:
        raise NotFound("goal_gone")
    return max(own, key=lambda leaf: (reading.on in reading.tree.active(leaf), leaf.starts_on or date.min))


def _find(readings: Iterable[Reading], node_id: int) -> tuple[Reading, Node]:
    for reading in readings:
        if node := reading.tree.nodes.get(node_id):
            return reading, node
    raise NotFound("goal_gone")
