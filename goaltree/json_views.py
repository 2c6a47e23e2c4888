"""`--json`: of `tree` and `summary` the seed's GoalTreeResponse and ProgressSummary (DESIGN.md §5), and `status`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from core.model import Kind, Node
from core.ports.journal import Note
from core.ports.statistics import Counts
from core.reading import Reading, Summary
from scheduler.nightly import BACKUP, VERIFICATION
from scheduler.postman import TICK

_TARGETS = frozenset({Kind.QUARTERLY_TARGET, Kind.POWER_GOAL})


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _node(reading: Reading, node: Node) -> dict[str, Any]:
    standing = reading.standing(node)
    streak = standing.streak
    return {
        "id": str(node.id),
        "key": node.key,
        "kind": node.kind.value,
        "level": node.level.value,
        "title": node.title,
        "unit": node.unit,
        "strategy": node.strategy.value if node.strategy else None,
        "weight": _number(node.weight),
        "direction": node.direction.value,
        "baseline": _number(node.baseline),
        "targetValue": _number(standing.target),
        "currentValue": _number(standing.value),
        "progressPercentage": standing.percent,
        "status": standing.status.value,
        "periodStart": standing.period.start.isoformat(),
        "periodEnd": standing.period.end.isoformat(),
        "streak": {"current": streak.current, "best": streak.best} if streak else None,
    }


def tree_json(readings: Sequence[Reading]) -> dict[str, Any]:
    """One vision under "vision", several (or none) under "visions"."""
    visions = [_vision(reading) for reading in readings]
    return {"vision": visions[0]} if len(visions) == 1 else {"visions": visions}


def _vision(reading: Reading) -> dict[str, Any]:
    built: dict[int, dict[str, Any]] = {}
    # Children before their parents, so that the depth of a tree is never the depth of the stack.
    for node in reading.tree.bottom_up:
        built[node.id] = _node(reading, node)
        children = reading.tree.children(node)
        if node is not reading.tree.vision:
            built[node.id]["children"] = [built[child.id] for child in children]
    vision, children = built[reading.tree.vision.id], reading.tree.children(reading.tree.vision)
    vision["progress"] = vision["progressPercentage"]
    vision["kpis"] = [built[child.id] for child in children if child.kind not in _TARGETS]
    vision["quarterlyTargets"] = [built[child.id] for child in children if child.kind in _TARGETS]
    return vision


def summary_json(summary: Summary) -> dict[str, Any]:
    """The seed's ProgressSummary."""
    return {
        "daily": {
            "completed": summary.daily.completed,
            "total": summary.daily.total,
            "rate": summary.daily.rate,
        },
        "weekly": {"progress": summary.weekly.progress, "kpisOnTrack": summary.weekly.well},
        "monthly": {"progress": summary.monthly.progress, "milestonesHit": summary.monthly.well},
        "quarterly": {"progress": summary.quarterly.progress, "powerGoalsOnTrack": summary.quarterly.well},
        "yearly": {"progress": summary.yearly.progress, "kpisOnTrack": summary.yearly.well},
        "streaks": {
            "best": summary.streaks.best,
            "average": float(summary.streaks.average),
            "total": summary.streaks.total,
        },
    }


def status_json(counts: Counts, notes: Mapping[str, Note]) -> dict[str, Any]:
    """How much there is, and when what last happened: null where it never did. Instants are ISO 8601, in UTC."""
    oldest = counts.oldest_undelivered
    return {
        "people": counts.people,
        "groups": counts.groups,
        "unreachable": counts.unreachable,
        "trees": counts.trees,
        "outdatedTrees": counts.outdated,
        "entries": counts.entries,
        "reminders": counts.reminders,
        "dueWithinHour": counts.due_within_hour,
        "dueWithinDay": counts.due_within_day,
        "outbox": dict(counts.outbox),
        "oldestUndelivered": None if oldest is None else _instant(oldest),
        "lastTick": _note(notes.get(TICK)),
        "lastVerification": _note(notes.get(VERIFICATION)),
        "lastBackup": _note(notes.get(BACKUP)),
    }


def _note(note: Note | None) -> dict[str, Any] | None:
    return None if note is None else {"at": _instant(note.at), **note.detail}


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
