"""The goals that an evening's prompt asks about: not all of them every evening, but those worth asking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.goals.days import count_days
from core.goals.model import Entry, Level, Node, Status
from core.goals.periods import DAY, Period, period_of
from core.goals.reading import Reading
from core.goals.tree import Tree


def is_worth_asking(reading: Reading, leaf: Node, logged: Iterable[Entry]) -> bool:
    """Whether a leaf that counts on the reading's day is asked for that evening. `logged` are its entries of the last
    two months, up to the day.

    Daily leaves are always asked for, and so are limits, which are proved day by day. A leaf of a longer period is
    asked for while it is behind its pace and on its period's last open day; a way from one value to another at the end
    of each week without an entry. Tracked leaves are asked for once they have any entry, which shows that the person
    wants it. A leaf with an entry on the day counts as asked.
    """
    tree, on, entries = reading.tree, reading.on, list(logged)
    if any(entry.on == on for entry in entries):
        return True
    standing = reading.standing(leaf)
    if standing.status is Status.TRACKED:
        return bool(entries) and (leaf.level is Level.DAILY or ends_on(tree, leaf, on))
    if _is_always_asked(tree, leaf, on):
        return True
    if leaf.baseline is not None:
        week = period_of(Level.WEEKLY, on, tree.week_start)
        return on == week.end and not any(entry.on in week for entry in entries)
    return standing.status in (Status.AT_RISK, Status.BEHIND)


def _is_always_asked(tree: Tree, leaf: Node, on: date) -> bool:
    """Whether a leaf is asked for on a day however it stands."""
    return leaf.level is Level.DAILY or leaf.is_limit or ends_on(tree, leaf, on)


def ends_on(tree: Tree, leaf: Node, on: date) -> bool:
    """Whether a day is the last open one of the leaf's period."""
    period = tree.period_of(leaf, on)
    return on == period.end or not count_days(tree.days(leaf).open, Period(on + DAY, period.end))


def may_be_asked(tree: Tree, leaf: Node, on: date) -> bool:
    """Whether a leaf that is due on a day may be asked for then. On the first day of a longer period nobody is behind
    yet, and a way from one value to another is asked for at the end of a week."""
    if _is_always_asked(tree, leaf, on):
        return True
    if leaf.baseline is not None:
        return on == period_of(Level.WEEKLY, on, tree.week_start).end
    return count_days(tree.days(leaf).open, Period(tree.period_of(leaf, on).start, on)) > 1
