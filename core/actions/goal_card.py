"""A goal's card: how it stands, its last periods and entries, its days off, and what comes next, read on one
snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from core.actions.access import Access, enter
from core.actions.entries import latest_of, own_leaf
from core.actions.read import find_node, on_snapshot, trees_of
from core.actions.series import Point, points_of
from core.errors import NotFound
from core.goals.days import is_within
from core.goals.model import Entry, Level, Node, Owner, Pause
from core.goals.periods import Period
from core.goals.reading import Reading, Standing
from core.goals.tree import Tree
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction
from core.records import record

SHOWN_ENTRIES = 5
_PERIODS = {Level.DAILY: 14, Level.WEEKLY: 12, Level.MONTHLY: 12, Level.QUARTERLY: 8, Level.YEARLY: 5}
_LONGEST = {Level.DAILY: 1, Level.WEEKLY: 7, Level.MONTHLY: 31, Level.QUARTERLY: 92, Level.YEARLY: 366}
"""Days of a period, at most."""


@record
class GoalCard:
    """A goal on a day, in its tree.

    `entries` are the latest of a leaf, newest first (for an *each* goal the actor's own), without notes that the reader
    may not see. `points` are its last periods, oldest first; empty for a goal with a single period. `next_on` is the
    first day of the next counting period. `pauses` are those of the goal, of a goal above, or of everything that are
    not over. `moves` says whether it could move up, and down, among its siblings.
    """

    owner: Owner
    reading: Reading
    node: Node
    standing: Standing
    entries: tuple[Entry, ...]
    points: tuple[Point, ...]
    next_on: date | None
    pauses: tuple[Pause, ...]

    @property
    def tree(self) -> Tree:
        return self.reading.tree

    @property
    def today(self) -> date:
        return self.reading.on

    @property
    def has_ended(self) -> bool:
        """Whether its last day has passed, or it was ended by hand."""
        return self.node.let_go or self.tree.active(self.node).end < self.today or not self.node.terms[-1].active

    @property
    def siblings(self) -> Sequence[Node]:
        """The goals below the same parent, this one included, in order."""
        return self.tree.children(self.tree.nodes[self.node.parent_id]) if self.node.parent_id else [self.node]

    @property
    def pause(self) -> Pause | None:
        """The pause that is under way."""
        return next((one for one in self.pauses if one.first <= self.today <= one.last), None)


async def read_goal_card(store: Store, actor: Actor, node_id: int, on: date) -> GoalCard:
    """The card of a goal of the actor's chat on a day (its today). Raises `NotFound` and `Refused`."""

    def work(tx: Transaction) -> GoalCard:
        access = enter(tx, actor, Act.SEE)
        reading, node = find_node(trees_of(tx, access.owner.chat_id, on), node_id)
        if node.member_id is not None:
            raise NotFound("goal_gone")
        return _card(tx, access, reading, node)

    return await on_snapshot(store, work)


def _card(tx: Transaction, access: Access, reading: Reading, node: Node) -> GoalCard:
    tree, on = reading.tree, reading.on
    leaf_id = own_leaf(tree, access, node)
    branch = {None, node.id, *(above.id for above in tree.ancestors(node))}
    ahead = [one for one in tree.pauses if one.node_id in branch and one.last >= on]
    pauses = [one for one in ahead if not any(is_within(one, other) for other in ahead)]
    return GoalCard(
        access.owner,
        reading,
        node,
        reading.standing(node),
        latest_of(tx, access, leaf_id, on, SHOWN_ENTRIES) if leaf_id is not None else (),
        _points(tx, tree, node, on),
        tree.next_due(node, on),
        tuple(sorted(pauses, key=lambda one: one.first)),
    )


def _points(tx: Transaction, tree: Tree, node: Node, on: date) -> tuple[Point, ...]:
    """The last periods, the current one among them."""
    count = _PERIODS.get(node.level)
    if count is None:
        return ()
    first = on - timedelta(days=_LONGEST[node.level] * (count - 1))
    return points_of(tx, tree, node, Period(max(first, date.min), on))[-count:]
