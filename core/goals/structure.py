"""A vision with its nodes: parents and children, which nodes are logged, and which add to a sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from core.goals.model import Aggregate, Each, Kind, Level, Measure, Node, Strategy
from core.records import record

Dates = tuple[date | None, date | None]
"""A node's own dates: `starts_on` and `ends_on`."""

Presence = Mapping[Dates, int]
"""The number of leaves below an *each* node, by their own dates."""


@record
class Hidden:
    """Facts about nodes that were not loaded, when only a path of a tree was read.

    `presence` is that of *each* nodes. `has_yearly`: the tree has a yearly goal. `ticked` are the sums to which ticks
    add, because no number does.
    """

    presence: Mapping[int, Presence]
    has_yearly: bool
    ticked: frozenset[int]


class Structure:
    """One vision's nodes, linked. Immutable; children are in their given order."""

    def __init__(self, nodes: Iterable[Node], hidden: Hidden | None = None) -> None:
        self._hidden = hidden
        self._adding: dict[int, frozenset[int]] = {}
        self._ancestors: dict[int, list[Node]] = {}
        self.nodes: dict[int, Node] = {node.id: node for node in nodes}
        self._children: dict[int, list[Node]] = {}
        roots = []
        for node in self.nodes.values():
            if node.parent_id is None:
                roots.append(node)
            else:
                self._children.setdefault(node.parent_id, []).append(node)
        if len(roots) != 1:
            raise ValueError("a tree has exactly one root")
        for siblings in self._children.values():
            siblings.sort(key=lambda node: (node.position, node.id))
        self.vision = roots[0]

    def children(self, node: Node) -> list[Node]:
        """A node's children, in their order."""
        return self._children.get(node.id, [])

    def is_leaf(self, node: Node) -> bool:
        """Whether the node is logged itself. A vision without children is no leaf but a tree still to be planted, and
        an *each* node is none even before anyone has joined."""
        return node.id not in self._children and node.kind is not Kind.VISION and node.each is None

    def strategy(self, node: Node) -> Strategy:
        """How the parent follows from its children, by default average."""
        return node.strategy or Strategy.AVERAGE

    def measure(self, node: Node) -> Measure:
        """The measure of the leaf, by default a check."""
        return node.measure or Measure.CHECK

    def ancestors(self, node: Node) -> Sequence[Node]:
        """Parent, grandparent and so on up to the vision."""
        ancestors = self._ancestors.get(node.id)
        if ancestors is None:
            ancestors = []
            above = node
            while above.parent_id is not None:
                above = self.nodes[above.parent_id]
                ancestors.append(above)
            self._ancestors[node.id] = ancestors
        return ancestors

    def walk(self, node: Node | None = None) -> Iterator[tuple[int, Node]]:
        """(depth, node) from the given node (default the vision) down, each parent before its children."""
        stack = [(0, node or self.vision)]
        while stack:
            depth, node = stack.pop()
            yield depth, node
            stack.extend((depth + 1, child) for child in reversed(self.children(node)))

    @cached_property
    def bottom_up(self) -> list[Node]:
        """Every node, each after all of its children."""
        return [node for _, node in self.walk()][::-1]

    def goals(self, node: Node | None = None) -> Iterator[Node]:
        """The nodes from the given one (default the vision) down, each parent before its children, without members' own
        leaves."""
        stack = [node or self.vision]
        while stack:
            node = stack.pop()
            yield node
            if node.each is None:
                stack.extend(reversed(self.children(node)))

    def is_loggable(self, node: Node) -> bool:
        """Whether people log by this node's name: a leaf, or an *each* node, which stands for the leaves below it."""
        return node.each is not None or self.is_leaf(node)

    def leaves(self, node: Node | None = None) -> list[Node]:
        """The leaves at or below a node (default the vision)."""
        return [below for _, below in self.walk(node) if self.is_leaf(below)]

    def loggable(self, node: Node | None = None) -> list[Node]:
        """The loggable nodes at or below a node (default the vision): leaves, and *each* nodes in place of members' own
        leaves."""
        return [goal for goal in self.goals(node) if self.is_loggable(goal)]

    def called(self, node: Node) -> str:
        """The title that people use for a node; for a member's own leaf that of the *each* node above it."""
        above = None if node.parent_id is None else self.nodes.get(node.parent_id)
        return above.title if above is not None and above.each is not None else node.title

    def aggregate(self, leaf: Node) -> Aggregate:
        """How a leaf's value follows from its entries: by default their sum, or the last one for a leaf with a
        baseline."""
        return leaf.aggregate or (Aggregate.SUM if leaf.baseline is None else Aggregate.LAST)

    def can_be_tracked(self, node: Node) -> bool:
        """Whether the node is tracked while it has no target: only number leaves are."""
        return node.measure is Measure.NUMBER and node.each is None

    # What adds to a sum

    @cached_property
    def has_yearly(self) -> bool:
        """Whether a yearly goal is in the tree."""
        known = any(node.level is Level.YEARLY for node in self.nodes.values())
        return known or (self._hidden is not None and self._hidden.has_yearly)

    def adds_ticks(self, parent: Node) -> bool:
        """Whether the ticks below a sum add to it, because no number does."""
        if self._hidden is not None:
            return parent.id in self._hidden.ticked
        return not any(_measures(below, parent.unit) for _, below in self.walk(parent) if below is not parent)

    def adds(self, leaf: Node, parent: Node) -> bool:
        """Whether a leaf's entries add to a sum above it, weights aside."""
        if parent.each is not None:
            return True
        if self.measure(leaf) is Measure.NUMBER:
            return _measures(leaf, parent.unit)
        if parent.id not in self._adding:
            self._adding[parent.id] = frozenset([parent.id] if self.adds_ticks(parent) else ())
        return bool(self._adding[parent.id])

    def adds_on(self, leaf: Node, parent: Node, on: date) -> bool:
        """Whether a leaf's entries add to a sum above it, with the weights of a date."""
        return self.adds(leaf, parent) and self.weighs(leaf, parent, on)

    def weighs(self, leaf: Node, parent: Node, on: date) -> bool:
        """Whether all weights between a leaf and a node above it are above 0 on a date."""
        node = leaf
        while node is not parent:
            if node.weight_for(on) == 0 or node.parent_id is None:
                return False
            node = self.nodes[node.parent_id]
        return True


def _measures(node: Node, unit: str | None) -> bool:
    """Whether a node, or an *each* node's leaves, are numbers that add up in a unit."""
    each = node.each or Each(node.measure, node.aggregate)
    is_sum = each.aggregate is Aggregate.SUM or (each.aggregate is None and node.baseline is None)
    return each.measure is Measure.NUMBER and is_sum and (node.unit or "").casefold() == (unit or "").casefold()
