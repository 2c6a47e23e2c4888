"""CSV that opens correctly in spreadsheets: UTF-8 with a BOM, and no text that would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from core.goals.model import Node
from core.goals.tree import Tree

_RUN = tuple("=+-@\t\r'")
"""Text that begins with one of these gets an apostrophe in front, since spreadsheets run it as a formula. A text that
begins with an apostrophe gets one too, so that unquoting is unambiguous."""


def sheet_of(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A sheet with its header."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def quoted(text: str) -> str:
    """A text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_RUN) else text


def unquoted(text: str) -> str:
    """The inverse of `quoted`."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_RUN) else text


def path_of(tree: Tree, node: Node) -> str:
    """The titles above a node, from the vision down."""
    return " / ".join(reversed([parent.title for parent in tree.ancestors(node)]))
