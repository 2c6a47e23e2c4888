"""`tree` and `summary` as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from core.reading import Reading, Summary


def tree_text(readings: Sequence[Reading]) -> str:
    """Every tree, a line a node, indented."""
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
    """A day's summary in five lines."""
    daily, streaks = summary.daily, summary.streaks
    rows = [
        ("today", f"{daily.completed} of {daily.total} done ({daily.rate}%)"),
        ("weekly", f"{summary.weekly.progress}%, {summary.weekly.well} on track"),
        ("monthly", f"{summary.monthly.progress}%, {summary.monthly.well} reached"),
        ("quarterly", f"{summary.quarterly.progress}%, {summary.quarterly.well} power goals on track"),
        ("streaks", f"best {streaks.best}, average {streaks.average}, total {streaks.total}"),
    ]
    return "\n".join([summary.on.isoformat(), *(f"{name:<10}{text}" for name, text in rows)])
