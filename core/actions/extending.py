"""Extending a vision by a plan: changed goals, and new ones below them."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from core.actions.growing import new_nodes
from core.goals.model import Node
from core.goals.tree import Tree
from core.planning.merging import as_written, from_today, merged_with
from core.planning.plan import PlanNode, with_own_periods
from core.planning.titles import same_title
from core.ports.store import Transaction
from core.records import record


class PlanReading(Protocol):
    """How a plan is applied to existing goals."""

    def dated(self, plan: PlanNode) -> PlanNode:
        """The plan with the dates that its new goals get."""

    def new(self, plan: PlanNode) -> PlanNode:
        """A new part of the plan, which is already `dated`."""

    def merged(self, node: Node, wanted: PlanNode) -> Node:
        """A goal with what the plan says of it. Raises `InvalidPlan`."""

    def match(self, node: Node, child: PlanNode) -> Node | None:
        """The existing goal that a plan's child of `node` means; None for a new one."""


class DocumentReading:
    """The reading of a document: it says everything about the goals that it names, by their keys."""

    def __init__(self, tree: Tree, members: Mapping[int, int]) -> None:
        self._members = members
        self._by_key = {node.key: node for node in tree.nodes.values()}

    def dated(self, plan: PlanNode) -> PlanNode:
        """See `PlanReading`."""
        return plan

    def new(self, plan: PlanNode) -> PlanNode:
        """See `PlanReading`."""
        return plan

    def merged(self, node: Node, wanted: PlanNode) -> Node:
        """See `PlanReading`."""
        return as_written(node, wanted, self._members)

    def match(self, node: Node, child: PlanNode) -> Node | None:
        """See `PlanReading`."""
        return self._by_key.get(child.key or "")


@record
class OutlineReading:
    """The reading of an outline: it names goals by the path of their titles, and what it leaves out stays. `logged` are
    the goals that are logged today."""

    tree: Tree
    today: date
    logged: Set[int]

    def dated(self, plan: PlanNode) -> PlanNode:
        """See `PlanReading`. A one-off target without dates gets its period when it is new; one that is there keeps its
        own."""
        return with_own_periods(plan, self.today, self.tree.week_start, self.tree.active(self.tree.vision))

    def new(self, plan: PlanNode) -> PlanNode:
        """See `PlanReading`."""
        return from_today(plan, self.tree, self.today)

    def merged(self, node: Node, wanted: PlanNode) -> Node:
        """See `PlanReading`."""
        return merged_with(self.tree, node, wanted, self.today, self.logged)

    def match(self, node: Node, child: PlanNode) -> Node | None:
        """See `PlanReading`."""
        same = (s for s in self.tree.children(node) if s.level is child.level and same_title(s.title, child.title))
        return next(same, None)


@dataclass(slots=True)
class Extension:
    """Collects a plan's additions and changes to a tree; `lines` pairs each part of the plan with its goal."""

    tx: Transaction
    tree: Tree
    members: Mapping[int, int]
    reading: PlanReading
    added: list[Node] = field(default_factory=list)
    changed: dict[int, Node] = field(default_factory=dict)
    lines: list[tuple[PlanNode, Node]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether the plan changes nothing."""
        return not (self.added or self.changed or any(wanted.pauses for wanted, _ in self.lines))

    def follow(self, plan: PlanNode) -> None:
        """Collects the plan of a whole vision. Raises `InvalidPlan`."""
        stack = [(plan, self.reading.dated(plan), self.tree.vision)]
        while stack:
            wanted, dated, node = stack.pop()
            self.lines.append((wanted, node))
            merged = self.reading.merged(node, wanted)
            if merged != node:
                self.changed[node.id] = merged
            position = len(self.tree.children(node))
            for place, (child, dated_child) in enumerate(zip(wanted.children, dated.children, strict=True), position):
                match = self.reading.match(node, child)
                if match is None:
                    self._add(dated_child, node, place)
                else:
                    stack.append((child, dated_child, self._below(match, node, place)))

    def _add(self, plan: PlanNode, parent: Node, position: int) -> None:
        new = self.reading.new(plan)
        nodes = new_nodes(self.tx, new, parent.id, position, self.members)
        self.lines += zip(new.walk(), nodes, strict=True)
        self.added += nodes

    def _below(self, node: Node, parent: Node, position: int) -> Node:
        """A goal at this place below a parent, wherever it was before."""
        if node.parent_id == parent.id:
            return node
        moved = self.changed[node.id] = replace(node, parent_id=parent.id, position=position)
        return moved
