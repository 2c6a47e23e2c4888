"""The result of an edit, for the reply."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from core.goals.model import Kind, Node, Pause, Strategy
from core.goals.periods import Period
from core.goals.progress import expected
from core.goals.tree import Tree
from core.records import record


class EditOutcome(Enum):
    """The outcome of an edit. UNCHANGED: everything was so already. REPEATED: this message was carried out before;
    nothing is written, and the result is that of the first time."""

    DONE = "done"
    UNCHANGED = "unchanged"
    REPEATED = "repeated"


@record
class Expectation:
    """The expected value of a goal in one of its periods, before and now; None where there is no target."""

    node: Node
    period: Period
    before: Decimal | None
    now: Decimal | None


@record
class Edited:
    """An edit of one goal: its tree before and after. `since` is the first day on which something else is asked; None
    for changes without a date, such as a name. `is_gone`: the whole tree was deleted, and `tree` is the old one."""

    outcome: EditOutcome
    was: Tree
    tree: Tree
    node_id: int
    today: date
    since: date | None = None
    is_gone: bool = False

    @property
    def before(self) -> Node | None:
        """The goal before; None if it was added."""
        return self.was.nodes.get(self.node_id)

    @property
    def node(self) -> Node | None:
        """The goal now; None if it is gone."""
        return None if self.is_gone else self.tree.nodes.get(self.node_id)

    @property
    def expectations(self) -> list[Expectation]:
        """The goals whose expected value has changed, in their period that holds the first changed day, or today if
        that has passed."""
        return expectations(self.was, self.tree, max(self.since or self.today, self.today))


@record
class Paused:
    """Days off that were added or ended: the pauses that the edit touched and their trees, each before and after.
    `node` is the goal that was named; None for everything. `running` are other goals' pauses that are under way or lie
    ahead."""

    outcome: EditOutcome
    node: Node | None
    before: tuple[Pause, ...]
    after: tuple[Pause, ...]
    trees: tuple[tuple[Tree, Tree], ...]
    today: date
    running: tuple[Pause, ...] = ()

    @property
    def expectations(self) -> list[Expectation]:
        """The goals whose expected value has changed, in their period that holds the first paused day, or today if that
        has passed."""
        first = min((pause.first for pause in (*self.before, *self.after)), default=self.today)
        return [
            expectation for was, tree in self.trees for expectation in expectations(was, tree, max(first, self.today))
        ]

    @property
    def goes_on(self) -> Node | None:
        """The highest sum above the paused goal to which nothing else adds: it still expects as much as before."""
        tree = next((tree for _, tree in self.trees if self.node and self.node.id in tree.nodes), None)
        if tree is None or self.node is None:
            return None
        own = {leaf.id for leaf in tree.leaves(self.node)}
        sums = [above for above in tree.ancestors(self.node) if _is_sum_of(tree, above, own)]
        return sums[-1] if sums else None


def _is_sum_of(tree: Tree, node: Node, leaf_ids: set[int]) -> bool:
    """Whether a goal is a sum to which only these leaves add."""
    if node.kind is Kind.VISION or tree.strategy(node) is not Strategy.SUM:
        return False
    return leaf_ids.issuperset(leaf.id for leaf in tree.leaves(node) if tree.adds(leaf, node))


def expectations(was: Tree, tree: Tree, on: date) -> list[Expectation]:
    """The goals of both trees whose expected value differs, in their period that holds a date."""
    changed = []
    for node in tree.goals():
        before = was.nodes.get(node.id)
        if before is None or not (tree.is_active(node, on) or was.is_active(before, on)):
            continue
        period = tree.period_of(node, on)
        pair = expected(was, before, period), expected(tree, node, period)
        if pair[0] != pair[1]:
            changed.append(Expectation(node, period, *pair))
    return changed
