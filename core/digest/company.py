"""A digest's part about a group's members: how the *each* goals went, who did all of them, and who contributed what to
the shared goals. Members who did not are never named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from core.digest.model import Company, EachLine
from core.digest.state import DigestView
from core.goals.model import Entry, Member, Node
from core.goals.periods import Period
from core.group.brought import Brought, brought_to
from core.group.round import DayCounts, streak_of
from core.records import record


@record
class GroupFacts:
    """The facts about a group that its trees do not hold: the days of its daily *each* nodes, by node, and who is
    in."""

    days: Mapping[int, DayCounts] = field(default_factory=dict)
    members: Sequence[Member] = ()


def company(views: Sequence[DigestView], group: GroupFacts) -> Company | None:
    """How a group did; None if it has no *each* goal and nobody contributed to a shared goal."""
    tallies = _Tallies()
    lines = [tallies.line(view, node) for view in views for node in _each_nodes(view)]
    lines = [line for line in lines if line.asked]
    brought = _brought(views, group.members)
    if not lines and not brought:
        return None
    streak = streak_of([view.tree for view in views], group.days, views[0].seen)
    return Company(tuple(lines), tallies.everything, streak, brought)


def _each_nodes(view: DigestView) -> Iterator[Node]:
    for node in view.tree.goals():
        if node.each is not None and node.level.rank <= view.level.rank and view.is_live(node):
            yield node


class _Tallies:
    """For each member how many things were asked and how many are done; and the names of those present."""

    def __init__(self) -> None:
        self._done: Counter[int] = Counter()
        self._periods_done: Counter[int] = Counter()
        self._names: dict[int, str] = {}

    def line(self, view: DigestView, node: Node) -> EachLine:
        """Counts an *each* goal."""
        done = asked = 0
        for child in view.tree.children(node):
            mine = list(_periods_done(view, child))
            done, asked = done + sum(mine), asked + len(mine)
            if child.member_id is not None:
                self._done[child.member_id] += sum(mine)
                self._periods_done[child.member_id] += len(mine)
                if view.seen in view.tree.active(child):
                    self._names[child.member_id] = child.title
        return EachLine(node, done, asked)

    @property
    def everything(self) -> tuple[str, ...]:
        """The members who did everything that was asked of them."""
        return tuple(name for one, name in self._names.items() if self._done[one] == self._periods_done[one] > 0)


def _brought(views: Sequence[DigestView], members: Sequence[Member]) -> tuple[Brought, ...]:
    """The members' contributions in the window to goals that all share."""
    if not members or not views:
        return ()
    entries: dict[int, list[Entry]] = {}
    for view in views:
        for entry in view.state.entries:
            entries.setdefault(entry.node_id, []).append(entry)
    return brought_to([view.tree for view in views], members, entries, Period(views[0].window.start, views[0].seen))


def _periods_done(view: DigestView, leaf: Node) -> Iterator[bool]:
    """For each period of a member's leaf in the window that is over or done already: whether it is done."""
    active = view.tree.active(leaf).meets(Period(view.window.start, view.seen))
    if active is None:
        return
    for period in view.tree.own_periods(leaf, view.window):
        cell = view.settled.cell(leaf, period)
        if not cell.counts or period.start > view.seen:
            continue
        if cell.done or period.end < view.at:
            yield cell.done
