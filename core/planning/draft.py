"""Changes of a proposed plan before it is planted: a title, a target, the days, a goal less or more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from core.errors import Fault, InvalidPlan
from core.goals.model import Aggregate, Kind, Measure, Strategy
from core.goals.terms import DaySchedule, Terms
from core.planning.plan import PlanNode

Trail: TypeAlias = tuple[tuple[PlanNode, int], ...]
"""The goals above one, from the top, each with the number of the child that leads on."""


@dataclass(frozen=True, slots=True)
class DraftChange:
    """A change of one goal. `at` is its place in the plan as it stands by then: the vision is 0, and each goal comes
    before those below it. `below` are goals to be added as its last ones."""

    at: int
    title: str | None = None
    target: Decimal | None = None
    schedule: DaySchedule | None = None
    below: tuple[PlanNode, ...] = ()
    is_dropped: bool = False


def redrafted(plan: PlanNode, changes: Iterable[DraftChange]) -> PlanNode:
    """The plan with the changes, one after the other; a target and days then hold for all of a goal's periods alike.

    Whether the outcome is sound is for `core.planning.rules` to say. Raises `InvalidPlan` for a place without a goal,
    for a vision that is to be dropped, and for a target of a goal that is measured by nothing.
    """
    for change in changes:
        trail, node = _found(plan, change.at)
        new = None if change.is_dropped else _with(node, change)
        for parent, index in reversed(trail):
            kept = parent.children[:index], parent.children[index + 1 :]
            new = _settled(parent, (*kept[0], *([new] if new else []), *kept[1]))
        if new is None:
            raise InvalidPlan([Fault(f"“{plan.title}”", "vision_stays")])
        plan = new
    return plan


def all_redrafted(plans: Sequence[PlanNode], changes: Iterable[DraftChange]) -> list[PlanNode]:
    """The same with several plans, whose places are counted on from one to the next."""
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
    """Whether there is a number to be changed: a sum's, a number's, or how often something is ticked off."""
    return node.target is not None or (node.is_leaf and node.measure is Measure.NUMBER)


def _found(plan: PlanNode, at: int) -> tuple[Trail, PlanNode]:
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
        terms = _told(replace(one, target=change.target) for one in node.terms)
        node = replace(node, target=change.target, terms=terms)
    if change.schedule is not None:
        terms = _told(replace(one, schedule=change.schedule) for one in node.terms)
        node = replace(node, schedule=change.schedule, terms=terms)
    return _settled(node, (*node.children, *change.below)) if change.below else node


def _told(terms: Iterable[Terms]) -> tuple[Terms, ...]:
    """The terms that ask something else than those before; none if all ask the same."""
    told: list[Terms] = []
    for one in terms:
        if not told or replace(one, since=told[-1].since) != told[-1]:
            told.append(one)
    return tuple(told) if len(told) > 1 else ()


def _settled(node: PlanNode, children: tuple[PlanNode, ...]) -> PlanNode:
    """The goal with other goals below it. A goal that loses the last of them is logged itself from then on: a number,
    if it was a sum; and what gets its first one adds up what it measured, or takes the mean."""
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
