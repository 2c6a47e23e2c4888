"""A group's board on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.actions.access import enter
from core.actions.day.circle import Circle, circle_of
from core.actions.read import on_snapshot
from core.board import Row, board_of, spans_of
from core.permissions import Act, Actor
from core.ports.store import Store, Transaction


@dataclass(frozen=True, slots=True)
class Board:
    """A group on a day, and its members' rows: in order of their week, unless the group wants none."""

    circle: Circle
    rows: tuple[Row, ...]


async def read_board(store: Store, actor: Actor, on: date) -> Board:
    """The board of the actor's group on a day. Raises `NotFound` and `Refused`."""
    return await on_snapshot(store, lambda tx: board_in(tx, enter(tx, actor, Act.SEE).owner.chat_id, on))


def board_in(tx: Transaction, chat_id: int, on: date) -> Board:
    """The same within a transaction. Raises `NotFound` and `CacheStale`."""
    circle = circle_of(tx, chat_id, on)
    spans = spans_of(circle.readings)
    sums = tx.cache.sums(spans) if spans else {}
    return Board(circle, tuple(board_of(circle.readings, circle.round, sums, ordered=circle.owner.board_ordered)))
