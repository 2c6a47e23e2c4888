"""A group's board: each member's today, week and streak. Values, no wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from core.goals.model import Level, Member, Node
from core.goals.periods import Period, period_of
from core.goals.progress import Sums
from core.goals.reading import Reading
from core.goals.tree import Tree
from core.goals.windows import ChildCells
from core.group.round import MemberState, Round
from core.records import record


@record
class BoardRow:
    """One member: how many things were asked of them today and how many are done; the week's progress so far in parts
    (None: nothing was asked); and the days in a row on which they did everything."""

    member: Member
    done: int
    asked: int
    week: int | None
    streak: int
    away: bool


def spans_of(readings: Iterable[Reading]) -> list[ChildCells]:
    """The cells to sum: those of members' own leaves in this week, up to the readings' day."""
    return [
        ChildCells(leaf.id, window.start, window.end)
        for reading in readings
        for leaf in own_leaves(reading.tree)
        for window in [_window(reading, leaf)]
    ]


def own_leaves(tree: Tree) -> list[Node]:
    """The members' own leaves that are daily or weekly."""
    short = (Level.DAILY, Level.WEEKLY)
    return [node for node in tree.nodes.values() if node.member_id is not None and node.level in short]


def _window(reading: Reading, leaf: Node) -> Period:
    """The starts of a leaf's periods in this week that have begun."""
    week = period_of(Level.WEEKLY, reading.on, reading.tree.week_start)
    return Period(week.start, week.start if leaf.level is Level.WEEKLY else reading.on)


def board_of(
    readings: Sequence[Reading], today: Round, sums: Mapping[int, Sums], *, ordered: bool = True
) -> list[BoardRow]:
    """The members' rows: ranked by week, then streak, then joining if `ordered`, else in the order of joining. `sums`
    are those of `spans_of`."""
    leaves: dict[int, list[tuple[Reading, Node]]] = {}
    for reading in readings:
        for leaf in own_leaves(reading.tree):
            leaves.setdefault(leaf.member_id or 0, []).append((reading, leaf))
    rows = [_row(part.member, today, leaves.get(part.member.id, []), sums) for part in today.members]
    if not ordered:
        return rows
    return sorted(rows, key=lambda row: (-1 if row.week is None else row.week, row.streak), reverse=True)


def _row(member: Member, today: Round, leaves: Sequence[tuple[Reading, Node]], sums: Mapping[int, Sums]) -> BoardRow:
    parts = [
        part
        for ask in today.asks
        if not ask.is_shared
        for part in ask.parts
        if part.member.id == member.id and part.state in (MemberState.DONE, MemberState.OPEN)
    ]
    return BoardRow(
        member,
        sum(part.state is MemberState.DONE for part in parts),
        len(parts),
        _week(leaves, sums),
        min(_streaks(leaves), default=0),
        member in today.of(MemberState.AWAY),
    )


def _week(leaves: Sequence[tuple[Reading, Node]], sums: Mapping[int, Sums]) -> int | None:
    """The mean progress of the leaves in the week; None if nothing was asked."""
    total = periods = 0
    for reading, leaf in leaves:
        tree, window = reading.tree, _window(reading, leaf)
        brought = sums.get(leaf.id, Sums())
        whole = tree.period_of(leaf, window.start) if leaf.level is Level.WEEKLY else window
        total += brought.total
        periods += tree.count_own_periods(leaf, whole) - brought.excused + brought.extra
    return total // periods if periods > 0 else None


def _streaks(leaves: Sequence[tuple[Reading, Node]]) -> Iterator[int]:
    """The streaks of the active daily leaves."""
    for reading, leaf in leaves:
        streak = reading.standing(leaf).streak
        if leaf.level is Level.DAILY and reading.on in reading.tree.active(leaf) and streak is not None:
            yield streak.current
