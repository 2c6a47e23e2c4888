"""Documents as the core's own values, without a store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

from core.goals.engine import Cache, realise
from core.goals.model import WEEKDAY_NAMES, Entry, Pause
from core.goals.reading import Reading
from core.goals.tree import Tree
from core.planning.document import parse_document
from core.planning.plan import nodes_of

Json = dict[str, Any]


def week_start_of(document: Json) -> int:
    """The weekday number of a document's week start."""
    return WEEKDAY_NAMES.index(str(document.get("owner", {}).get("week_start", "monday"))[:3])


def trees_of(document: Json) -> list[Tree]:
    """Every vision of a document, with ids counted through."""
    ids, read = count(1), parse_document(json.dumps(document))
    trees = []
    for vision in read.visions:
        nodes = nodes_of(vision, ids)
        by_key = {node.key: node.id for node in nodes}
        # A pause of another vision's branch does not apply to this one.
        pauses = [
            Pause(number, pause.first, pause.last, None if pause.node is None else by_key[pause.node])
            for number, pause in enumerate(read.pauses, start=1)
            if pause.node is None or pause.node in by_key
        ]
        trees.append(Tree(nodes, week_start_of(document), pauses))
    return trees


def entries_of(document: Json, tree: Tree) -> list[Entry]:
    """A document's entries of one tree; their ids are the order in the document."""
    ids = {node.key: node.id for node in tree.nodes.values()}
    wanted = parse_document(json.dumps(document)).entries
    return [
        Entry(number, ids[entry.node], entry.on, entry.value, entry.skipped)
        for number, entry in enumerate(wanted, start=1)
        if entry.node in ids
    ]


def reading_of(tree: Tree, cache: Cache, on: date) -> Reading:
    """A tree on a day from its whole cache."""
    cells = {node.id: cache.cell(node.id, tree.period_of(node, on).start) for node in tree.nodes.values()}
    return Reading(tree, on, {key: cell for key, cell in cells.items() if cell is not None}, cache.runs)


def readings_of(document: Json, on: date) -> list[Reading]:
    """Every vision of a document as seen on a day: from the entries up to that day."""
    return [reading_of(tree, realise(tree, _up_to(entries_of(document, tree), on)), on) for tree in trees_of(document)]


def _up_to(entries: Sequence[Entry], on: date) -> list[Entry]:
    return [entry for entry in entries if entry.on <= on]
