"""How a quarter's goals ended: what was achieved, what was missed, and what may be done about each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.digest.closing_lines import Closing, ClosingLine
from core.digest.state import View
from core.goals.model import Level, Node, Strategy
from core.goals.progress import ONE


def close(views: Sequence[View]) -> Closing:
    """Every goal of the quarterly level that counted in the quarter. One below a quarterly sum is left out: its amount
    is in the sum already. One below another strategy stands for itself."""
    lines = [line for view in views for line in _lines(view)]
    return Closing(
        tuple(line for line in lines if line.progress >= ONE), tuple(line for line in lines if line.progress < ONE)
    )


def _lines(view: View) -> Iterator[ClosingLine]:
    for node in view.tree.goals():
        if node.level is not Level.QUARTERLY or not view.is_live(node) or _is_summed(view, node):
            continue
        progress = view.progress(node)
        if progress is None or (progress >= ONE and view.is_cut_short(node, view.window)):
            continue
        last, quarter = view.tree.active(node).end, view.window
        yield ClosingLine(
            node,
            view.cell(node).value,
            view.state.target(node, quarter),
            progress,
            can_carry_over=last == quarter.end < view.tree.active(view.tree.vision).end,
            can_let_go=last > quarter.end,
        )


def _is_summed(view: View, node: Node) -> bool:
    tree, end = view.tree, view.window.end
    sums = [
        above
        for above in tree.ancestors(node)
        if above.level is Level.QUARTERLY and tree.strategy(above) is Strategy.SUM
    ]
    return any(tree.adds(leaf, above) and tree.weighs(leaf, above, end) for above in sums for leaf in tree.leaves(node))
