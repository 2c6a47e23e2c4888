"""`tree --json` and `summary --json`: the seed's GoalTreeResponse and ProgressSummary (DESIGN.md §5)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from core.model import Kind, Node
from core.reading import Reading, Summary

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
        "streaks": {
            "best": summary.streaks.best,
            "average": float(summary.streaks.average),
            "total": summary.streaks.total,
        },
    }
