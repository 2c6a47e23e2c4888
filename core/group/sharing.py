"""The view that a group has of a shared goal: how it stands, or the tree below as well. These values hold nothing else:
no notes, no amounts, no other goals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum

from core.goals.model import Level, Member, Node, Status
from core.goals.reading import Reading
from core.group.records import Share
from core.records import record

SHOWN_AFTER_END = timedelta(days=14)
"""How long an ended goal is still shown."""
MOST = 20
"""The most goals that a member shows to a group."""


class Today(Enum):
    """How a goal stands on the sharer's today. OFF: nothing is asked."""

    DONE = "done"
    OPEN = "open"
    OFF = "off"


@record
class SharedLine:
    """A goal as others see it, `depth` levels below the shared one. `streak` is in periods of `streak_level`; for a
    parent it is the longest current streak of its daily leaves. `ended_on` and `begins_on` are for a goal that is not
    active."""

    level: Level
    title: str
    percent: int
    today: Today
    streak: int = 0
    streak_level: Level = Level.DAILY
    depth: int = 0
    ended_on: date | None = None
    begins_on: date | None = None


@record
class SharedView:
    """A member's share. `lines` begins with the goal itself; there are others only if the whole tree is shared."""

    share: Share
    member: Member
    lines: tuple[SharedLine, ...]

    @property
    def line(self) -> SharedLine:
        """The goal itself."""
        return self.lines[0]


def lines_of(reading: Reading, node: Node, *, whole: bool) -> tuple[SharedLine, ...]:
    """The visible lines of a goal and, if `whole`, of the active goals below it."""
    if not whole:
        return (_line(reading, node, 0),)
    below = [
        _line(reading, goal, depth)
        for depth, goal in reading.tree.walk(node)
        if goal is node or reading.on in reading.tree.active(goal)
    ]
    return tuple(below)


def _line(reading: Reading, node: Node, depth: int) -> SharedLine:
    tree, active = reading.tree, reading.tree.active(node)
    standing = reading.standing(node)
    streak, level = 0, Level.DAILY
    if standing.streak is not None:
        streak, level = standing.streak.current, node.level
    else:
        streak = max((_streak(reading, leaf) for leaf in tree.leaves(node) if leaf.level is Level.DAILY), default=0)
    return SharedLine(
        node.level,
        node.title,
        standing.percent,
        _today(reading, node),
        streak,
        level,
        depth,
        active.end if active.end < reading.on else None,
        active.start if active.start > reading.on else None,
    )


def _streak(reading: Reading, leaf: Node) -> int:
    streak = reading.standing(leaf).streak
    return streak.current if streak and reading.on in reading.tree.active(leaf) else 0


def _today(reading: Reading, node: Node) -> Today:
    """How a goal stands today; for a parent, its daily leaves decide (all leaves, if none is daily). A longer leaf is
    done once its own period is complete."""
    asked = list(_statuses(reading, node))
    if not asked:
        return Today.OFF
    return Today.DONE if all(status is Status.DONE for status in asked) else Today.OPEN


def _statuses(reading: Reading, node: Node) -> Iterator[Status]:
    leaves = reading.tree.leaves(node)
    daily = [leaf for leaf in leaves if leaf.level is Level.DAILY]
    for leaf in daily or leaves:
        status = reading.standing(leaf).status
        if status not in (Status.OFF, Status.INACTIVE):
            yield status
