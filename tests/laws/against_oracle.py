"""A cache compared with the slow recomputation: every node in every period, and every streak on many days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from core.goals.model import Level, Status
from core.goals.periods import Period
from core.goals.progress import ONE, Cell, blank
from core.goals.reading import Reading, Summary
from core.goals.streaks import Run, Streak, streak_on
from core.goals.tree import Tree
from tests.oracle import Oracle, OracleNode, Span

QUIET_DAY = date(2026, 1, 1)
"""The day to look at in trees without entries."""
NEAR = Fraction(1, 10**9)
"""The most by which progress may be off, because every level rounds down."""


def complaints(
    document: dict[str, Any], tree: Tree, cells: Mapping[int, Mapping[date, Cell]], runs: Mapping[int, Run]
) -> list[str]:
    """The differences between cells and runs and the document's entries; empty if there are none.

    All periods around an entry are compared, and all that have a cell; nothing has happened in any others. Streaks are
    compared on days from the latest entry on, as they are read.
    """
    slow = Oracle(document)
    result = []
    dated = {date.fromisoformat(entry["date"]) for entry in document["entries"]}
    around = {day + timedelta(days=away) for day in dated for away in range(-4, 5)} | {QUIET_DAY}
    for node in tree.nodes.values():
        twin = slow.nodes[node.key]
        own = {
            start: cell
            for start, cell in cells.get(node.id, {}).items()
            if cell != blank(tree, node, tree.period_of(node, start))
        }
        result += [f"{node.key}: a cell at {on}, where no period starts" for on in own if twin.period(on)[0] != on]
        for first, last in sorted({twin.period(day) for day in around | own.keys()}):
            cell = cells.get(node.id, {}).get(first) or blank(tree, node, Period(first, last))
            result += [f"{node.key} {first}: {what}" for what in _wrong(twin, (first, last), cell)]
        if tree.is_leaf(node) and node.level is not Level.RANGE:
            latest = max(dated | {QUIET_DAY})
            for on in (latest + timedelta(days=ahead) for ahead in (0, 1, 2, 5, 9, 40)):
                streak, (current, best) = streak_on(tree, node, runs.get(node.id, Run()), on), twin.streak(on)
                if streak != Streak(current, best):
                    result.append(f"{node.key} on {on}: {streak} instead of {current}, best {best}")
    return result


def _wrong(twin: OracleNode, period: Span, cell: Cell) -> Iterator[str]:
    value, progress = twin.value(period), twin.progress(period)
    truth = progress or Fraction(0)
    if abs(Fraction(cell.progress, ONE) - truth) > NEAR or (cell.progress >= ONE) is not (truth == 1):
        yield f"progress {cell.progress / ONE} instead of {progress}"
    if not same_value(cell.value, value):
        yield f"value {cell.value} instead of {value}"
    if cell.counts is not twin.counts(period):
        yield f"counts {cell.counts}"
    if cell.excused and not (twin.is_own(period) and twin.is_skipped(period)):
        yield f"excused {cell.excused}"


def same_value(value: Decimal | None, truth: Fraction | None) -> bool:
    """Whether a value is right, allowing for rounding."""
    if value is None or truth is None:
        return value is None and truth is None
    return abs(Fraction(value) - truth) <= Fraction(1, 10**5)


def complaints_about_reading(document: dict[str, Any], reading: Reading, up_to: date | None = None) -> list[str]:
    """The differences between a tree as shown on a day and the slow recomputation from the entries dated up to that day
    (or to another day)."""
    on, slow = reading.on, Oracle(document, up_to or reading.on)
    result = []
    for node in reading.tree.nodes.values():
        standing, twin = reading.standing(node), slow.nodes[node.key]
        expected = twin.seen(on)
        seen: dict[str, Any] = {
            "level": node.level.value,
            "periodStart": standing.period.start.isoformat(),
            "periodEnd": standing.period.end.isoformat(),
            "currentValue": expected["currentValue"],
            "targetValue": None if standing.target is None else Fraction(standing.target),
            "progressPercentage": standing.percent,
            "status": standing.status.value,
        }
        if standing.streak:
            seen["streak"] = {"current": standing.streak.current, "best": standing.streak.best}
        if seen != expected or not same_value(standing.value, expected["currentValue"]):
            result.append(f"{node.key} on {on}: {standing} instead of {expected}")
    return result


def complaints_about_summary(document: dict[str, Any], summary: Summary) -> list[str]:
    """The differences between a summary and the slow recomputation of its day."""
    expected = Oracle(document, summary.on).summary(summary.on)
    pairs = {
        "completed": (summary.daily.completed, expected["daily"]["completed"]),
        "total": (summary.daily.total, expected["daily"]["total"]),
        "rate": (summary.daily.rate, expected["daily"]["rate"]),
        "weekly": (summary.weekly.progress, expected["weekly"]["progress"]),
        "kpisOnTrack": (summary.weekly.well, expected["weekly"]["kpisOnTrack"]),
        "monthly": (summary.monthly.progress, expected["monthly"]["progress"]),
        "milestonesHit": (summary.monthly.well, expected["monthly"]["milestonesHit"]),
        "quarterly": (summary.quarterly.progress, expected["quarterly"]["progress"]),
        "powerGoalsOnTrack": (summary.quarterly.well, expected["quarterly"]["powerGoalsOnTrack"]),
        "yearly": (summary.yearly.progress, expected["yearly"]["progress"]),
        "yearly on track": (summary.yearly.well, expected["yearly"]["kpisOnTrack"]),
        "best": (summary.streaks.best, expected["streaks"]["best"]),
        "all streaks": (summary.streaks.total, expected["streaks"]["total"]),
    }
    result = [f"{name}: {seen} instead of {wanted}" for name, (seen, wanted) in pairs.items() if seen != wanted]
    if abs(float(summary.streaks.average) - expected["streaks"]["average"]) > 0.0500001:
        result.append(f"average: {summary.streaks.average} instead of {expected['streaks']['average']}")
    return result


def statuses(readings: Iterable[Reading]) -> set[Status]:
    """Every status in the tree."""
    return {r.standing(node).status for r in readings for node in r.tree.nodes.values()}
