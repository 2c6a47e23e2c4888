"""The best and the weakest branch of a period, each with the leaf that explains it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from core.digest.model import Branch
from core.digest.state import DigestView
from core.goals.model import Level, Node
from core.goals.progress import ONE, adds_up, percent


def best_and_weakest(views: Sequence[DigestView]) -> tuple[Branch | None, Branch | None]:
    """The branches with the highest and the lowest rate over the period (the first of equal ones). Both are None if
    there are fewer than two, or if all have the same whole percent."""
    rated = _rated(views)
    rates = [rate for _, _, rate in rated]
    if len(rated) < 2 or percent(int(min(rates) * ONE)) == percent(int(max(rates) * ONE)):
        return None, None
    mean = sum(rates, Fraction(0)) / len(rates)
    best = max(rated, key=lambda item: item[2])
    weak = [item for item in rated if _needs_care(*item) and item[2] < best[2]]
    weakest = min(weak, key=lambda item: item[2], default=None)
    return _explained(*best, mean, 1), _explained(*weakest, mean, -1) if weakest else None


def _needs_care(view: DigestView, branch: Node, rate: Fraction) -> bool:
    """Whether a branch has fallen behind in the period. A branch that is reached has not, whatever its last days were
    like."""
    if branch.level.rank >= view.level.rank and (view.progress(branch) or 0) >= ONE:
        return False
    return rate < view.ended(branch, view.window)


def _rated(views: Sequence[DigestView]) -> list[tuple[DigestView, Node, Fraction]]:
    """The branches with their rates, without those in which no leaf was due."""
    return [
        (view, node, rate)
        for view, node in _branches(views)
        if (rate := view.rate(node)) is not None and any(_weighted_leaves(view, node, Fraction(1)))
    ]


def _branches(views: Sequence[DigestView]) -> list[tuple[DigestView, Node]]:
    """The goals to compare: those right below the visions or, while that is a single parent, those below it."""
    branches = [(view, view.tree.vision) for view in views]
    while True:
        branches = [
            (view, child)
            for view, parent in branches
            for child in view.tree.children(parent)
            if child.weight > 0 and view.is_live(child)
        ]
        if len(branches) != 1 or branches[0][0].tree.is_loggable(branches[0][1]):
            return branches


def _explained(view: DigestView, branch: Node, rate: Fraction, mean: Fraction, sign: int) -> Branch:
    """The branch with the leaf that, by its weight, moved it furthest from the mean of all branches."""
    leaves = _weighted_leaves(view, branch, Fraction(1))
    _, leaf, own = max(leaves, key=lambda item: sign * item[0] * (item[2] - mean))
    finer = leaf.level.rank < view.level.rank or leaf.level is Level.DAILY
    if finer and leaf.each is not None:  # the days on which all members did it say little about how they did
        return Branch(branch, int(rate * ONE), leaf, 0, 0, None, None, int(own * ONE))
    done, periods = view.completed(leaf) if finer else (0, 0)
    cell, target = view.cell(leaf), view.state.target(leaf, view.own_period(leaf))
    value = cell.value if adds_up(view.tree, leaf) else None
    return Branch(branch, int(rate * ONE), leaf, done, periods, value, target, cell.progress)


def _weighted_leaves(view: DigestView, node: Node, weight: Fraction) -> Iterator[tuple[Fraction, Node, Fraction]]:
    """(weight within the branch, leaf, rate) of every leaf that has a rate."""
    if view.tree.is_loggable(node):
        rate = view.rate(node)
        if rate is not None:
            yield weight, node, rate
        return
    children = [child for child in view.tree.children(node) if child.weight > 0 and view.rate(child) is not None]
    total = sum(Fraction(child.weight) for child in children)
    for child in children:
        yield from _weighted_leaves(view, child, weight * Fraction(child.weight) / total)
