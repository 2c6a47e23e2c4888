"""Matches the goals of an outline with those of an existing tree: by title, after a move, or under a new name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from core.goals.model import Level, Measure, Node
from core.goals.tree import Tree
from core.likeness import likeness
from core.planning.plan import PlanNode
from core.planning.titles import compared
from core.records import record

_NUMBER = re.compile(r"\d+")

ALIKE = 70
"""The likeness (0 to 100) from which one title may be the other, mistyped or reworded."""
MOST_PAIRS = 2_500
"""The most pairs of goals and lines below one parent that are compared by name."""
CHILDREN_ALIKE = 0.5
"""The share of common children that makes two goals the same under a new name."""


@record
class Twin:
    """A goal that the outline may have under another name. `likely`: the names or the children are alike. `taken`: it
    is treated as the same."""

    node: Node
    title: str
    likely: bool
    taken: bool


@dataclass(slots=True)
class Matching:
    """Matches the lines of a plan with the goals of a tree. `nodes` has the goals by the place of their line in the
    plan's walk, `lines` the plan's goals in that order, `above` the place of each line's parent. `by_place`: a line at
    the same place is the same goal, whatever its name."""

    tree: Tree
    plan: PlanNode
    today: date
    renames: Mapping[int, bool]
    by_place: bool = False
    nodes: dict[int, Node] = field(default_factory=dict)
    twins: list[Twin] = field(default_factory=list)
    lines: list[PlanNode] = field(default_factory=list)
    above: dict[int, int] = field(default_factory=dict)
    _below: dict[int, list[int]] = field(default_factory=dict)
    _known: set[int] = field(default_factory=set)
    _alive: dict[int, Node] = field(default_factory=dict)
    _wanted: set[str] = field(default_factory=set)
    _there: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._number()
        self._alive = {node.id: node for _, node in self.tree.walk() if self._goes_on(node)}
        self._wanted = {compared(line.title) for line in self.lines}
        self._there = {compared(node.title) for node in self._alive.values()}
        self._match(0, self.tree.vision)
        while self._move():
            pass

    def left(self) -> list[Node]:
        """The current goals that the outline does not mention, without those below another of them."""
        free = {node.id: node for node in self._alive.values() if node.id not in self._known}
        return [node for node in free.values() if node.parent_id not in free]

    def _number(self) -> None:
        """Fills `lines`, `above` and `_below`, in the order of `walk`."""
        self.lines = list(self.plan.walk())
        waiting = [(0, self.plan)]
        for place in range(len(self.lines)):
            above, node = waiting.pop()
            if place:
                self.above[place] = above
                self._below.setdefault(above, []).append(place)
            waiting.extend((place, child) for child in reversed(node.children))

    def _goes_on(self, node: Node) -> bool:
        below = node.parent_id is not None and node.member_id is None
        return below and not node.let_go and self.tree.active(node).end >= self.today

    def _take(self, place: int, node: Node) -> None:
        self.nodes[place] = node
        self._known.add(node.id)

    def _match(self, place: int, node: Node) -> None:
        """Matches a goal with a line, and the goals below it with the lines below that."""
        self._take(place, node)
        stack = [(place, node)]
        while stack:
            place, node = stack.pop()
            named = self._by_name(node)
            for child in self._below.get(place, []):
                line = self.lines[child]
                same = named.get((line.level, compared(line.title)))
                if same is not None and same.id not in self._known:
                    self._take(child, same)
                    stack.append((child, same))
            stack += self._renamed(place, node)

    def _by_name(self, node: Node) -> dict[tuple[Level, str], Node]:
        """The goals below a node by level and title; of several with one name the one that lasts longest."""
        below = sorted(self.tree.children(node), key=lambda one: (not one.let_go, self.tree.active(one).end))
        return {(child.level, compared(child.title)): child for child in below if child.id not in self._known}

    def _renamed(self, place: int, node: Node) -> list[tuple[int, Node]]:
        """Matches lines below one with goals under new names; returns these pairs."""
        renamed = []
        for child, twin in self._paired(*self._without_other(place, node)):
            self.twins.append(twin)
            if twin.taken:
                self._take(child, twin.node)
                renamed.append((child, twin.node))
        return renamed

    def _without_other(self, place: int, node: Node) -> tuple[list[Node], list[int]]:
        """(the goals below one that no line names, the lines there that name no goal); both empty if there are too
        many."""
        open_ = self._alive.keys() - self._known
        old = [child for child in self.tree.children(node) if child.id in open_]
        new = [child for child in self._below.get(place, []) if child not in self.nodes]
        if not 0 < len(old) * len(new) <= MOST_PAIRS:
            return [], []
        # A goal whose name is at another place was moved.
        old = [child for child in old if compared(child.title) not in self._wanted]
        return old, [child for child in new if compared(self.lines[child].title) not in self._there]

    def _paired(self, old: list[Node], new: list[int]) -> Iterator[tuple[int, Twin]]:
        """Pairs of goals and lines that may be the same: the most alike, or the only two left that are measured
        alike."""
        scored = ((self._alike(node, self.lines[place]), node.id, place) for node in old for place in new)
        waiting = {node.id: node for node in old}
        rest = list(new)
        for score, node_id, place in sorted(scored, reverse=True):
            if score >= ALIKE and node_id in waiting and place in rest:
                rest.remove(place)
                yield place, self._twin(waiting.pop(node_id), place, likely=True)
        if len(waiting) == len(rest) == 1:
            [node], [place] = waiting.values(), rest
            if self._measured_alike(node, self.lines[place]):
                yield place, self._twin(node, place, likely=False)

    def _twin(self, node: Node, place: int, *, likely: bool) -> Twin:
        return Twin(node, self.lines[place].title, likely, self.renames.get(node.id, likely or self.by_place))

    def _alike(self, node: Node, line: PlanNode) -> float:
        if not self._measured_alike(node, line):
            return 0.0
        below = {compared(child.title) for child in self.tree.children(node)}
        shared = sum(compared(child.title) in below for child in line.children)
        if shared and shared >= CHILDREN_ALIKE * max(len(below), len(line.children)):
            return 100.0
        one, other = compared(node.title), compared(line.title)
        if _NUMBER.findall(one) != _NUMBER.findall(other) and not self.by_place:
            return 0.0  # chapter 1 is not chapter 2, however alike their names are
        return likeness(one, other)

    def _measured_alike(self, node: Node, line: PlanNode) -> bool:
        is_parent = bool(self.tree.children(node))
        same = (node.level, node.each is None, is_parent) == (line.level, line.each is None, bool(line.children))
        units = (node.unit or "").casefold() == (line.unit or "").casefold()
        measured = is_parent or (units and self.tree.measure(node) is (line.measure or Measure.CHECK))
        return same and measured

    def _move(self) -> bool:
        """Matches lines with goals of the same title from elsewhere in the tree; returns False if there are none
        left."""
        free: dict[tuple[Level, str], list[Node]] = defaultdict(list)
        for node in self._alive.values():
            if node.id not in self._known:
                free[node.level, compared(node.title)].append(node)
        is_moved = False
        for place, line in enumerate(self.lines):
            same = free.get((line.level, compared(line.title)), [])
            if place not in self.nodes and len(same) == 1 and same[0].id not in self._known:
                self._match(place, same[0])
                is_moved = True
        return is_moved
