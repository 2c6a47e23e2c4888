"""Entries as rows; `core.importing` reads them back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from core.goals.model import Entry, Node
from core.goals.tree import Tree
from core.sheets.writing import path_of, quoted, sheet_of
from core.values import plain_text

HEADER = ("date", "goal", "path", "value", "unit", "skipped", "note")
AUTHOR = "author"


def entries_sheet(
    trees: Sequence[Tree], entries_by_tree: Sequence[Sequence[Entry]], names: Mapping[int, str] | None = None
) -> bytes:
    """The entries of trees in their order. `path` has the titles above the goal; a tick has the value 1, or 0 for "not
    done". `names` are the names that may be shown, by user; they add a column of authors."""
    header = HEADER if names is None else (*HEADER, AUTHOR)
    return sheet_of(header, _rows(trees, entries_by_tree, names))


def _rows(
    trees: Sequence[Tree], entries_by_tree: Sequence[Sequence[Entry]], names: Mapping[int, str] | None
) -> Iterator[tuple[str, ...]]:
    for tree, entries in zip(trees, entries_by_tree, strict=True):
        for entry in entries:
            row = _row(tree, entry)
            yield row if names is None else (*row, quoted(names.get(entry.author_id or 0, "")))


def _row(tree: Tree, entry: Entry) -> tuple[str, ...]:
    goal = _goal(tree, tree.nodes[entry.node_id])
    return (
        entry.on.isoformat(),
        quoted(goal.title),
        quoted(path_of(tree, goal)),
        "" if entry.value is None else plain_text(entry.value),
        quoted(goal.unit or ""),
        "yes" if entry.skipped else "",
        quoted(entry.note or ""),
    )


def _goal(tree: Tree, leaf: Node) -> Node:
    """The goal of an entry: the *each* goal for a member's own leaf, whose title is their name."""
    if leaf.member_id is None or leaf.parent_id is None:
        return leaf
    return tree.nodes[leaf.parent_id]
