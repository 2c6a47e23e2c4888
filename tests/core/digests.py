"""Digests of the small trees in `plain`."""

from __future__ import annotations

from core.digest import Digest, LevelLine, Source, digest_of, entries_from, reach_back
from core.goals.model import Level
from core.goals.periods import Period, period_of
from tests.core.plain import Grown, day

MARKS = {"done": "x", "partial": "p", "missed": "-", "skipped": "s", "off": ".", "open": "o"}


def source(grown: Grown, level: Level, period: Period) -> Source:
    """What a store would give of a tree for a digest of a period, and no more."""
    tree, cache = grown.tree, grown.cache
    first = entries_from(level, period, [tree], tree.week_start)
    entries = tuple(sorted((e for e in grown.entries if e.on >= first), key=lambda entry: (entry.on, entry.id)))
    kept = reach_back(tree, entries, period.start) | {tree.vision.id}
    return Source(tree, first, entries, {node_id: cache.cells.get(node_id, {}) for node_id in kept}, cache.runs, tree)


def digest(level: Level, about: str, *trees: Grown, on: str | None = None, week_start: int = 0) -> Digest:
    """The digest of the period that holds a day, read on that day unless said otherwise."""
    period = period_of(level, day(about), week_start)
    sources = [source(tree, level, period) for tree in trees]
    return digest_of(sources, level, period, day(on or about), week_start)


def weekly(about: str, *trees: Grown, on: str | None = None) -> Digest:
    """The weekly digest."""
    return digest(Level.WEEKLY, about, *trees, on=on)


def monthly(about: str, *trees: Grown, on: str | None = None) -> Digest:
    """The monthly digest."""
    return digest(Level.MONTHLY, about, *trees, on=on)


def quarterly(about: str, *trees: Grown, on: str | None = None) -> Digest:
    """The quarterly digest."""
    return digest(Level.QUARTERLY, about, *trees, on=on)


def line(found: Digest, level: str) -> LevelLine:
    """A level's line."""
    return next(item for item in found.lines if item.level == level)


def strip(found: Digest, key: str) -> str:
    """A leaf's days, a letter each (`MARKS`)."""
    return next("".join(MARKS[day.mark] for day in item.days) for item in found.strips if item.leaf.key == key)
