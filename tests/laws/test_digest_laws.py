"""Laws of digests: every figure agrees with the slow recomputation on the days in question."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.digest.making import digest_of
from core.digest.model import Digest
from core.digest.when import previous_of
from core.goals.model import Level
from core.goals.periods import Period, period_of
from core.goals.progress import ONE
from tests.core.digests import source
from tests.core.plain import Grown
from tests.laws.against_oracle import NEAR
from tests.laws.plans import FIRST, TODAY, law, logged_documents
from tests.laws.trees import entries_of, trees_of, week_start_of
from tests.oracle import Oracle, OracleNode, Span, calendar_period, days, exact

Json = dict[str, Any]
LEVELS = ["daily", "weekly", "monthly", "quarterly", "yearly", "range", "vision"]
CLOSE = Fraction(1, 10**5)


@st.composite
def histories(draw: st.DrawFn) -> Json:
    """A document with entries in two quarters, so that digests look back beyond what they load."""
    document = deepcopy(draw(logged_documents()))
    for entry in document["entries"]:
        later = draw(st.sampled_from([0, 0, 21, 42, 60]))
        entry["date"] = (date.fromisoformat(entry["date"]) + timedelta(days=later)).isoformat()
    return document


REPORTS = st.tuples(
    st.sampled_from([Level.WEEKLY, Level.WEEKLY, Level.MONTHLY, Level.QUARTERLY]),
    st.dates(FIRST, TODAY + timedelta(days=70)),
    st.integers(0, 12),
)
"""(level, a day of the period, how many days later it is read)."""


class Seen:
    """The slow recomputation of a digest."""

    def __init__(self, document: Json, level: Level, period: Period, on: date) -> None:
        week_start = week_start_of(document)
        previous = previous_of(level, period, week_start)
        self.rank = LEVELS.index(level)
        self.window: Span = (period.start, period.end)
        self.last: Span = (previous.start, previous.end)
        self.on, self.seen = on, min(on, period.end)
        self.at = min(on, period.end + timedelta(days=1))
        self.now, self.before, self.today = (
            Oracle(document, self.seen),
            Oracle(document, previous.end),
            Oracle(document, on),
        )
        self.settled = Oracle(document, min(on, _settled(self.window, week_start)))
        self.document, self.week_start = document, week_start
        self.settled_before = Oracle(document, min(on, _settled(self.last, week_start)))

    def earlier(self, level: str) -> list[Fraction]:
        """The shares of a level at the same point of the previous period; of its own period if that is longer than the
        digest's."""
        own = LEVELS[max(LEVELS.index(level), self.rank)]
        now = calendar_period(own, self.seen, self.week_start)
        last = calendar_period(own, now[0] - timedelta(days=1), self.week_start)
        cut = last[1] if self.seen == now[1] else min(last[0] + (self.seen - now[0]), last[1])
        then = Oracle(self.document, cut)
        whole = cut == last[1] and LEVELS.index(own) == self.rank
        return self.level(then, self.settled_before if whole else then, level, last, cut)

    def level(self, coarse: Oracle, fine: Oracle, level: str, window: Span, seen: date) -> list[Fraction]:
        result = []
        for node in (fine if LEVELS.index(level) <= self.rank else coarse).nodes.values():
            if node.level != level or (level == "daily" and not node.is_leaf):
                continue
            if not node.active_days((window[0], seen)):
                continue
            period = node.period(seen)
            if LEVELS.index(level) < self.rank:
                share = node.rate(window)
            else:
                share = node.progress(period) if node.counts(period) else None
                if share == 0 and not node.expects(period):  # it is off
                    share = None
            if share is not None:
                result.append(share)
        return result

    def live(self, node: OracleNode) -> bool:
        return bool(node.active_days((self.window[0], self.seen)))


def _settled(window: Span, week_start: int) -> date:
    """The last day of all weeks whose middle day is in the window."""
    weeks = {calendar_period("weekly", day, week_start) for day in days(window)}
    return max([window[1], *(week[1] for week in weeks if window[0] <= days(week)[3] <= window[1])])


def complaints(document: Json, level: Level, result: Digest) -> Iterator[str]:
    seen = Seen(document, level, result.period, result.on)
    yield from _lines(seen, result)
    yield from _roll_ups(seen, result)
    yield from _reached(seen, result)
    yield from _leaves(seen, result)
    yield from _needs(seen, result)


def _near(progress: int, truth: Fraction) -> bool:
    return abs(Fraction(progress, ONE) - truth) <= NEAR and (progress >= ONE) is (truth == 1)


def _lines(seen: Seen, result: Digest) -> Iterator[str]:
    lines = {line.level.value: line for line in result.lines}
    for level in LEVELS[:4]:
        shares = seen.level(seen.now, seen.settled, level, seen.window, seen.seen)
        before = seen.earlier(level)
        line = lines.get(level)
        if (line is None) is not (not shares):
            yield f"{level}: {line} of {shares}"
        if line is None:
            continue
        if line.nodes != len(shares) or not _near(line.progress, sum(shares, Fraction(0)) / len(shares)):
            yield f"{level}: {line} of {shares}"
        if (line.previous is None) is not (not before) or (
            line.previous is not None and not _near(line.previous, sum(before, Fraction(0)) / len(before))
        ):
            yield f"{level} before: {line} of {before}"


def _roll_ups(seen: Seen, result: Digest) -> Iterator[str]:
    told = {item.node.key: item for item in result.roll_ups}
    for key, node in seen.now.nodes.items():
        if node.is_leaf or LEVELS.index(node.level) < seen.rank or not seen.live(node):
            if key in told:
                yield f"{key}: told"
            continue
        period, was = node.period(seen.seen), seen.before.nodes[key]
        now = seen.settled.nodes[key] if LEVELS.index(node.level) == seen.rank else node
        figures = tuple(
            figure or Fraction(0)
            for figure in (now.value(period), now.progress(period), was.value(period), was.progress(period))
        )
        if key not in told:
            if figures[:2] != figures[2:] and abs(figures[1] - figures[3]) > NEAR:
                yield f"{key}: not told, {figures}"
            continue
        item = told[key]
        if not _near(item.progress, figures[1]) or not _near(item.progress_before, figures[3]):
            yield f"{key}: {item} instead of {figures}"
        if abs(Fraction(item.value) - figures[0]) > CLOSE or abs(Fraction(item.value_before) - figures[2]) > CLOSE:
            yield f"{key}: {item} instead of {figures}"


def _reached(seen: Seen, result: Digest) -> Iterator[str]:
    told = {(item.node.key, item.period.start) for item in result.reached}
    expected = set()
    for key, node in seen.now.nodes.items():
        if LEVELS.index(node.level) < seen.rank or not seen.live(node):
            continue
        now = seen.settled.nodes[key] if LEVELS.index(node.level) == seen.rank else node
        for period in {node.period(on) for on in days((seen.window[0], seen.seen))}:
            before = seen.before.nodes[key].progress(period) or Fraction(0)
            is_new = now.counts(period) and now.progress(period) == 1 and before < 1
            if is_new and not _is_cut_short(node, period):
                expected.add((key, period[0]))
    if told != expected:
        yield f"reached: {told} instead of {expected}"


def _is_cut_short(node: OracleNode, period: Span) -> bool:
    """Whether a completed goal was abandoned on the way, for less than its target."""
    if not _ends_within(node, period):
        return False
    target, value = node.target(period), node.value(period)
    return target is None or value is None or value < target


def _ends_within(node: OracleNode, period: Span) -> bool:
    root = node
    while root.parent is not None:
        root = root.parent
    if node.lasts[1] < min(period[1], root.lasts[1]):
        return True
    below = node.children
    return any(one.kind == "kpi" for one in below) and all(_ends_within(one, period) for one in below)


def _leaves(seen: Seen, result: Digest) -> Iterator[str]:
    live = [key for key, node in seen.now.nodes.items() if node.is_leaf and seen.live(node)]
    strips = {item.leaf.key: item for item in result.strips}
    if list(strips) != live:
        yield f"{list(strips)} instead of {live}"
    streaks = {item.leaf.key: (item.current, item.best, item.best_before) for item in result.streaks}
    for key in live:
        node = seen.now.nodes[key]
        marks = [(item.on, item.mark.value) for item in strips[key].days] if key in strips else []
        expected = [(on, _mark(seen, node, on)) for on in days(seen.window)]
        if marks != expected:
            yield f"{key}: {marks} instead of {expected}"
        if not node.has_streak(seen.seen):
            continue
        current, best = node.streak(seen.at)
        best_before = seen.before.nodes[key].streak(seen.last[1])[1]
        if current or best > best_before > 0:
            if streaks.get(key) != (current, best, best_before):
                yield f"{key}: streak {streaks.get(key)} instead of {(current, best, best_before)}"
        elif key in streaks:
            yield f"{key}: streak {streaks[key]}"


def _mark(seen: Seen, node: OracleNode, on: date) -> str:
    ahead, day = on >= seen.at, (on, on)
    if node.level != "daily":
        if not node.is_active(on):
            return "off"
        if node.is_skipped(day):
            return "skipped"
        logged = node.days_ticked(day) if node.check else sum(node.values_in(day))
        return "done" if logged else "open" if ahead else "off"
    if node.is_skipped(day) and node.is_own(day) and not node.is_tracked(day):
        return "skipped"
    if not node.counts(day):
        return "off"
    if node.is_tracked(day):
        return "done" if node.value(day) else "open" if ahead else "off"
    progress = node.progress(day)
    if progress:
        return "done" if progress == 1 else "partial"
    return "open" if ahead else "missed"


def _needs(seen: Seen, result: Digest) -> Iterator[str]:
    told = {item.node.key: item for item in result.needs}
    for key, node in seen.today.nodes.items():
        period = node.period(seen.on)
        target = node.expected(period)
        sums = node.strategy in ("sum", "count")
        if node.is_leaf:
            sums = not node.is_limit and node.baseline is None and (node.check or node.aggregate in ("sum", "count"))
        if (
            not (sums and node.is_active(seen.on))
            or target is None
            or LEVELS.index(node.level) < seen.rank
            or (node.is_leaf and node.is_own(period) and node.is_skipped(period))
        ):
            if key in told:
                yield f"{key}: needs {told[key]}"
            continue
        item = told.get(key)
        remaining = max(target - (node.value(period) or Fraction(0)), Fraction(0))
        last = min(period[1], node.lasts[1])
        left = sum(_any_due(node, on) for on in days((seen.on + timedelta(days=1), last)))
        left += any(_open(leaf, seen.on) for leaf in _leaves_below(node))
        can_be = remaining and left and not (node.strategy == "count" and target > len(node.children))
        a_day = Fraction(ceil(remaining * 100 / left), 100) if can_be else None
        expected: tuple[object, ...] = (remaining, left, a_day)
        if item is None or (item.remaining, item.days, item.per_day) != expected:
            yield f"{key}: needs {item} instead of {expected}"


def _leaves_below(node: OracleNode) -> Iterator[OracleNode]:
    if node.is_leaf:
        yield node
    for child in node.children:
        if exact(child.terms[-1]["weight"]) > 0:
            yield from _leaves_below(child)


def _due(leaf: OracleNode, on: date) -> bool:
    return leaf.is_active(on) and not leaf.is_paused(on) and leaf.is_scheduled(on)


def _any_due(node: OracleNode, on: date) -> bool:
    return any(_due(leaf, on) for leaf in _leaves_below(node))


def _open(leaf: OracleNode, on: date) -> bool:
    period = leaf.period(on)
    if not _due(leaf, on) or (leaf.is_own(period) and leaf.is_skipped(period)) or leaf.progress(period) == 1:
        return False
    return leaf.level == "daily" or not any(entry.on == on for entry in leaf.entries)


@law(110)
@given(histories(), REPORTS)
def test_a_digest_is_what_the_slow_recomputation_finds(document: Json, report: tuple[Level, date, int]) -> None:
    level, about, later = report
    week_start = week_start_of(document)
    period = period_of(level, about, week_start)
    on = about + timedelta(days=later)
    [tree] = trees_of(document)
    grown = Grown(tree, entries_of(document, tree))
    result = digest_of([source(grown, level, period, on)], level, period, on, week_start)
    assert list(complaints(document, level, result)) == []
    assert all(0 <= line.pace <= 1 for line in result.lines)
    assert all(len(item.days) == period.days for item in result.strips)


@law(60)
@given(histories(), REPORTS)
def test_entries_after_a_period_do_not_change_its_digest(document: Json, report: tuple[Level, date, int]) -> None:
    level, about, later = report
    week_start = week_start_of(document)
    period = period_of(level, about, week_start)
    on = about + timedelta(days=later)
    [tree] = trees_of(document)
    entries = entries_of(document, tree)
    whole, cut = Grown(tree, entries), Grown(tree, [entry for entry in entries if entry.on <= on])
    one, other = (
        digest_of([source(grown, level, period, on)], level, period, on, week_start) for grown in (whole, cut)
    )
    assert one == other
