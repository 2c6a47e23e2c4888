"""Nodes and their terms as rows to write; `tree_rows` reads them."""

from __future__ import annotations

from core.goals.model import Node
from storage.repositories import tree_rows


def fields_of(node: Node) -> dict[str, object]:
    """The columns of a node; weight and schedule are those in force last."""
    return {
        "id": node.id,
        "parent_id": node.parent_id,
        "key": node.key,
        "kind": node.kind.value,
        "level": node.level.value,
        "title": node.title,
        "strategy": node.strategy and node.strategy.value,
        "measure": node.measure and node.measure.value,
        "aggregate": node.aggregate and node.aggregate.value,
        "unit": node.unit,
        **tree_rows.terms_fields(node.terms[-1]),
        "direction": node.direction.value if node.is_limit else None,
        "baseline": node.baseline,
        "starts_on": node.starts_on,
        "ends_on": node.ends_on,
        "position": node.position,
        "each": node.each and tree_rows.each_fields(node.each),
        "member_id": node.member_id,
        "let_go": node.let_go,
    }


def terms_of(node: Node) -> list[dict[str, object]]:
    """The rows of a node's terms; none if the node's own columns hold all of them."""
    [*_, last] = node.terms
    if len(node.terms) == 1 and last.active:
        alone = {"weight": None, "weekdays": None, "every_days": None, "month_days": None, "active": True}
        rows: list[dict[str, object]] = [] if last.target is None else [{"target": last.target, **alone}]
    else:
        rows = [{"target": it.target, "active": it.active, **tree_rows.terms_fields(it)} for it in node.terms]
    return [{"node_id": node.id, "effective_from": it.since, **row} for it, row in zip(node.terms, rows, strict=False)]
