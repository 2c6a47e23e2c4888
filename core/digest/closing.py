"""How the goals of a quarter or year ended: achieved or missed, and what can be done about each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.digest.closing_lines import Closing, ClosingLine
from core.digest.state import DigestView
from core.goals.model import Level, Node, Strategy
from core.goals.progress import ONE

CLOSED = (Level.YEARLY, Level.QUARTERLY)
"""The levels whose periods are closed by a digest."""


def close(views: Sequence[DigestView]) -> Closing:
    """Every goal of the digest's level that counted in its period; a year's digest closes its last quarter as well,
    after the year. A goal below a sum of the same level is left out, since its amount is in the sum already."""
    levels = [level for level in CLOSED if all(level.rank <= view.level.rank for view in views)]
    return Closing(tuple(line for level in levels for view in views for line in _lines(view, level)))


def _lines(view: DigestView, level: Level) -> Iterator[ClosingLine]:
    for node in view.tree.goals():
        if node.level is not level or not view.is_live(node) or _is_summed(view, node):
            continue
        progress, period = view.at_end(node), view.own_period(node)
        if progress is None or (progress >= ONE and view.is_cut_short(node, period)):
            continue
        tree = view.state.now  # what was done about it since, and what can be done
        today = tree.nodes[node.id]
        last, lasts = tree.active(today).end, tree.active(tree.vision).end
        yield ClosingLine(
            today,
            period,
            view.cell(node).value,
            view.state.target(node, period),
            progress,
            can_carry_over=last == period.end < lasts,
            can_let_go=last > period.end,
        )


def _is_summed(view: DigestView, node: Node) -> bool:
    tree, end = view.tree, view.window.end
    sums = [
        above for above in tree.ancestors(node) if above.level is node.level and tree.strategy(above) is Strategy.SUM
    ]
    return any(tree.adds_on(leaf, above, end) for above in sums for leaf in tree.leaves(node))
