"""What was logged, a row for each entry; `core.importing` reads it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.goals.model import Entry
from core.goals.tree import Tree
from core.sheets.writing import quoted, sheet_of
from core.values import plain_text

HEADER = ("date", "goal", "path", "value", "unit", "skipped", "note")


def entries_sheet(trees: Sequence[Tree], entries_by_tree: Sequence[Sequence[Entry]]) -> bytes:
    """The entries of trees in their order. `path` has the titles above the goal; a tick has the value 1, or 0 where it
    was said not to be done. Nobody's name is in it."""
    return sheet_of(HEADER, _rows(trees, entries_by_tree))


def _rows(trees: Sequence[Tree], entries_by_tree: Sequence[Sequence[Entry]]) -> Iterator[tuple[str, ...]]:
    for tree, entries in zip(trees, entries_by_tree, strict=True):
        for entry in entries:
            node = tree.nodes[entry.node_id]
            above = [parent.title for parent in tree.ancestors(node)]
            yield (
                entry.on.isoformat(),
                quoted(node.title),
                quoted(" / ".join(reversed(above))),
                "" if entry.value is None else plain_text(entry.value),
                quoted(node.unit or ""),
                "yes" if entry.skipped else "",
                quoted(entry.note or ""),
            )
