"""The nodes that have entries on a day."""

from __future__ import annotations

from datetime import date

from core.goals.tree import Tree
from core.ports.store import Transaction


def logged_on(tx: Transaction, tree: Tree, on: date) -> set[int]:
    """The nodes that were logged on a date, and those above them."""
    leaves = tx.entries.of_leaves([leaf.id for leaf in tree.leaves()], on, on)
    return {node.id for leaf_id in leaves for node in (tree.nodes[leaf_id], *tree.ancestors(tree.nodes[leaf_id]))}
