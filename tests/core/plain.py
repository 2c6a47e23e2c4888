"""Small trees and series for tests, in few words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from core.goals.engine import Cache, realise
from core.goals.model import Entry, Node
from core.goals.reading import Reading, Standing
from core.goals.streaks import Streak
from core.goals.tree import Tree
from tests.laws.trees import entries_of, reading_of, trees_of

Json = dict[str, Any]


def day(text: str) -> date:
    """The date in a text."""
    return date.fromisoformat(text)


def goal(key: str, level: str = "daily", *children: Json, **said: Any) -> Json:
    """A KPI of a document."""
    node: Json = {"key": key, "title": key, "kind": "kpi", "level": level, **said}
    return node | ({"children": list(children)} if children else {})


def number(key: str, level: str = "daily", **said: Any) -> Json:
    """A number leaf of a document."""
    return goal(key, level, **({"measure": "number", "target": 5} | said))


@dataclass
class Grown:
    """A tree with its entries, all computed."""

    tree: Tree
    entries: list[Entry]

    @property
    def cache(self) -> Cache:
        return realise(self.tree, self.entries)

    def node(self, key: str) -> Node:
        return next(node for node in self.tree.nodes.values() if node.key == key)

    def reading(self, on: str) -> Reading:
        seen = [entry for entry in self.entries if entry.on <= day(on)]
        return reading_of(self.tree, realise(self.tree, seen), day(on))

    def standing(self, key: str, on: str) -> Standing:
        return self.reading(on).standing(self.node(key))

    def percent(self, key: str, on: str) -> int:
        """The tree on a day, with all entries, later ones too."""
        reading = reading_of(self.tree, self.cache, day(on))
        return reading.standing(self.node(key)).percent

    def value(self, key: str, on: str) -> Fraction:
        reading = reading_of(self.tree, self.cache, day(on))
        return Fraction(reading.standing(self.node(key)).value or 0)

    def status(self, key: str, on: str) -> str:
        return self.standing(key, on).status.value

    def streak(self, key: str, on: str) -> tuple[int, int]:
        streak = self.standing(key, on).streak or Streak()
        return streak.current, streak.best


def grow(
    *children: Json,
    logged: Iterable[tuple[str, str, Any]] = (),
    starts: str | None = "2026-01-01",
    ends: str | None = None,
    week_start: str = "monday",
    pauses: Iterable[tuple[str, str]] = (),
    **vision: Any,
) -> Grown:
    """A vision with these children, entries (key, date, value or "skip"), and pauses (first, last date)."""
    root = {"key": "v", "title": "v", "kind": "vision", "starts_on": starts, "children": list(children)}
    document: Json = {
        "format": "goaltree/1",
        "owner": {"week_start": week_start},
        "visions": [root | ({"ends_on": ends} if ends else {}) | vision],
        "entries": [_said(key, on, value) for key, on, value in logged],
        "pauses": [{"from": first, "to": last} for first, last in pauses],
    }
    [tree] = trees_of(document)
    return Grown(tree, entries_of(document, tree))


def _said(key: str, on: str, value: Any) -> Json:
    return {"node": key, "date": on} | ({"skipped": True} if value == "skip" else {"value": value})


def series(key: str, first: str, marks: str) -> list[tuple[str, str, Any]]:
    """A leaf's days from the first on: x done, - said not to be done, s skipped, . no entry."""
    values = {"x": 1, "-": 0, "s": "skip"}
    days = [(day(first) + timedelta(days=ahead), mark) for ahead, mark in enumerate(marks)]
    return [(key, on.isoformat(), values[mark]) for on, mark in days if mark != "."]
