"""What a digest says of single leaves: their streaks, and the strip of their days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from core.digest.model import Day, LeafStreak, Mark, Strip
from core.digest.state import View
from core.model import Entry, Level, Node
from core.periods import DAY, Period
from core.progress import ONE, contribution, period_is_skipped
from core.streaks import streak_on


def leaf_streaks(views: Sequence[View]) -> tuple[LeafStreak, ...]:
    """The streaks that stand, and those that set a record in the period; the longest current ones first."""
    found = []
    for view, leaf in _live_leaves(views):
        streak = streak_on(view.tree, leaf, view.state.run(leaf), view.at)
        line = LeafStreak(leaf, streak.current, streak.best, view.before.run(leaf).best)
        if line.current or line.record:
            found.append(line)
    return tuple(sorted(found, key=lambda line: -line.current))


def strips(views: Sequence[View]) -> tuple[Strip, ...]:
    """The days of every leaf that was active in the period."""
    return tuple(Strip(leaf, tuple(_days(view, leaf))) for view, leaf in _live_leaves(views))


def live_leaves(view: View) -> Iterator[Node]:
    """The leaves that were active in the period."""
    return (leaf for leaf in view.tree.leaves() if view.is_live(leaf))


def _live_leaves(views: Sequence[View]) -> Iterator[tuple[View, Node]]:
    return ((view, leaf) for view in views for leaf in live_leaves(view))


def _days(view: View, leaf: Node) -> Iterator[Day]:
    words: dict[date, list[Entry]] = defaultdict(list)
    if leaf.level is not Level.DAILY:
        for entry in view.state.entries:
            if entry.node_id == leaf.id:
                words[entry.on].append(entry)
    on = view.window.start
    while on <= view.window.end:
        yield _scheduled_day(view, leaf, on) if leaf.level is Level.DAILY else _day_within(view, leaf, on, words[on])
        on += DAY


def _scheduled_day(view: View, leaf: Node, on: date) -> Day:
    period = Period(on, on)
    cell = view.state.cell(leaf, period)
    if cell.excused:
        mark = Mark.SKIPPED
    elif not view.tree.counts(leaf, period):
        mark = Mark.OFF
    elif cell.progress >= ONE:
        mark = Mark.DONE
    elif cell.progress > 0:
        mark = Mark.PARTIAL
    else:
        mark = Mark.OPEN if on >= view.at else Mark.MISSED
    return Day(on, mark, cell.progress)


def _day_within(view: View, leaf: Node, on: date, words: Sequence[Entry]) -> Day:
    """A day of a leaf with a longer period, from what was logged for it."""
    if on not in view.tree.active(leaf):
        return Day(on, Mark.OFF, 0)
    if period_is_skipped(words):
        return Day(on, Mark.SKIPPED, 0)
    if contribution(view.tree.measure(leaf), words):
        return Day(on, Mark.DONE, ONE)
    return Day(on, Mark.OPEN if on >= view.at else Mark.OFF, 0)
