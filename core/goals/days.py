"""The days of a node, the windows that its periods belong to, and how many of them count (design.md §2).

Everything is arithmetic: the cost depends on how often a node was ended, resumed and paused, not on how long it lasts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from core.goals.model import Level, Pause
from core.goals.periods import DAY, Period, period_of
from core.goals.terms import Terms, segments
from core.records import record

_REMEMBERED = 8192
"""The number of cached results: one check-off or tree asks for the same few dozens of times."""

Spans = tuple[Period, ...]
"""Dates as disjoint, non-adjacent ranges, in order."""


@record
class Days:
    """The days of a node. `lasts` is from its first to its last day, `active` the days of these on which its terms are
    active, `open` the active days that are not paused. `origin` is the day from which every n-th day is counted: the
    first day, or for a member's own leaf the first day of the *each* goal."""

    lasts: Period
    active: Spans
    open: Spans
    origin: date


def merged(ranges: Iterable[Period]) -> Spans:
    """The dates of any ranges, as disjoint spans."""
    joined: list[Period] = []
    for span in sorted(ranges):
        if joined and span.start <= joined[-1].end + DAY:
            joined[-1] = Period(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def common(one: Spans, other: Spans) -> Spans:
    """The dates that are in both."""
    return tuple(part for span in one for other_span in other if (part := span.meets(other_span)))


def without(spans: Spans, taken: Spans) -> Spans:
    """The dates of the spans that are not in `taken`."""
    kept = []
    for span in spans:
        start: date | None = span.start
        for off in taken:
            if start is None or off.end < start or off.start > span.end:
                continue
            if off.start > start:
                kept.append(Period(start, off.start - DAY))
            start = off.end + DAY if off.end < span.end else None
        if start is not None:
            kept.append(Period(start, span.end))
    return tuple(kept)


def parts(spans: Spans, within: Period) -> Iterator[Period]:
    """The spans, cut to a period."""
    for span in spans:
        if span.end >= within.start:
            if span.start > within.end:
                return
            yield span if within.start <= span.start and span.end <= within.end else _common(span, within)


def _common(one: Period, other: Period) -> Period:
    if one.start <= other.start and other.end <= one.end:
        return other
    return Period(max(one.start, other.start), min(one.end, other.end))


def count_days(spans: Spans, within: Period) -> int:
    """How many of the dates lie within a period."""
    first, last, total = within.start, within.end, 0
    for span in spans:
        if span.start > last:
            break
        if span.end >= first:
            total += (min(span.end, last) - max(span.start, first)).days + 1
    return total


def holds(spans: Spans, on: date) -> bool:
    """Whether a date is in the spans."""
    for span in spans:  # a check-off asks for this a hundred times
        if span.end >= on:
            return span.start <= on
    return False


def meets(spans: Spans, period: Period) -> bool:
    """Whether any of the dates lies within a period."""
    first, last = period.start, period.end
    for span in spans:
        if span.end >= first:
            return span.start <= last
    return False


def middle(days: Days, period: Period) -> date | None:
    """The middle active day of a period, the earlier of two; None if there is none."""
    if days.active and days.active[0].start <= period.start and period.end <= days.active[0].end:
        return period.middle
    spans = list(parts(days.active, period))
    if len(spans) == 1:
        return spans[0].middle
    ahead = (sum(part.days for part in spans) - 1) // 2
    for part in spans:
        if ahead < part.days:
            return part.start + timedelta(days=ahead)
        ahead -= part.days
    return None


def belongs_on(level: Level, days: Days, period: Period) -> date | None:
    """The day by which a period belongs to the coarser window that holds it; None if it belongs to none."""
    return days.lasts.end if level is Level.RANGE else middle(days, period)


@lru_cache(_REMEMBERED)
def starts_within(level: Level, window: Period, days: Days, week_start: int) -> Period | None:
    """The first and the last start of the periods that belong to a window; None if there is none."""
    if level is Level.RANGE:
        return Period(days.lasts.start, days.lasts.start) if days.lasts.end in window else None
    if level is Level.DAILY:
        return window
    first, last = period_of(level, window.start, week_start), period_of(level, window.end, week_start)
    if not _is_within(middle(days, first), window):
        first = period_of(level, first.end + DAY, week_start)
    if not _is_within(middle(days, last), window):
        last = period_of(level, last.start - DAY, week_start)
    return Period(first.start, last.start) if first.start <= last.start else None


def _is_within(on: date | None, window: Period) -> bool:
    return on is not None and on in window


@lru_cache(_REMEMBERED)
def count_periods(
    level: Level, window: Period, days: Days, terms: Sequence[Terms], week_start: int, tracked: bool
) -> int:
    """How many periods of a node have an open day, are scheduled, and belong to a window.

    If the node is `tracked`, periods without a target are left out.
    """
    if level is Level.DAILY:
        return sum(
            asked.schedule.count(first, last, days.origin)
            for part in parts(days.open, window)
            for asked, first, last in _rated(terms, part.start, part.end, tracked)
        )
    rated = [Period(first, last) for _, first, last in _rated(terms, date.min, date.max, tracked)]
    if level is Level.RANGE:
        return int(days.lasts.end in window and bool(days.open) and any(days.lasts.end in span for span in rated))
    return sum(_count_calendar_periods(level, window, days, ends, week_start) for ends in rated)


def _rated(terms: Sequence[Terms], first: date, last: date, tracked: bool) -> Iterator[tuple[Terms, date, date]]:
    """The segments of terms with a target; all segments, if the node is never `tracked`."""
    return (one for one in segments(terms, first, last) if not tracked or one[0].target is not None)


def _count_calendar_periods(level: Level, window: Period, days: Days, ends: Period, week_start: int) -> int:
    """The same for weeks to years that end within a range of dates."""
    around = Period(period_of(level, window.start, week_start).start, period_of(level, window.end, week_start).end)
    total = 0
    cut: set[Period] = set()
    for span in parts(days.open, around):
        first, last = period_of(level, span.start, week_start), period_of(level, span.end, week_start)
        # Periods that are not open throughout are checked one by one.
        if first.start < span.start or first.end > span.end:
            cut.add(first)
        if last.end > span.end or last.start < span.start:
            cut.add(last)
        if first.start < span.start:
            first = period_of(level, first.end + DAY, week_start)
        if last.end > span.end:
            last = period_of(level, last.start - DAY, week_start)
        total += _count_whole(level, window, first, last, ends, week_start)
    return total + sum(period.end in ends and _is_within(middle(days, period), window) for period in cut)


def _count_whole(level: Level, window: Period, first: Period, last: Period, ends: Period, week_start: int) -> int:
    """How many of the periods from the first to the last, which are active throughout, belong to a window."""
    if first.end < ends.start:
        first = period_of(level, ends.start, week_start)
    if last.end > ends.end:
        last = period_of(level, ends.end, week_start)
    if last.end > ends.end:
        last = period_of(level, last.start - DAY, week_start)
    if first.middle < window.start:
        first = period_of(level, first.end + DAY, week_start)
    if last.middle > window.end:
        last = period_of(level, last.start - DAY, week_start)
    if first.start > last.start:
        return 0
    if level is Level.WEEKLY:
        return (last.start - first.start).days // 7 + 1
    months = (last.start.year - first.start.year) * 12 + last.start.month - first.start.month
    return months // {Level.MONTHLY: 1, Level.QUARTERLY: 3, Level.YEARLY: 12}[level] + 1


def is_within(pause: Pause, other: Pause) -> bool:
    """Whether another pause of the same goal covers all days of one; of two equal pauses the later one covers the
    other."""
    holds = other.node_id == pause.node_id and other.first <= pause.first <= pause.last <= other.last
    return holds and (other.last - other.first, other.id) > (pause.last - pause.first, pause.id)
