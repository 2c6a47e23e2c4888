"""Trees and entries as a goaltree/1 document: the same trees give the same text, character by character."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from core.document.parsing import FORMAT
from core.model import ALL_WEEK, WEEKDAY_NAMES, Entry, Kind, Node, Owner
from core.outline.words import WEEKDAYS
from core.tree import Tree
from core.values import exact


def dump_document(owner: Owner, trees: Sequence[Tree], entries_by_tree: Sequence[Sequence[Entry]]) -> str:
    """The document of an owner's trees with each tree's entries, in their given order."""
    content = {
        "format": FORMAT,
        "owner": {
            "timezone": owner.timezone,
            "day_start": owner.day_start.strftime("%H:%M"),
            "week_start": WEEKDAYS[owner.week_start],
            "locale": owner.locale,
        },
        "visions": [_tree(tree) for tree in trees],
        "entries": [
            _entry(tree.nodes[entry.node_id].key, entry)
            for tree, entries in zip(trees, entries_by_tree, strict=True)
            for entry in entries
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _tree(tree: Tree) -> dict[str, object]:
    written: dict[int, dict[str, object]] = {}
    for node in tree.bottom_up:
        fields = _node(node)
        children = [written.pop(child.id) for child in tree.children(node)]
        written[node.id] = {**fields, "children": children} if children else fields
    return written[tree.vision.id]


def _node(node: Node) -> dict[str, object]:
    history = node.targets if len(node.targets) > 1 else ()
    days = [WEEKDAY_NAMES[day] for day in sorted(node.weekdays)]
    fields: dict[str, object] = {
        "key": node.key,
        "title": node.title,
        "kind": node.kind,
        "level": node.level if node.kind is Kind.KPI else None,
        "strategy": node.strategy,
        "measure": node.measure,
        "aggregate": node.aggregate,
        "unit": node.unit,
        "target": _number(node.target),
        "targets": [{"from": _since(since), "target": _number(target)} for since, target in history] or None,
        "weight": None if node.weight == 1 else _number(node.weight),
        "weekdays": None if node.weekdays == ALL_WEEK else days,
        "starts_on": node.starts_on and node.starts_on.isoformat(),
        "ends_on": node.ends_on and node.ends_on.isoformat(),
    }
    return {name: value for name, value in fields.items() if value is not None}


def _entry(key: str, entry: Entry) -> dict[str, object]:
    fields = {
        "node": key,
        "date": entry.on.isoformat(),
        "value": _number(entry.value),
        "skipped": entry.skipped or None,
        "note": entry.note,
        "author": entry.author_id,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _since(on: date) -> str | None:
    return None if on == date.min else on.isoformat()


def _number(value: Decimal | None) -> int | float | None:
    """A number that JSON writes digit for digit: up to fifteen digits, and no value here has more, a float is exact."""
    if value is None:
        return None
    value = exact(value)
    return int(value) if value == value.to_integral_value() else float(value)
