"""Notes on a tree that was just planted: short first periods, goals that add nothing, and goals out of reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from core.goals.model import Kind, Level, Measure, Node, Strategy
from core.goals.periods import DAY, Period
from core.goals.progress import expected
from core.goals.tree import Tree
from core.planning.plan import PlanNode
from core.records import record


@record
class Short:
    """A goal with a reduced expectation in its first period, which has begun already or has days off."""

    node: Node
    period: Period
    expected: Decimal
    target: Decimal


@record
class Idle:
    """A goal that adds nothing to the sum above it, since it is measured differently."""

    node: Node
    above: Node


@record
class OutOfReach:
    """A goal whose target is more than its period can bring."""

    node: Node
    most: int


PlantingNote: TypeAlias = Short | Idle | OutOfReach


def cut_short(plan: PlanNode, tree: Tree) -> list[str]:
    """The titles of planned goals that would outlast the vision, and now end with it."""
    last = tree.vision.ends_on
    return [node.title for node in plan.walk() if last and node.ends_on and node.ends_on > last]


def notes(tree: Tree, today: date) -> list[PlantingNote]:
    """All notes, in the order of the tree; only the first short period of each level is noted."""
    noted: list[PlantingNote] = []
    levels: set[Level] = set()
    for node in tree.goals():
        if node.member_id is not None or tree.active(node).end < today:
            continue
        short = _short(tree, node, today)
        if short is not None and node.level not in levels:
            levels.add(node.level)
            noted.append(short)
        noted += [*_idle(tree, node), *_out_of_reach(tree, node, today)]
    return noted


def _short(tree: Tree, node: Node, today: date) -> Short | None:
    period = tree.period_of(node, max(today, tree.active(node).start))
    wanted, target = expected(tree, node, period), node.target_for(period.end)
    if wanted is None or target is None or wanted >= target:
        return None
    return Short(node, period, wanted, target)


def _idle(tree: Tree, node: Node) -> Iterator[Idle]:
    """The note for a leaf that adds nothing to the nearest sum above it."""
    if not tree.is_loggable(node) and node.each is None:
        return
    above = next((one for one in tree.ancestors(node) if tree.strategy(one) is Strategy.SUM), None)
    leaf = node if node.each is None else next(iter(tree.children(node)), None)
    if above is not None and leaf is not None and not tree.adds(leaf, above):
        yield Idle(node, above)


def _out_of_reach(tree: Tree, node: Node, today: date) -> Iterator[OutOfReach]:
    if node.target is None or node.is_limit or node.each is not None:
        return
    period = tree.period_of(node, max(today, tree.active(node).start))
    if node.level in (Level.WEEKLY, Level.MONTHLY, Level.QUARTERLY, Level.YEARLY):
        period = tree.period_of(node, period.end + DAY)  # the next one is whole
    most = _most(tree, node, period)
    if most is not None and node.target > most:
        yield OutOfReach(node, most)


def _most(tree: Tree, node: Node, period: Period) -> int | None:
    """The most that a period can bring; None if there is no bound."""
    children = tree.children(node)
    if not children and node.kind is not Kind.VISION:
        return period.days if tree.measure(node) is Measure.CHECK else None
    if tree.strategy(node) is Strategy.COUNT:
        return len(children)
    if tree.strategy(node) is Strategy.SUM and tree.adds_ticks(node):
        return sum(_ticks(tree, leaf, period) for leaf in tree.leaves(node))
    return None


def _ticks(tree: Tree, leaf: Node, period: Period) -> int:
    if leaf.level is not Level.DAILY:
        return period.days
    return leaf.schedule.count(period.start, period.end, max(period.start, tree.active(leaf).start))
