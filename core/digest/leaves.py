"""Single leaves in a digest: their streaks and the strips of their days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from core.digest.model import LeafStreak, Mark, Strip, StripDay, Tally
from core.digest.state import DigestView
from core.goals.model import Entry, Level, Node
from core.goals.periods import DAY, Period
from core.goals.progress import ONE, Cell, contribution, period_is_skipped
from core.goals.streaks import has_streak, streak_on
from core.goals.tree import Tree


def leaf_streaks(views: Sequence[DigestView]) -> tuple[LeafStreak, ...]:
    """Current streaks, and broken ones that set a record in the period; the longest current ones first. *Each* goals
    have none: those streaks are their members' own."""
    streaks = []
    for view, leaf in _live_leaves(views):
        if not has_streak(view.tree, leaf, view.seen):
            continue
        streak = streak_on(view.tree, leaf, view.state.run(leaf), view.at)
        line = LeafStreak(leaf, streak.current, streak.best, view.before.run(leaf).best)
        if line.current or line.record:
            streaks.append(line)
    return tuple(sorted(streaks, key=lambda line: -line.current))


def strips(views: Sequence[DigestView]) -> tuple[Strip, ...]:
    """The days of every leaf that was active in the period; for an *each* goal those of all members together."""
    return tuple(_strip(view, leaf) for view, leaf in _live_leaves(views))


def _strip(view: DigestView, leaf: Node) -> Strip:
    days = tuple(_days(view, leaf))
    if leaf.level is Level.DAILY or leaf.each is not None:
        return Strip(leaf, days)
    return Strip(leaf, days, view.cell(leaf).value, view.state.target(leaf, view.own_period(leaf)))


def tally(views: Sequence[DigestView], before: Sequence[DigestView]) -> Tally:
    """How many periods were done. `before`: the views as of the same point in the previous period."""
    done, asked = _counted(views)
    then, asked_then = _counted(before)
    return Tally(done, asked, then if asked_then else None)


def _counted(views: Sequence[DigestView]) -> tuple[int, int]:
    done = asked = 0
    for view, leaf in _live_leaves(views):
        for part in [leaf] if leaf.each is None else view.tree.children(leaf):
            if part.level.rank > view.level.rank:
                continue
            for period in view.tree.own_periods(part, view.window):
                cell = view.settled.cell(part, period)
                if not cell.counts or view.tree.is_tracked(part, period):
                    continue
                done += cell.done
                asked += cell.done or period.end < view.at
    return done, asked


def live_leaves(view: DigestView) -> Iterator[Node]:
    """The leaves that were active in the period, with the *each* goal in place of members' own leaves."""
    return (leaf for leaf in view.tree.loggable() if view.is_live(leaf))


def _live_leaves(views: Sequence[DigestView]) -> Iterator[tuple[DigestView, Node]]:
    return ((view, leaf) for view in views for leaf in live_leaves(view))


def _days(view: DigestView, leaf: Node) -> Iterator[StripDay]:
    parts = [leaf] if leaf.each is None else view.tree.children(leaf)
    words: dict[int, dict[date, list[Entry]]] = {part.id: defaultdict(list) for part in parts}
    if leaf.level is not Level.DAILY:
        for entry in view.state.entries:
            if entry.node_id in words:
                words[entry.node_id][entry.on].append(entry)
    on = view.window.start
    while on <= view.window.end:
        if leaf.level is Level.DAILY:
            yield scheduled_day(view.tree, leaf, view.state.cell(leaf, Period(on, on)), on, view.at)
        else:
            yield _together([day_within(view.tree, part, words[part.id][on], on, view.at) for part in parts], on)
        on += DAY


def scheduled_day(tree: Tree, leaf: Node, cell: Cell, on: date, at: date) -> StripDay:
    """A day of a daily goal, from its cell. Days before `at` have ended."""
    if cell.excused:
        mark = Mark.SKIPPED
    elif not cell.counts:
        mark = Mark.OFF
    elif tree.is_tracked(leaf, Period(on, on)):
        return StripDay(on, Mark.DONE, ONE) if cell.value else StripDay(on, Mark.OPEN if on >= at else Mark.OFF, 0)
    elif cell.progress >= ONE:
        mark = Mark.DONE
    elif cell.progress > 0:
        mark = Mark.PARTIAL
    else:
        mark = Mark.OPEN if on >= at else Mark.MISSED
    return StripDay(on, mark, cell.progress)


def _together(days: Sequence[StripDay], on: date) -> StripDay:
    """One day of several people: done is the share of people who did something, among those who were not excused."""
    asked = [day for day in days if day.mark in (Mark.DONE, Mark.OPEN)] or days[:1]
    done = sum(day.mark is Mark.DONE for day in asked)
    if not asked or not done:
        return asked[0] if asked else StripDay(on, Mark.OFF, 0)
    return StripDay(on, Mark.DONE, ONE) if done == len(asked) else StripDay(on, Mark.PARTIAL, done * ONE // len(asked))


def day_within(tree: Tree, leaf: Node, words: Sequence[Entry], on: date, at: date) -> StripDay:
    """A day of a leaf with a longer period, from its entries. Days before `at` have ended."""
    if not tree.is_active(leaf, on):
        return StripDay(on, Mark.OFF, 0)
    if period_is_skipped(words):
        return StripDay(on, Mark.SKIPPED, 0)
    if contribution(tree.measure(leaf), words):
        return StripDay(on, Mark.DONE, ONE)
    return StripDay(on, Mark.OPEN if on >= at else Mark.OFF, 0)
