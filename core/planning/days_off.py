"""What an outline changes in the days off that are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from core.goals.model import Node, Pause
from core.planning.plan import DaysOff, PlanNode


@dataclass(frozen=True, slots=True)
class PlannedPause:
    """Days off of a goal, or of everything (None): new ones, or such as are called off."""

    node: Node | None
    pause: Pause
    is_off: bool = False


def paused(there: Sequence[Pause], lines: Iterable[tuple[PlanNode, Node]], today: date) -> Iterator[PlannedPause]:
    """What the lines of an outline, each with its goal, change. Where a line says days off, those of its goal that are
    not over and that it does not mention are called off; a line that says none leaves them as they are."""
    said: dict[int | None, tuple[Node | None, list[DaysOff]]] = defaultdict(lambda: (None, []))
    for line, node in lines:
        for one in line.pauses:
            key = None if one.everything else node.id
            said[key] = (None if one.everything else node, [*said[key][1], one])
    for node_id, (of, wanted) in said.items():
        own = [one for one in there if one.node_id == node_id]
        kept = [one for one in own if one.last < today or DaysOff(one.first, one.last, of is None) in wanted]
        yield from (PlannedPause(of, one, is_off=True) for one in own if one not in kept)
        for days in dict.fromkeys(wanted):
            if not any(one.first <= days.first and days.last <= one.last for one in kept):
                yield PlannedPause(of, Pause(0, days.first, days.last, node_id))
