"""When a reminder really asks next: on one of its days on which something is due, or never."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from core.actions.cache import tree_of
from core.asking.reminders import MessageKind, Reminder
from core.asking.schedule import dues_from
from core.asking.worth import may_be_asked
from core.goals.model import Node, Owner, OwnerType
from core.goals.tree import Tree
from core.ports.store import Transaction

LOOK_AHEAD = timedelta(days=400)
"""A schedule without a due day in this time has none: every schedule repeats within a year."""


def promised(tx: Transaction, owner: Owner, reminders: Sequence[Reminder], now: datetime) -> list[Reminder]:
    """The reminders with `next_due` as a person may be told: the scheduler also wakes on days without anything to ask,
    and then sends nothing. A check-in that never finds anything has None."""
    if owner.type is not OwnerType.PRIVATE or not any(_asks(reminder) for reminder in reminders):
        return list(reminders)
    trees = [tree_of(vision) for vision in tx.trees.visions_of(owner.id)]
    asked_elsewhere = not trees or bool(tx.members.of_user(owner.chat_id))
    return [
        reminder
        if not _asks(reminder) or (reminder.node_id is None and asked_elsewhere)
        else replace(reminder, next_due=_first_with_something(reminder, owner, trees, now))
        for reminder in reminders
    ]


def _asks(reminder: Reminder) -> bool:
    return reminder.kind is MessageKind.CHECK_IN and reminder.next_due is not None


def _first_with_something(reminder: Reminder, owner: Owner, trees: Iterable[Tree], now: datetime) -> datetime | None:
    """The first time from `next_due` on at which one of the reminder's leaves is due; `now` if that is overdue."""
    first = reminder.next_due or now
    leaves = [(tree, leaf) for tree in trees for leaf in _asked_leaves(tree, reminder.node_id)]
    zone = ZoneInfo(owner.timezone)
    coming = dues_from(reminder.schedule, owner, first.astimezone(zone).date() - timedelta(days=3))
    for due in takewhile(lambda due: due.at <= now + LOOK_AHEAD, coming):
        if due.at >= first and any(
            _is_due(tree, leaf, due.on) and (reminder.node_id is not None or may_be_asked(tree, leaf, due.on))
            for tree, leaf in leaves
        ):
            return due.at
    return None


def _asked_leaves(tree: Tree, node_id: int | None) -> list[Node]:
    if node_id is None:
        return tree.leaves()
    return tree.leaves(tree.nodes[node_id]) if node_id in tree.nodes else []


def _is_due(tree: Tree, leaf: Node, on: date) -> bool:
    return tree.is_open(leaf, on) and tree.is_due(leaf, tree.period_of(leaf, on))
