"""`tree`, `summary` and `status` as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.goals.reading import Reading, Summary
from core.ports.journal import Note
from core.ports.statistics import Counts, Digests
from scheduler.nightly import BACKUP, VERIFICATION
from scheduler.postman import TICK


def tree_text(readings: Sequence[Reading]) -> str:
    """Every tree, indented, a line per node."""
    if not readings:
        return "No goals yet. Bring some in with: goaltree import FILE"
    lines = []
    for reading in readings:
        for depth, node in reading.tree.walk():
            standing = reading.standing(node)
            streak = f"  streak {standing.streak.current}" if standing.streak and standing.streak.current else ""
            status = standing.status.value.replace("_", " ")
            lines.append(f"{'  ' * depth}{node.title}  {standing.percent}%  {status}{streak}")
    return "\n".join(lines)


def summary_text(summary: Summary) -> str:
    """A day's summary, a line per figure."""
    daily, streaks = summary.daily, summary.streaks
    rows = [
        ("today", f"{daily.completed} of {daily.total} done ({daily.rate}%)"),
        ("weekly", f"{summary.weekly.progress}%, {summary.weekly.well} on track"),
        ("monthly", f"{summary.monthly.progress}%, {summary.monthly.well} reached"),
        ("quarterly", f"{summary.quarterly.progress}%, {summary.quarterly.well} power goals on track"),
        ("yearly", f"{summary.yearly.progress}%, {summary.yearly.well} on track"),
        ("streaks", f"best {streaks.best}, average {streaks.average}, total {streaks.total}"),
    ]
    return "\n".join([summary.on.isoformat(), *(f"{name:<10}{text}" for name, text in rows)])


def status_text(counts: Counts, notes: Mapping[str, Note], now: datetime) -> str:
    """The amount of data and the state of the bot, a line each."""
    unreachable = f", {counts.unreachable} of them out of reach" if counts.unreachable else ""
    verification, backup = notes.get(VERIFICATION), notes.get(BACKUP)
    rows = [
        ("people", f"{counts.people}, and {_of(counts.groups, 'group')}{unreachable}"),
        ("trees", f"{counts.trees}" + (f", {counts.outdated} of them to be rebuilt" if counts.outdated else "")),
        ("entries", f"{counts.entries}"),
        ("reminders", f"{counts.reminders}: {counts.due_within_hour} due in an hour, {counts.due_within_day} in a day"),
        ("outbox", ", ".join(f"{number} {state}" for state, number in counts.outbox.items())),
        ("oldest undelivered", "none" if counts.oldest_undelivered is None else ago(counts.oldest_undelivered, now)),
        ("digests", _digests(counts.digests, now)),
        ("last tick", _when(notes.get(TICK), now)),
        ("last verification", _when(verification, now) + (_verified(verification) if verification else "")),
        ("last backup", _when(backup, now) + (f": {backup.detail['path']}" if backup else "")),
    ]
    return "\n".join(f"{name:<20}{text}" for name, text in rows)


def ago(at: datetime, now: datetime) -> str:
    """The age of an instant, in the largest unit that fits."""
    seconds = int((now - at).total_seconds())
    if seconds < 0:
        return f"at {at:%Y-%m-%d %H:%M} UTC, which is still to come"
    return f"{_span(seconds)} ago"


def _span(seconds: int) -> str:
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= length:
            return _of(seconds // length, unit)
    return _of(seconds, "second")


def _digests(digests: Digests, now: datetime) -> str:
    if not digests.waiting:
        return "none waits"
    left = 0 if digests.until is None else max(0, int((digests.until - now).total_seconds()))
    return f"{digests.waiting} to be sent, the last in {_span(left)}"


def _when(note: Note | None, now: datetime) -> str:
    return "never" if note is None else ago(note.at, now)


def _verified(note: Note) -> str:
    trees, differences = note.detail["visions"], note.detail["differences"]
    said = "every figure right" if differences == 0 else f"{differences} wrong: goaltree rebuild repairs them"
    return f": {_of(trees, 'tree')}, {said}"


def _of(number: object, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
