"""The changes that an outline makes to existing days off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from core.goals.model import Node, Pause
from core.planning.plan import DaysOff, PlanNode
from core.records import record


@record
class PlannedPause:
    """Days off of a goal, or of everything (None), to add or to cancel."""

    node: Node | None
    pause: Pause
    is_off: bool = False


def paused(there: Sequence[Pause], lines: Iterable[tuple[PlanNode, Node]], today: date) -> Iterator[PlannedPause]:
    """The changes by the lines of an outline, each with its goal. If a line has days off, those of its goal that it
    does not mention and that are not over are cancelled; a line without any changes none."""
    said: dict[Node | None, list[DaysOff]] = defaultdict(list)
    for line, node in lines:
        for one in line.pauses:
            said[None if one.everything else node].append(one)
    for of, wanted in said.items():
        node_id = of.id if of else None
        yield from _changed(of, [one for one in there if one.node_id == node_id], wanted, today)


def _changed(of: Node | None, own: Iterable[Pause], wanted: Sequence[DaysOff], today: date) -> Iterator[PlannedPause]:
    kept: list[Pause] = []
    for one in own:
        if one.last < today or DaysOff(one.first, one.last, of is None) in wanted:
            kept.append(one)
        else:
            yield PlannedPause(of, one, is_off=True)
    for days in dict.fromkeys(wanted):
        if not any(one.first <= days.first and days.last <= one.last for one in kept):
            yield PlannedPause(of, Pause(0, days.first, days.last, of.id if of else None))
