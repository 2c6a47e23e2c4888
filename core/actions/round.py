"""Loading what a group's round and its board are made of, in a few statements however many members there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.actions.read import read_trees
from core.board import Row, board_of, spans_of
from core.errors import NotFound
from core.model import Entry, Owner
from core.ports.store import Store, Transaction
from core.reading import Reading
from core.round import LOOK_BACK, Round, daily_each, round_of, streak_of


@dataclass(frozen=True, slots=True)
class Circle:
    """A group on a day, and how its members do."""

    owner: Owner
    readings: tuple[Reading, ...]
    round: Round
    entries: Mapping[int, Sequence[Entry]]
    """Those of the day, by leaf."""


async def read_round(store: Store, chat_id: int, on: date) -> Circle:
    """A group's round on a day. Raises `NotFound`."""
    readings = await read_trees(store, chat_id, on)
    return await store.read(lambda tx: _round(tx, chat_id, readings, on))


def _round(tx: Transaction, chat_id: int, readings: Sequence[Reading], on: date) -> Circle:
    owner = tx.owners.by_chat(chat_id)
    if owner is None:
        raise NotFound(f"There is no chat {chat_id} here.")
    trees = [reading.tree for reading in readings]
    leaves = [leaf.id for tree in trees for leaf in tree.leaves() if on in tree.active(leaf)]
    watched = [node.id for _, node in daily_each(trees)]
    days = tx.cache.done_by_day(watched, on - LOOK_BACK, on) if watched else {}
    entries = tx.entries.of_leaves(leaves, on, on) if leaves else {}
    found = round_of(
        readings,
        tx.members.of_owner(owner.id),
        tx.absences.of_owner(owner.id, on, on),
        entries,
        streak_of(trees, days, on),
        on,
    )
    return Circle(owner, tuple(readings), found, entries)


async def read_board(store: Store, chat_id: int, on: date) -> tuple[Circle, list[Row]]:
    """A group on a day, and its members' rows: in order of their week, unless the group wants none."""
    circle = await read_round(store, chat_id, on)
    spans = spans_of(circle.readings)
    sums = await store.read(lambda tx: tx.cache.sums(spans)) if spans else {}
    return circle, board_of(circle.readings, circle.round, sums, ordered=circle.owner.board_ordered)
