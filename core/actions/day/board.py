"""A group's board on a day."""

from __future__ import annotations

from datetime import date, datetime

from core.actions.access import enter
from core.actions.day.circle import Circle, circle_of
from core.actions.read import on_snapshot
from core.asking.reminders import LIVES, MessageKind, NewMessage
from core.goals.model import Level
from core.goals.periods import Period, period_of
from core.group.board import BoardRow, board_of, spans_of
from core.group.brought import Brought, brought_to, shared_leaves
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction
from core.records import record


@record
class Board:
    """A group on a day, and its members' rows: ranked by their week, unless the group wants no ranking. `brought` is
    what they contributed to shared goals, from the week's first day to this one."""

    circle: Circle
    rows: tuple[BoardRow, ...]
    brought: tuple[Brought, ...] = ()


async def read_board(store: Store, actor: Actor, on: date) -> Board:
    """The board of the actor's group on a day. Raises `NotFound` and `Refused`."""
    return await on_snapshot(store, lambda tx: board_in(tx, enter(tx, actor, Act.SEE).owner.chat_id, on))


async def keep_board(store: Store, actor: Actor, shown: Board, message_id: int, now: datetime) -> None:
    """Records that a board was posted in the actor's group, under Telegram's `message_id`. It is kept up to date from
    now on, in place of the previous board. Raises `NotFound` and `Refused`."""
    on = shown.circle.round.on

    def work(tx: Transaction) -> int:
        owner = enter(tx, actor, Act.SEE).owner
        key = f"{MessageKind.BOARD.value}:{owner.id}:{message_id}"
        posted = NewMessage(key, MessageKind.BOARD, owner.id, owner.chat_id, on, now, now + LIVES)
        return tx.living.keep_one(posted, message_id, now)

    outbox_id = await store.write(work)
    now_there = await read_board(store, actor, on)
    if (now_there.rows, now_there.brought) != (
        shown.rows,
        shown.brought,
    ):  # it changed while the message was on its way
        await store.write(lambda tx: tx.living.change_one(outbox_id))


def board_in(tx: Transaction, chat_id: int, on: date) -> Board:
    """The same within a transaction. Raises `NotFound` and `CacheStale`."""
    circle = circle_of(tx, chat_id, on)
    spans = spans_of(circle.readings)
    sums = tx.cache.sums(spans) if spans else {}
    rows = board_of(circle.readings, circle.round, sums, ordered=circle.owner.board_ordered)
    return Board(circle, tuple(rows), _brought(tx, circle))


def _brought(tx: Transaction, circle: Circle) -> tuple[Brought, ...]:
    trees, on = [reading.tree for reading in circle.readings], circle.round.on
    leaves = [leaf.id for tree in trees for leaf in shared_leaves(tree)]
    if not leaves:
        return ()
    week = Period(period_of(Level.WEEKLY, on, circle.owner.week_start).start, on)
    members = [part.member for part in circle.round.members]
    return brought_to(trees, members, tx.entries.of_leaves(leaves, week.start, week.end), week)
