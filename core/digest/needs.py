"""The amounts still needed: how much each goal that adds up lacks in all and per day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.digest.model import Need
from core.digest.state import TreeState
from core.goals.model import Level, Node, Strategy
from core.goals.periods import DAY, Period
from core.goals.progress import ONE, adds_up
from core.goals.reading import counts_wholes
from core.goals.tree import Tree


def needs(states: Sequence[TreeState], level: Level) -> tuple[Need, ...]:
    """The needs of goals of a level or coarser, in the periods that hold the states' day."""
    return tuple(
        need
        for state in states
        for node in state.tree.goals()
        if node.level.rank >= level.rank and (need := _need(state, node)) is not None
    )


def _need(state: TreeState, node: Node) -> Need | None:
    tree, on = state.tree, state.cut
    if not tree.is_active(node, on) or not adds_up(tree, node):
        return None
    period = tree.period_of(node, on)
    last = min(period.end, tree.active(node).end)
    cell, target = state.cell(node, period), state.target(node, period)
    if target is None or cell.excused:
        return None
    value = cell.value or Decimal(0)
    remaining = max(target - value, Decimal(0))
    days = _days_left(state, node, last)
    per_day = None
    if remaining and days and not _wants_more_goals(tree, node, target):
        per_day = Decimal(-(-Fraction(remaining) * 100 // days)) / 100
    return Need(node, period, value, target, remaining, days, per_day, counts_wholes(tree, node), last)


def _wants_more_goals(tree: Tree, node: Node, target: Decimal) -> bool:
    """Whether more goals have to be reached than there are below."""
    return tree.strategy(node) is Strategy.COUNT and not tree.is_leaf(node) and target > len(tree.children(node))


def _days_left(state: TreeState, node: Node, last: date) -> int:
    """The days up to the last on which a leaf below can be logged; today only if one of these leaves is still open."""
    tree = state.tree
    leaves = list(_counting_leaves(tree, node))
    words = {entry.node_id for entry in state.entries if entry.on == state.cut}
    days = int(any(_is_open(state, leaf, leaf.id in words) for leaf in leaves))
    on = state.cut + DAY
    while on <= last:
        days += any(_is_due(tree, leaf, on) for leaf in leaves)
        on += DAY
    return days


def _counting_leaves(tree: Tree, node: Node) -> Iterator[Node]:
    if tree.is_leaf(node):
        yield node
    for child in tree.children(node):
        if child.weight > 0:
            yield from _counting_leaves(tree, child)


def _is_due(tree: Tree, leaf: Node, on: date) -> bool:
    return tree.is_open(leaf, on) and (leaf.level is not Level.DAILY or tree.is_scheduled(leaf, Period(on, on)))


def _is_open(state: TreeState, leaf: Node, logged: bool) -> bool:
    """Whether today may still add something: a daily leaf is not done yet, a leaf with a longer period has no entry
    today."""
    if not _is_due(state.tree, leaf, state.cut):
        return False
    cell = state.cell(leaf, state.tree.period_of(leaf, state.cut))
    if not cell.counts or cell.progress >= ONE:
        return False
    return leaf.level is Level.DAILY or not logged
