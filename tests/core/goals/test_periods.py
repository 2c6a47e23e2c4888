from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from core.goals.model import Level
from core.goals.periods import Period, local_date, period_of
from tests.oracle import calendar_period

LEVELS = [Level.DAILY, Level.WEEKLY, Level.MONTHLY, Level.QUARTERLY, Level.YEARLY]


def day(text: str) -> date:
    return date.fromisoformat(text)


def span(start: str, end: str) -> Period:
    return Period(day(start), day(end))


@pytest.mark.parametrize(
    ("on", "week_start", "start"),
    [
        ("2026-11-01", 0, "2026-10-26"),  # a Sunday closes the week that began on Monday
        ("2026-11-01", 6, "2026-11-01"),
        ("2026-11-02", 0, "2026-11-02"),
        ("2026-11-02", 6, "2026-11-01"),
        ("2026-11-06", 5, "2026-10-31"),  # weeks from Saturday: Friday is the last day
        ("2026-11-07", 5, "2026-11-07"),
        ("2027-01-01", 0, "2026-12-28"),  # the week lies across the year's end
        ("2024-02-29", 0, "2024-02-26"),
        ("2024-03-03", 0, "2024-02-26"),  # and across a leap day
    ],
)
def test_a_week_begins_on_the_owners_day(on: str, week_start: int, start: str) -> None:
    period = period_of(Level.WEEKLY, day(on), week_start)
    assert period == Period(day(start), day(start) + timedelta(days=6))


@pytest.mark.parametrize(
    ("on", "start", "end"),
    [
        ("2026-02-28", "2026-02-01", "2026-02-28"),
        ("2028-02-29", "2028-02-01", "2028-02-29"),
        ("2100-02-28", "2100-02-01", "2100-02-28"),  # no leap year
        ("2026-04-30", "2026-04-01", "2026-04-30"),
        ("2026-12-31", "2026-12-01", "2026-12-31"),
        ("2027-01-01", "2027-01-01", "2027-01-31"),
    ],
)
def test_a_month_is_a_calendar_month(on: str, start: str, end: str) -> None:
    assert period_of(Level.MONTHLY, day(on)) == span(start, end)


@pytest.mark.parametrize(
    ("on", "start", "end"),
    [
        ("2026-01-01", "2026-01-01", "2026-03-31"),
        ("2026-06-30", "2026-04-01", "2026-06-30"),
        ("2026-07-01", "2026-07-01", "2026-09-30"),
        ("2026-12-31", "2026-10-01", "2026-12-31"),
        ("2028-02-29", "2028-01-01", "2028-03-31"),
    ],
)
def test_a_quarter_is_a_calendar_quarter(on: str, start: str, end: str) -> None:
    assert period_of(Level.QUARTERLY, day(on)) == span(start, end)


def test_every_day_of_five_years_lies_in_the_period_that_walking_finds() -> None:
    on = day("2023-12-25")
    while on < day("2028-03-10"):
        for level in LEVELS:
            for week_start in (0, 5, 6):
                assert period_of(level, on, week_start) == Period(*calendar_period(level.value, on, week_start))
        on += timedelta(days=3)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (span("2026-10-26", "2026-11-01"), "2026-10-29"),  # Monday weeks: the Thursday, as in ISO 8601
        (span("2026-11-01", "2026-11-07"), "2026-11-04"),
        (span("2026-11-01", "2026-11-30"), "2026-11-15"),  # of two middle days the earlier
        (span("2026-02-01", "2026-02-28"), "2026-02-14"),
        (span("2028-02-01", "2028-02-29"), "2028-02-15"),
        (span("2026-10-01", "2026-10-31"), "2026-10-16"),
        (span("2026-10-01", "2026-12-31"), "2026-11-15"),
        (span("2026-11-01", "2026-11-01"), "2026-11-01"),
    ],
)
def test_the_middle_day(period: Period, expected: str) -> None:
    assert period.middle == day(expected)


FOUR = time(4)


@pytest.mark.parametrize(
    ("zone", "instant", "day_start", "expected"),
    [
        ("Europe/Berlin", "2026-11-19T22:59:00", time(0), "2026-11-19"),
        ("Europe/Berlin", "2026-11-19T23:00:00", time(0), "2026-11-20"),
        ("Europe/Berlin", "2026-11-20T01:30:00", FOUR, "2026-11-19"),  # 02:30 still belongs to yesterday
        ("Europe/Berlin", "2026-11-20T02:59:59", FOUR, "2026-11-19"),
        ("Europe/Berlin", "2026-11-20T03:00:00", FOUR, "2026-11-20"),
        # Summer time begins on 29 March: the clock goes from 02:00 to 03:00, and 04:00 is 02:00 UTC.
        ("Europe/Berlin", "2026-03-29T01:59:59", FOUR, "2026-03-28"),
        ("Europe/Berlin", "2026-03-29T02:00:00", FOUR, "2026-03-29"),
        ("Europe/Berlin", "2026-03-28T22:59:59", time(0), "2026-03-28"),
        # It ends on 25 October: 02:30 comes twice, and 04:00 is 03:00 UTC.
        ("Europe/Berlin", "2026-10-25T00:30:00", FOUR, "2026-10-24"),
        ("Europe/Berlin", "2026-10-25T01:30:00", FOUR, "2026-10-24"),
        ("Europe/Berlin", "2026-10-25T02:59:59", FOUR, "2026-10-24"),
        ("Europe/Berlin", "2026-10-25T03:00:00", FOUR, "2026-10-25"),
        ("Europe/Berlin", "2026-10-25T00:29:59", time(2, 30), "2026-10-24"),
        ("Europe/Berlin", "2026-10-25T00:30:00", time(2, 30), "2026-10-25"),
        ("America/New_York", "2026-03-08T07:59:59", FOUR, "2026-03-07"),  # the clock goes forward that night
        ("America/New_York", "2026-03-08T08:00:00", FOUR, "2026-03-08"),
        ("America/New_York", "2026-11-01T08:59:59", FOUR, "2026-10-31"),  # and back that night
        ("America/New_York", "2026-11-01T09:00:00", FOUR, "2026-11-01"),
        ("Pacific/Apia", "2026-11-19T10:59:59", time(0), "2026-11-19"),  # thirteen hours ahead
        ("Pacific/Apia", "2026-11-19T11:00:00", time(0), "2026-11-20"),
        ("Pacific/Apia", "2011-12-30T09:59:59", time(0), "2011-12-29"),  # 30 December 2011 was left out there
        ("Pacific/Apia", "2011-12-30T10:00:00", time(0), "2011-12-31"),
        ("Pacific/Pago_Pago", "2026-11-20T10:59:59", time(0), "2026-11-19"),
        ("Asia/Kathmandu", "2026-11-19T18:15:00", time(0), "2026-11-20"),
    ],
)
def test_an_instant_becomes_the_owners_date(zone: str, instant: str, day_start: time, expected: str) -> None:
    moment = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert local_date(moment, ZoneInfo(zone), day_start) == day(expected)


def test_dates_never_run_backwards_through_a_clock_change() -> None:
    for zone in ("Europe/Berlin", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"):
        for first in (datetime(2026, 3, 7, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)):
            for day_start in (time(0), FOUR):
                moments = [first + timedelta(minutes=10 * step) for step in range(6 * 24 * 30)]
                seen = [local_date(moment, ZoneInfo(zone), day_start) for moment in moments]
                assert all(after >= before for before, after in pairwise(seen))


def test_an_instant_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_date(datetime(2026, 11, 19, 12), ZoneInfo("UTC"), time(0))  # noqa: DTZ001
