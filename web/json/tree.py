"""Trees as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.goals.model import Kind, Node, Status
from core.goals.reading import Reading, Standing, to_make_up
from core.goals.status import pace
from web.json.values import number

_TARGETS = frozenset({Kind.QUARTERLY_TARGET, Kind.POWER_GOAL})


_PACED = frozenset({Status.ON_TRACK, Status.AT_RISK, Status.BEHIND})
_NO_PROGRESS = {"currentValue": None, "progressPercentage": None, "status": None, "streak": None}


def tree_json(readings: Sequence[Reading]) -> dict[str, Any]:
    """One vision under "vision"; several (or none) under "visions"."""
    visions = [vision_json(reading) for reading in readings]
    return {"vision": visions[0]} if len(visions) == 1 else {"visions": visions}


def vision_json(
    reading: Reading, depth: int | None = None, *, progress: bool = True, paced: bool = False
) -> dict[str, Any]:
    """A tree down to `depth` levels below the vision (None: all of it). A node at the cut has null for children.

    Without `progress`, figures that follow from entries are null. `paced` adds the value at an even pace, and the
    amount missing to it.
    """
    tree, vision = reading.tree, reading.tree.vision
    shown = [(level, node) for level, node in tree.walk(vision) if depth is None or level <= depth]
    built: dict[int, dict[str, Any]] = {}

    def below(node: Node, level: int) -> list[dict[str, Any]] | None:
        children = tree.children(node)
        return None if level == depth and children else [built[child.id] for child in children]

    # Children are written before their parents, so that a deep tree does not need a deep stack.
    for level, node in reversed(shown):
        built[node.id] = _alone(reading, node, progress=progress, paced=paced)
        if node is not vision:
            built[node.id]["children"] = below(node, level)
    top, children = built[vision.id], [] if depth == 0 else tree.children(vision)
    top |= {"progress": top["progressPercentage"], "kpis": [], "quarterlyTargets": []}
    for child in children:
        top["quarterlyTargets" if child.kind in _TARGETS else "kpis"].append(built[child.id])
    return top


def _alone(reading: Reading, node: Node, *, progress: bool, paced: bool) -> dict[str, Any]:
    """A node without its children, with the wanted figures."""
    standing = reading.standing(node)
    one = node_json(standing)
    if paced:
        one.update(_pace_json(reading, standing))
    if not progress:
        one.update(_NO_PROGRESS)
    return one


def _pace_json(reading: Reading, standing: Standing) -> dict[str, Any]:
    if standing.status not in _PACED:
        return {"pacePercentage": None, "toMakeUp": None}
    ended, days = pace(reading.tree, standing.node, reading.on)
    return {"pacePercentage": 100 * ended // days, "toMakeUp": number(to_make_up(reading.tree, standing, reading.on))}


def node_json(standing: Standing) -> dict[str, Any]:
    """A node without its children."""
    node = standing.node
    return {
        "id": str(node.id),
        "key": node.key,
        "kind": node.kind.value,
        "level": node.level.value,
        "title": node.title,
        "unit": node.unit,
        "strategy": node.strategy.value if node.strategy else None,
        "weight": number(node.weight),
        "direction": node.direction.value,
        "baseline": number(node.baseline),
        **standing_json(standing),
    }


def standing_json(standing: Standing) -> dict[str, Any]:
    """A node's progress in its period."""
    streak = standing.streak
    return {
        "targetValue": number(standing.target),
        "currentValue": number(standing.value),
        "progressPercentage": standing.percent,
        "status": standing.status.value,
        "periodStart": standing.period.start.isoformat(),
        "periodEnd": standing.period.end.isoformat(),
        "streak": {"current": streak.current, "best": streak.best} if streak else None,
    }
