"""Changes of a proposed plan before it is planted: a title, a target, the days, a removed or an added goal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from core.errors import Fault, InvalidPlan
from core.goals.model import Aggregate, Kind, Measure, Strategy
from core.goals.terms import DaySchedule, Terms
from core.planning.plan import PlanNode
from core.records import record

Trail: TypeAlias = tuple[tuple[PlanNode, int], ...]
"""The goals above one, from the top, each with the index of the child on the way."""


@record
class DraftChange:
    """A change of one goal. `at` is its place in the plan after the changes before this one: the vision is 0, and each
    goal comes before those below it. `below` are goals to add as its last children."""

    at: int
    title: str | None = None
    target: Decimal | None = None
    schedule: DaySchedule | None = None
    below: tuple[PlanNode, ...] = ()
    is_dropped: bool = False


def redrafted(plan: PlanNode, changes: Iterable[DraftChange]) -> PlanNode:
    """The plan with the changes, one after the other; a changed target or days hold for all of a goal's periods.

    The result is not checked here (see `core.planning.rules`). Raises `InvalidPlan` for a place without a goal, for
    dropping the vision, and for a target on a goal that takes none.
    """
    for change in changes:
        trail, node = _node_at(plan, change.at)
        new = None if change.is_dropped else _with(node, change)
        for parent, index in reversed(trail):
            kept = parent.children[:index], parent.children[index + 1 :]
            new = _settled(parent, (*kept[0], *([new] if new else []), *kept[1]))
        if new is None:
            raise InvalidPlan([Fault(f"“{plan.title}”", "vision_stays")])
        plan = new
    return plan


def all_redrafted(plans: Sequence[PlanNode], changes: Iterable[DraftChange]) -> list[PlanNode]:
    """The same for several plans, whose places are numbered consecutively."""
    changed = list(plans)
    for change in changes:
        at = change.at
        for index, plan in enumerate(changed):
            size = sum(1 for _ in plan.walk())
            if at < size:
                changed[index] = redrafted(plan, [replace(change, at=at)])
                break
            at -= size
        else:
            raise InvalidPlan([Fault("", "no_such_place")])
    return changed


def takes_target(node: PlanNode) -> bool:
    """Whether a goal can have a target: a sum, a number, or a count of ticks."""
    return node.target is not None or (node.is_leaf and node.measure is Measure.NUMBER)


def _node_at(plan: PlanNode, at: int) -> tuple[Trail, PlanNode]:
    stack: list[tuple[Trail, PlanNode]] = [((), plan)]
    for _ in range(at):
        trail, node = stack.pop()
        stack.extend(((*trail, (node, index)), child) for index, child in reversed(list(enumerate(node.children))))
        if not stack:
            raise InvalidPlan([Fault("", "no_such_place")])
    return stack.pop()


def _with(node: PlanNode, change: DraftChange) -> PlanNode:
    if change.title is not None:
        node = replace(node, title=" ".join(change.title.split()))
    if change.target is not None:
        if not takes_target(node):
            raise InvalidPlan([Fault(f"“{node.title}”", "nothing_to_count")])
        terms = _distinct(replace(one, target=change.target) for one in node.terms)
        node = replace(node, target=change.target, terms=terms)
    if change.schedule is not None:
        terms = _distinct(replace(one, schedule=change.schedule) for one in node.terms)
        node = replace(node, schedule=change.schedule, terms=terms)
    return _settled(node, (*node.children, *change.below)) if change.below else node


def _distinct(terms: Iterable[Terms]) -> tuple[Terms, ...]:
    """The terms that differ from those before; none if all are the same."""
    distinct: list[Terms] = []
    for one in terms:
        if not distinct or replace(one, since=distinct[-1].since) != distinct[-1]:
            distinct.append(one)
    return tuple(distinct) if len(distinct) > 1 else ()


def _settled(node: PlanNode, children: tuple[PlanNode, ...]) -> PlanNode:
    """The goal with these children. A goal that loses its last child is logged itself, as a number if it was a sum. A
    goal that gets its first child adds up what it measured, or takes the mean."""
    if bool(children) is bool(node.children) or node.kind is Kind.VISION or node.each is not None:
        return replace(node, children=children)
    return _as_parent(node, children) if children else _as_leaf(node)


def _as_leaf(node: PlanNode) -> PlanNode:
    is_sum = node.strategy is Strategy.SUM and node.target is not None
    return replace(node, children=(), strategy=None, measure=Measure.NUMBER if is_sum else None)


def _as_parent(node: PlanNode, children: tuple[PlanNode, ...]) -> PlanNode:
    adds_up = node.measure is Measure.NUMBER and node.aggregate in (None, Aggregate.SUM) and node.baseline is None
    parent = replace(node, children=children, measure=None, aggregate=None)
    if adds_up and node.target is not None:
        return replace(parent, strategy=Strategy.SUM)
    return replace(parent, strategy=None, target=None, terms=(), baseline=None, unit=None)
