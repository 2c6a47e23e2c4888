"""The changes that a plan makes to an existing tree: a tree and a plan → the changed tree and a list of changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from core.goals.model import Kind, Node
from core.goals.terms import Terms, terms_on
from core.goals.tree import Tree
from core.planning.days_off import PlannedPause, paused
from core.planning.matching import Matching, Twin
from core.planning.merging import from_today, merged_with
from core.planning.outline import assign_keys
from core.planning.plan import PlanNode, dates_of, nodes_of, with_own_periods, within_vision
from core.planning.titles import compared, same_title
from core.records import record


@record
class AddedGoal:
    """A new goal below another."""

    node: Node
    above: Node


@record
class Renamed:
    """A goal with another title."""

    before: Node
    after: Node


@record
class MovedGoal:
    """A goal that moves below another, with all below it."""

    node: Node
    above: Node


@record
class Changed:
    """A goal with other terms from a day on, or at all times (`since` None)."""

    before: Node
    after: Node
    since: date | None


@record
class Replaced:
    """A goal that ends because a new one with its name and another level replaces it."""

    node: Node
    by: Node


Change: TypeAlias = AddedGoal | Renamed | MovedGoal | Changed | Replaced | PlannedPause


@record
class Replanting:
    """A plan's changes to a tree. `saved` and `new` are the nodes to write, parents first; `left` are the goals that
    the plan leaves out; `replaced` end in any case. `twins` may be existing goals under new names."""

    before: Tree
    after: Tree
    saved: tuple[Node, ...]
    new: tuple[Node, ...]
    changes: tuple[Change, ...]
    left: tuple[Node, ...]
    replaced: tuple[Node, ...]
    twins: tuple[Twin, ...]
    pauses: tuple[PlannedPause, ...]


@record
class Occasion:
    """The context in which a plan is read: today, the goals that were logged today, and the answers about `Twin`s.
    `said` are the titles in the plan's previous version, if there was one: a goal that it never mentioned is not left
    out. `by_place`: a line at the same place is the same goal."""

    today: date
    logged: Set[int]
    renames: Mapping[int, bool]
    said: Set[str] = frozenset()
    by_place: bool = False

    def leaves_out(self, node: Node) -> bool:
        """Whether a goal that the plan does not mention was left out on purpose."""
        return not self.said or compared(node.title) in self.said


@record
class Spot:
    """The place of a plan's goal: its parent, and its position among the siblings."""

    above: int
    position: int


def replanting(tree: Tree, plan: PlanNode, ids: Iterator[int], taken: set[str], on: Occasion) -> Replanting:
    """A plan's changes to a tree. `ids` are for new goals; `taken` are keys that they cannot have. Raises `InvalidPlan`
    for goals below an *each* goal."""
    lasts = tree.active(tree.vision)
    plan = within_vision(assign_keys(plan, taken), dates_of(replace(plan, starts_on=None), lasts))
    matching = Matching(tree, plan, on.today, on.renames, by_place=on.by_place)
    placed = _placed(matching, ids, on)
    new = [node for place, node in enumerate(placed) if place not in matching.nodes]
    saved = tuple(node for place, known in matching.nodes.items() if (node := placed[place]) != known)
    after = tree.changed([*saved, *new])
    left, replaced = _parted(matching.left(), new, on)
    pauses = tuple(paused(tree.pauses, zip(matching.lines, placed, strict=True), on.today))
    changes = (*_changes(tree, after, saved, on), *_additions(after, new), *replaced, *pauses)
    gone = tuple(one.node for one in replaced)
    return Replanting(tree, after, saved, tuple(new), changes, left, gone, tuple(matching.twins), pauses)


def _placed(matching: Matching, ids: Iterator[int], on: Occasion) -> list[Node]:
    """The new node of each line."""
    tree, plan = matching.tree, matching.plan
    # A new one-off target without dates gets its period; an existing one keeps its own.
    dated = with_own_periods(plan, on.today, tree.week_start, tree.active(tree.vision)).walk()
    placed: list[Node] = []
    count: Counter[int] = Counter()
    for place, (line, dated_line) in enumerate(zip(matching.lines, dated, strict=True)):
        spot = None
        if place:
            above = placed[matching.above[place]]
            spot = Spot(above.id, len(tree.children(above)) + count[above.id])
            count[above.id] += 1
        known = matching.nodes.get(place)
        if known is not None:
            placed.append(_merged(tree, known, line, spot, on))
        elif spot is not None:
            placed.append(_new(dated_line, spot, tree, next(ids), on.today))
    return placed


def _new(line: PlanNode, spot: Spot, tree: Tree, node_id: int, today: date) -> Node:
    alone = from_today(replace(line, children=()), tree, today)
    [node] = nodes_of(alone, iter([node_id]), spot.above, spot.position)
    return node


def _merged(tree: Tree, node: Node, line: PlanNode, spot: Spot | None, on: Occasion) -> Node:
    """An existing goal with the plan's terms, name and place."""
    merged = merged_with(tree, node, line, on.today, on.logged)
    if not same_title(node.title, line.title):
        merged = replace(merged, title=line.title)
    if spot is not None and node.parent_id != spot.above:
        merged = replace(merged, parent_id=spot.above, position=spot.position)
    return merged


def _parted(left: list[Node], new: list[Node], on: Occasion) -> tuple[tuple[Node, ...], tuple[Replaced, ...]]:
    """Splits the goals that the plan leaves out: those that go on, and those that a new goal of the same name
    replaces."""
    by_name = {(node.parent_id, compared(node.title)): node for node in new}
    pairs = ((node, by_name.get((node.parent_id, compared(node.title)))) for node in left)
    replaced = [Replaced(node, twin) for node, twin in pairs if twin is not None]
    gone = {one.node.id for one in replaced}
    return tuple(node for node in left if node.id not in gone and on.leaves_out(node)), tuple(replaced)


def _changes(before: Tree, after: Tree, saved: tuple[Node, ...], on: Occasion) -> Iterator[Change]:
    for node in saved:
        was = before.nodes[node.id]
        if was.title != node.title:
            yield Renamed(was, node)
        if was.parent_id != node.parent_id and node.parent_id is not None:
            yield MovedGoal(node, after.nodes[node.parent_id])
        same_place = replace(node, title=was.title, parent_id=was.parent_id, position=was.position)
        if same_place != was:
            yield Changed(was, node, _since(was.terms, node.terms, on.today))


def _since(before: tuple[Terms, ...], after: tuple[Terms, ...], today: date) -> date | None:
    """The first day with other terms; None if they are other at all times, or the same."""
    days = sorted({one.since for one in (*before, *after)})
    other = [
        day for day in days if replace(terms_on(before, day), since=day) != replace(terms_on(after, day), since=day)
    ]
    return max(other[0], today) if other and other[0] > date.min else None


def _additions(after: Tree, new: list[Node]) -> Iterator[AddedGoal]:
    for node in new:
        if node.kind is not Kind.VISION and node.parent_id is not None:
            yield AddedGoal(node, after.nodes[node.parent_id])
