"""Merging a plan into an existing node."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from datetime import date
from typing import TypeVar

from core.errors import Fault, InvalidPlan
from core.goals.model import Aggregate, Each, Kind, Measure, Node, Owner, OwnerType, Strategy
from core.goals.periods import DAY
from core.goals.terms import Terms, changed_from, simplified, terms_on
from core.goals.tree import Tree
from core.planning.plan import PlanNode, nodes_of

_Word = TypeVar("_Word", Strategy, Measure, Aggregate)


def from_today(plan: PlanNode, tree: Tree, today: date) -> PlanNode:
    """The plan with goals that begin today, for adding to a vision under way: earlier days were not missed."""
    if tree.active(tree.vision).start >= today:
        return plan

    def dated(node: PlanNode) -> PlanNode:
        return node if node.starts_on or (node.ends_on and node.ends_on < today) else replace(node, starts_on=today)

    return plan.mapped(dated)


def refuse_each_alone(plan: PlanNode, owner: Owner) -> None:
    """Raises `InvalidPlan` for an *each* goal outside a group."""
    each = [node for node in plan.walk() if node.each is not None]
    if each and owner.type is not OwnerType.GROUP:
        raise InvalidPlan([Fault(node.place or f"“{node.title}”", "each_without_group") for node in each])


def refuse_below_each(tree: Tree, node: Node, wanted: PlanNode) -> None:
    """Raises `InvalidPlan` for goals below an *each* goal, existing or planned."""
    if (node.each is not None and wanted.children) or (
        wanted.each is not None and node.each is None and tree.children(node)
    ):
        raise InvalidPlan([Fault(wanted.place, "each_with_goals_below", title=node.title)])


def as_written(node: Node, wanted: PlanNode, members: Mapping[int, int]) -> Node:
    """A node as a document says it, which is complete."""
    said = nodes_of(replace(wanted, children=()), iter([node.id]), node.parent_id, node.position, members)[0]
    return said if node.parent_id is not None else replace(said, starts_on=wanted.starts_on or node.starts_on)


def merged_with(tree: Tree, node: Node, wanted: PlanNode, today: date, logged: Set[int]) -> Node:
    """A node of a tree with an outline's changes. Dates that the outline leaves out stay, and a parent that it names
    without children stays a parent. New terms count from today, or from tomorrow if today is logged already; those for
    later days replace the existing ones. Raises `InvalidPlan` for goals below an *each* goal."""
    refuse_below_each(tree, node, wanted)
    is_parent = bool(tree.children(node) or wanted.children or node.each)
    since = _since(tree, node, today, logged)
    node = _taken_up_again(node, today) if wanted.ends_on is None else node
    measured = node if wanted.target is None else wanted
    counted = _counted(node, wanted, parent=is_parent)
    return replace(
        node,
        strategy=_updated(wanted.strategy, node.strategy, Strategy.AVERAGE),
        measure=counted.measure,
        aggregate=counted.aggregate,
        each=_each(wanted.each, node.each),
        unit=wanted.unit or node.unit,
        direction=measured.direction,
        baseline=measured.baseline,
        terms=_merged_terms(node.terms, wanted, since),
        starts_on=node.starts_on if node.parent_id is None else wanted.starts_on or node.starts_on,
        ends_on=wanted.ends_on or node.ends_on,
        let_go=node.let_go and wanted.ends_on in (None, node.ends_on),
    )


def _since(tree: Tree, node: Node, today: date, logged: Set[int]) -> date:
    """The day from which new terms count."""
    since = today + DAY if node.id in logged else today
    # Terms that would never have been in force are replaced as a whole.
    return date.min if since <= tree.active(node).start else since


def _counted(node: Node, wanted: PlanNode, *, parent: bool) -> Each:
    """How a leaf is measured; empty for a parent."""
    if parent or wanted.each:
        return Each()
    return _measured(Each(wanted.measure, wanted.aggregate), Each(node.measure, node.aggregate))


def _updated(wanted: _Word | None, own: _Word | None, unsaid: _Word) -> _Word | None:
    """The outline's value if it differs from the goal's own, else the goal's own."""
    return own if wanted is None or wanted == (own or unsaid) else wanted


def _each(wanted: Each | None, own: Each | None) -> Each | None:
    return own or wanted if wanted is None or own is None else _measured(wanted, own)


def _measured(wanted: Each, own: Each) -> Each:
    return Each(
        _updated(wanted.measure, own.measure, Measure.CHECK), _updated(wanted.aggregate, own.aggregate, Aggregate.SUM)
    )


def _merged_terms(terms: tuple[Terms, ...], wanted: PlanNode, since: date) -> tuple[Terms, ...]:
    """The terms of a goal with those that an outline adds from a day on."""
    says_target = wanted.measure is Measure.NUMBER or any(one.target is not None for one in wanted.history)
    if wanted.terms:
        return _merged_history(terms, wanted.terms, since, says_target=says_target)
    now = terms_on(terms, since)
    said: dict[str, object] = {"weight": wanted.weight, "schedule": wanted.schedule}
    if says_target:
        said["target"] = wanted.target
    changes = {part: value for part, value in said.items() if getattr(now, part) != value}
    return changed_from(terms, since, **changes) if changes else terms


def _merged_history(
    terms: tuple[Terms, ...], wanted: tuple[Terms, ...], since: date, *, says_target: bool
) -> tuple[Terms, ...]:
    """The same for an outline that has several terms."""
    changes = wanted if says_target else (*wanted, *terms)
    days = {since, *(one.since for one in changes if one.since > since)}
    asked = [one for one in terms if one.since < since]
    for day in sorted(days):
        now = replace(terms_on(wanted, day), since=day if asked else date.min)
        asked.append(now if says_target else replace(now, target=terms_on(terms, day).target))
    changed = simplified(asked)
    return terms if changed == simplified(terms) else changed


def _taken_up_again(node: Node, today: date) -> Node:
    """The goal, resumed if it recurs and has ended or was let go: the days in between were not planned. A one-off
    target stays in its period."""
    has_ended = node.ends_on is not None and node.ends_on < today
    if node.kind not in (Kind.KPI, Kind.VISION) or not (has_ended or node.let_go):
        return node
    return replace(node, terms=_with_gap(node, today), ends_on=None, let_go=False)


def _with_gap(node: Node, today: date) -> tuple[Terms, ...]:
    if node.ends_on is None or node.ends_on + DAY >= today:
        return node.terms
    return changed_from(changed_from(node.terms, node.ends_on + DAY, active=False), today, active=True)
