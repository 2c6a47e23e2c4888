"""The terms of a node from a date on: target, schedule, weight, active or not (design.md §1 and §2, Terms)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from core.records import record

DAY = timedelta(days=1)

ALL_WEEK: frozenset[int] = frozenset(range(7))
"""Weekdays are numbers as in `date.weekday()`: Monday is 0."""

NO_DAYS: frozenset[int] = frozenset()


@record
class DaySchedule:
    """The days on which a daily node is due: weekdays, every so many days, or days of the month. `every` counts from
    the node's start (for a member's own leaf from the *each* goal's). A day that a month does not have is its last day,
    so 31 is the last day of every month."""

    weekdays: frozenset[int] = ALL_WEEK
    every: int | None = None
    month_days: frozenset[int] = NO_DAYS

    @property
    def is_every_day(self) -> bool:
        """Whether every day is scheduled."""
        return self.weekdays == ALL_WEEK and self.every is None and not self.month_days

    def holds(self, on: date, start: date) -> bool:
        """Whether a date is scheduled; `start` is the day from which every n-th one is counted."""
        if self.every is not None:
            return (on - start).days % self.every == 0
        if self.month_days:
            return on.day in _days_in(self.month_days, monthrange(on.year, on.month)[1])
        return on.weekday() in self.weekdays

    def count(self, first: date, last: date, start: date) -> int:
        """How many dates from the first to the last are scheduled, by arithmetic."""
        if self.every is not None:
            return (last - start).days // self.every - ((first - start).days - 1) // self.every
        if self.month_days:
            return _count_month_days(self.month_days, first, last)
        weeks, rest = divmod((last - first).days + 1, 7)
        weekday = first.weekday()
        return weeks * len(self.weekdays) + sum((weekday + offset) % 7 in self.weekdays for offset in range(rest))


EVERY_DAY = DaySchedule()


@record
class Terms:
    """Terms from the date `since` on, until the next ones. The first terms of a node hold since `date.min`."""

    since: date = date.min
    target: Decimal | None = None
    weight: Decimal = Decimal(1)
    schedule: DaySchedule = EVERY_DAY
    active: bool = True


ALWAYS = (Terms(),)
"""The default terms of a node."""


def terms_on(terms: Sequence[Terms], on: date) -> Terms:
    """The terms in force on a date."""
    if len(terms) > 1:
        for one in reversed(terms):
            if one.since <= on:
                return one
    return terms[0]


def beside_the_last(history: tuple[Terms, ...]) -> tuple[Terms, ...]:
    """All terms, if the last ones alone do not say everything: there were others, or the goal is stopped."""
    return () if len(history) == 1 and history[0].active else history


def changed_from(terms: Sequence[Terms], since: date, **changes: Any) -> tuple[Terms, ...]:
    """The terms with changes from a date on. Later terms are changed too, so that the change lasts; earlier ones stay.
    Terms that repeat those before them are left out."""
    kept = [one for one in terms if one.since < since]
    now = replace(terms_on(terms, since), since=since) if kept else replace(terms_on(terms, since), since=date.min)
    later = [one for one in terms if one.since > since]
    return simplified([*kept, replace(now, **changes), *(replace(one, **changes) for one in later)])


def simplified(terms: Sequence[Terms]) -> tuple[Terms, ...]:
    """The terms without those that change nothing."""
    kept = [terms[0]]
    for item in terms[1:]:
        if replace(item, since=kept[-1].since) != kept[-1]:
            kept.append(item)
    return tuple(kept)


def segments(terms: Sequence[Terms], first: date, last: date) -> Iterator[tuple[Terms, date, date]]:
    """The parts of a range of dates in which the same terms are in force, in order: (terms, first date, last date)."""
    for index, said in enumerate(terms):
        begins = first if index == 0 else max(first, said.since)
        ends = last if index == len(terms) - 1 else min(last, terms[index + 1].since - DAY)
        if begins <= ends:
            yield said, begins, ends


def _days_in(chosen: frozenset[int], length: int) -> frozenset[int]:
    """The chosen days that a month of this length has."""
    return frozenset(min(day, length) for day in chosen)


def _count_month_days(chosen: frozenset[int], first: date, last: date) -> int:
    if (first.year, first.month) == (last.year, last.month):
        return _in_month(chosen, first.year, first.month, first.day, last.day)
    total = _in_month(chosen, first.year, first.month, first.day, 31) + _in_month(
        chosen, last.year, last.month, 1, last.day
    )
    # Whole months between the first and the last one, counted from year 0 on.
    begin, end = first.year * 12 + first.month, last.year * 12 + last.month - 1
    return total + _in_months(chosen, end) - _in_months(chosen, begin)


def _in_month(chosen: frozenset[int], year: int, month: int, first: int, last: int) -> int:
    return sum(first <= day <= last for day in _days_in(chosen, monthrange(year, month)[1]))


def _in_months(chosen: frozenset[int], months: int) -> int:
    """How many days are scheduled in the first `months` months since year 0."""
    years, rest = divmod(months, 12)
    leap = (years + 3) // 4 - (years + 99) // 100 + (years + 399) // 400
    of = {length: len(_days_in(chosen, length)) for length in (28, 29, 30, 31)}
    total = years * (7 * of[31] + 4 * of[30]) + leap * of[29] + (years - leap) * of[28]
    is_leap = years % 4 == 0 and (years % 100 != 0 or years % 400 == 0)
    lengths = [31, 29 if is_leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return total + sum(of[length] for length in lengths[:rest])
