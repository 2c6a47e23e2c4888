"""Digests of the small trees in `plain`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.digest.dates import Dates, dates_of
from core.digest.making import digest_of
from core.digest.model import Digest, LevelLine, Need, RollUp
from core.digest.reach import needed
from core.digest.runs import earlier_runs
from core.digest.source import Source
from core.digest.state import TreeState
from core.goals.model import Level
from core.goals.periods import Period, period_of
from core.goals.progress import Cell
from tests.core.plain import Grown, day, goal, grow, number

SUNDAY = "2026-11-22"
"""The last day of the week in most digests here: November 2026 begins on a Sunday."""
MARKS = {"done": "x", "partial": "p", "missed": "-", "skipped": "s", "off": ".", "open": "o"}


def source(grown: Grown, level: Level, period: Period, on: date) -> Source:
    """Exactly what a store would load of a tree for a digest: first the fewest cells that may be enough for the
    streaks, then all."""
    tree, cache = grown.tree, grown.cache
    dates = dates_of(level, period, on, tree.week_start)
    need = needed(tree, {*dates.cuts, on}, (dates.previous, period))
    stored: dict[int, dict[date, Cell]] = {}
    for span in need.cells:
        cells = cache.cells.get(span.node_id, {})
        inside = {start: cell for start, cell in cells.items() if span.first <= start <= span.last}
        stored.setdefault(span.node_id, {}).update(inside)
    entries = (e for e in grown.entries if e.on >= min(need.leaves.get(e.node_id, period.start), period.start))
    logged = tuple(sorted(entries, key=lambda entry: (entry.on, entry.id)))
    result = Source(tree, period.start, logged, stored, cache.runs, tree)
    known = {leaf.id: tree.period_of(leaf, dates.previous.start).start for leaf in tree.leaves()}
    told = earlier_runs(result, known, _states(result, dates))
    whole = replace(result, stored={**stored, **{leaf: cache.cells.get(leaf, {}) for leaf in told.short}})
    rest = earlier_runs(whole, dict.fromkeys(told.short, date.min), _states(whole, dates))
    return replace(result, earlier={**told.runs, **rest.runs})


def _states(result: Source, dates: Dates) -> list[TreeState]:
    return [TreeState(result, cut) for cut in (dates.seen, dates.previous.end)]


def digest(level: Level, about: str, *trees: Grown, on: str | None = None, week_start: int = 0) -> Digest:
    """The digest of the period that contains a day, read on that day by default."""
    period = period_of(level, day(about), week_start)
    sources = [source(tree, level, period, day(on or about)) for tree in trees]
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


def line(result: Digest, level: str) -> LevelLine:
    """The line of a level."""
    return next(item for item in result.lines if item.level == level)


def strip(result: Digest, key: str) -> str:
    """A leaf's days, a letter each (`MARKS`)."""
    return next("".join(MARKS[day.mark] for day in item.days) for item in result.strips if item.leaf.key == key)


def running(*logged: tuple[str, str, object], ends: str | None = None) -> Grown:
    """600 km a quarter, 200 km a month, 50 km a week."""
    run = number("run", unit="km", target=5)
    week = goal("week", "weekly", run, strategy="sum", target=50, unit="km")
    month = goal("month", "monthly", week, strategy="sum", target=200, unit="km")
    quarter = goal("quarter", "quarterly", month, strategy="sum", target=600, unit="km")
    return grow(quarter, logged=logged, starts="2026-10-01", ends=ends)


def rolled(result: Digest, key: str) -> RollUp:
    return next(item for item in result.roll_ups if item.node.key == key)


def need(result: Digest, key: str) -> Need:
    return next(item for item in result.needs if item.node.key == key)
