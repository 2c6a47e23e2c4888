"""The events of a person's calendar: when they are reminded, and when goals are due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from core.actions.access import enter
from core.actions.cache import tree_of
from core.actions.read import today_of
from core.asking.reminders import MessageKind
from core.asking.schedule import Due, Schedule, next_due
from core.goals.model import Kind, Node, Owner
from core.goals.tree import Tree
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction
from core.records import record


@record
class Reminded:
    """A reminder and when it is due next; `title` is the goal that it is about, if it is about one."""

    id: int
    kind: MessageKind
    schedule: Schedule
    next: Due
    title: str | None


@record
class Deadline:
    """A goal that ends for good, and its last day."""

    node: Node
    path: str
    on: date


@record
class Agenda:
    """All that lies ahead of an owner, seen on their `today`."""

    owner: Owner
    today: date
    reminders: tuple[Reminded, ...]
    deadlines: tuple[Deadline, ...]


async def read_calendar(store: Store, actor: Actor, now: datetime) -> Agenda:
    """The reminders of the actor's chat that are on, and its goals that are due today or later. Raises `NotFound` and
    `Refused`."""

    def work(tx: Transaction) -> Agenda:
        owner = enter(tx, actor, Act.SEE).owner
        today = today_of(owner, now)
        trees = [tree_of(vision) for vision in tx.trees.visions_of(owner.id)]
        return Agenda(owner, today, tuple(_reminded(tx, owner, trees, now)), tuple(_deadlines(trees, today)))

    return await store.read(work)


def _reminded(tx: Transaction, owner: Owner, trees: Sequence[Tree], now: datetime) -> list[Reminded]:
    titles = {node.id: node.title for tree in trees for node in tree.nodes.values()}
    reminders = []
    for one in tx.reminders.of_owner(owner.id):
        due = None if one.paused else next_due(one.schedule, owner, now)
        if due is not None:
            title = None if one.node_id is None else titles.get(one.node_id)
            reminders.append(Reminded(one.id, one.kind, one.schedule, due, title))
    return reminders


def _deadlines(trees: Sequence[Tree], today: date) -> list[Deadline]:
    """The goals that are planned for one time, and visions that end; what was ended by hand is due no more."""
    due = []
    for tree in trees:
        for _, node in tree.walk():
            last = _last_day(tree, node)
            if last is not None and last >= today and not node.let_go and not tree.vision.let_go:
                above = " / ".join(reversed([one.title for one in tree.ancestors(node)]))
                due.append(Deadline(node, above, last))
    return due


def _last_day(tree: Tree, node: Node) -> date | None:
    if node.kind is Kind.KPI or (node.kind is Kind.VISION and node.ends_on is None):
        return None
    return tree.active(node).end
