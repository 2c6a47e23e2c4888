"""Due times on the wall clocks of the world; the law: they are what a walk over every minute finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.asking.schedule import Due, Schedule, dues_from, instant_of, next_due, past_and_next_due
from core.goals.model import Level, Owner, OwnerType, QuietHours
from core.goals.terms import ALL_WEEK
from tests.laws.plans import law

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def living_in(zone: str, quiet: QuietHours | None = None, day_start: str = "00:00") -> Owner:
    return Owner(1, 1, OwnerType.PRIVATE, timezone=zone, quiet=quiet, day_start=time.fromisoformat(day_start))


def fires(schedule: Schedule, owner: Owner, since: datetime, until: datetime) -> Iterator[Due]:
    """Everything due after an instant, up to another."""
    due = next_due(schedule, owner, since)
    while due is not None and due.at <= until:
        yield due
        due = next_due(schedule, owner, due.at)


def told(zone: str, at: str, first: str, days: int, quiet: str = "", **chosen: object) -> list[str]:
    """The wall-clock times (with UTC offsets) at which something is due, on this many days from the first."""
    start = datetime.combine(date.fromisoformat(first), time(0), tzinfo=ZoneInfo(zone))
    end = datetime.combine(date.fromisoformat(first) + days * DAY, time(0), tzinfo=ZoneInfo(zone))
    hours = QuietHours(*map(time.fromisoformat, quiet.split("-"))) if quiet else None
    schedule = Schedule(time.fromisoformat(at), **chosen)  # type: ignore[arg-type]
    result = fires(schedule, living_in(zone, hours), start.astimezone(UTC) - MINUTE, end.astimezone(UTC) - MINUTE)
    return [f"{due.at.astimezone(ZoneInfo(zone)):%m-%d %H:%M %z}" for due in result]


PLACES = {
    # An ordinary evening keeps its time through both changes, whatever UTC does.
    ("Europe/Berlin", "20:00", "2026-03-28", 3): ["03-28 20:00 +0100", "03-29 20:00 +0200", "03-30 20:00 +0200"],
    ("America/New_York", "20:00", "2026-10-31", 2): ["10-31 20:00 -0400", "11-01 20:00 -0500"],
    ("Asia/Kolkata", "02:30", "2026-03-28", 3): ["03-28 02:30 +0530", "03-29 02:30 +0530", "03-30 02:30 +0530"],
    # A time in a spring gap: the first moment after it.
    ("Europe/Berlin", "02:30", "2026-03-28", 3): ["03-28 02:30 +0100", "03-29 03:00 +0200", "03-30 02:30 +0200"],
    ("Europe/Berlin", "02:00", "2026-03-29", 1): ["03-29 03:00 +0200"],
    ("Europe/Berlin", "03:00", "2026-03-29", 1): ["03-29 03:00 +0200"],
    ("America/New_York", "02:15", "2026-03-08", 1): ["03-08 03:00 -0400"],
    ("America/St_Johns", "02:59", "2026-03-07", 2): ["03-07 02:59 -0330", "03-08 03:00 -0230"],
    ("Australia/Lord_Howe", "02:15", "2026-10-04", 1): ["10-04 02:30 +1100"],
    ("Pacific/Apia", "03:30", "2012-09-30", 1): ["09-30 04:00 +1400"],
    # A time in an autumn fold: the first time the clocks show it, and not again.
    ("Europe/Berlin", "02:30", "2026-10-24", 3): ["10-24 02:30 +0200", "10-25 02:30 +0200", "10-26 02:30 +0100"],
    ("Europe/Berlin", "03:00", "2026-10-25", 1): ["10-25 03:00 +0100"],
    ("America/New_York", "01:00", "2026-11-01", 1): ["11-01 01:00 -0400"],
    ("America/St_Johns", "01:30", "2026-11-01", 1): ["11-01 01:30 -0230"],
    ("Australia/Lord_Howe", "01:45", "2026-04-05", 1): ["04-05 01:45 +1100"],
    # Gaps and folds at midnight, where a cron job would lose the day or run twice.
    ("Africa/Cairo", "00:00", "2026-04-23", 3): ["04-23 00:00 +0200", "04-24 01:00 +0300", "04-25 00:00 +0300"],
    ("America/Santiago", "00:30", "2026-09-05", 3): ["09-05 00:30 -0400", "09-06 01:00 -0300", "09-07 00:30 -0300"],
    ("Asia/Beirut", "00:00", "2026-03-28", 3): ["03-28 00:00 +0200", "03-29 01:00 +0300", "03-30 00:00 +0300"],
    ("Asia/Beirut", "23:30", "2026-10-24", 2): ["10-24 23:30 +0300", "10-25 23:30 +0200"],
    ("America/Santiago", "23:30", "2026-04-04", 2): ["04-04 23:30 -0300", "04-05 23:30 -0400"],
    ("Africa/Cairo", "00:00", "2026-10-29", 2): ["10-29 00:00 +0300", "10-30 00:00 +0200"],
    # Samoa went to bed on a Thursday and woke up on Saturday.
    ("Pacific/Apia", "20:00", "2011-12-28", 5): [
        "12-28 20:00 -1000", "12-29 20:00 -1000", "12-31 20:00 +1400", "01-01 20:00 +1400",
    ],
    ("Pacific/Apia", "00:00", "2011-12-29", 4): ["12-29 00:00 -1000", "12-31 00:00 +1400", "01-01 00:00 +1400"],
    # Around the year's end and on 29 February.
    ("Europe/Berlin", "00:00", "2026-12-31", 2): ["12-31 00:00 +0100", "01-01 00:00 +0100"],
    ("Asia/Kolkata", "23:59", "2028-02-28", 3): ["02-28 23:59 +0530", "02-29 23:59 +0530", "03-01 23:59 +0530"],
}  # fmt: skip


@pytest.mark.parametrize(("place", "expected"), PLACES.items(), ids=lambda value: "-".join(map(str, value)))
def test_it_is_due_once_on_each_day_that_there_is(place: tuple[str, str, str, int], expected: list[str]) -> None:
    assert told(*place) == expected


def test_only_the_chosen_weekdays_count() -> None:
    monday, friday = told("Europe/Berlin", "18:00", "2026-11-23", 7, weekdays=frozenset({0, 4}))
    assert (monday, friday) == ("11-23 18:00 +0100", "11-27 18:00 +0100")
    assert next_due(Schedule(time(18), frozenset()), living_in("UTC"), datetime(2026, 11, 23, tzinfo=UTC)) is None


def test_the_last_day_of_months_and_quarters() -> None:
    months = told("America/New_York", "19:00", "2028-01-15", 120, end_of=Level.MONTHLY)
    assert months == ["01-31 19:00 -0500", "02-29 19:00 -0500", "03-31 19:00 -0400", "04-30 19:00 -0400"]
    quarters = told("America/St_Johns", "19:00", "2026-12-31", 100, end_of=Level.QUARTERLY)
    assert quarters == ["12-31 19:00 -0330", "03-31 19:00 -0230"]


def test_a_morning_at_the_end_of_a_period_is_the_one_after_its_last_day() -> None:
    months = told("America/New_York", "10:00", "2028-02-01", 61, end_of=Level.MONTHLY)
    assert months == ["02-01 10:00 -0500", "03-01 10:00 -0500", "04-01 10:00 -0400"]
    years = told("America/St_Johns", "11:59", "2026-12-31", 366, end_of=Level.YEARLY)
    assert years == ["01-01 11:59 -0330"]
    assert told("UTC", "12:00", "2026-12-31", 1, end_of=Level.QUARTERLY) == ["12-31 12:00 +0000"]


def test_quiet_hours_put_off_to_their_end() -> None:
    def put_off(at: str, quiet: str) -> str:
        return told("Europe/Berlin", at, "2026-11-23", 2, quiet)[0]

    assert put_off("22:30", "22:00-07:00") == "11-23 07:00 +0100"  # Sunday's, as Monday begins
    assert put_off("05:00", "22:00-07:00") == "11-23 07:00 +0100"
    assert put_off("21:59", "22:00-07:00") == "11-23 21:59 +0100"
    assert put_off("07:00", "22:00-07:00") == "11-23 07:00 +0100"
    assert put_off("13:00", "12:00-14:30") == "11-23 14:30 +0100"
    assert put_off("13:00", "12:00-12:00") == "11-23 13:00 +0100"  # equal ends: no quiet hours


def test_a_prompt_put_off_by_quiet_hours_keeps_its_day() -> None:
    zone = ZoneInfo("Europe/Berlin")
    late = datetime(2026, 11, 23, 23, 0, tzinfo=zone)
    due = next_due(Schedule(time(22, 30)), living_in("Europe/Berlin", QuietHours(time(22), time(7))), late)
    assert due == Due(datetime(2026, 11, 24, 6, 0, tzinfo=UTC), date(2026, 11, 23))


@pytest.mark.parametrize(
    ("zone", "after", "at", "meant"),
    [
        ("Europe/Berlin", "2026-11-24 03:00", "2026-11-24 07:00", "2026-11-23"),
        ("Pacific/Apia", "2011-12-31 03:00", "2011-12-31 07:00", "2011-12-29"),  # the 30th was none
    ],
)
def test_someone_who_asks_at_night_learns_of_postponed_prompts(zone: str, after: str, at: str, meant: str) -> None:
    place = ZoneInfo(zone)
    night = datetime.fromisoformat(after).replace(tzinfo=place)
    due = next_due(Schedule(time(22, 30)), living_in(zone, QuietHours(time(22), time(7))), night)
    assert due is not None
    assert f"{due.at.astimezone(place):%Y-%m-%d %H:%M}" == at
    assert f"{due.on}" == meant


def test_the_end_of_quiet_hours_in_a_gap_is_the_gap_s_end_and_in_a_fold_the_next_one() -> None:
    assert told("Europe/Berlin", "01:00", "2026-03-29", 1, "23:00-02:30") == ["03-29 03:00 +0200"]
    assert told("Europe/Berlin", "01:00", "2026-10-25", 1, "23:00-02:30") == ["10-25 02:30 +0200"]
    # The clocks go back into quiet hours: a prompt put off within the second pass waits for its end.
    second = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 02:10 again
    quiet = QuietHours(time(2, 5), time(2, 30))
    [due] = fires(
        Schedule(time(2, 10)), living_in("Europe/Berlin", quiet), second - 2 * 60 * MINUTE, second + 60 * MINUTE
    )
    assert due.at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_evening_moves_with_the_zone() -> None:
    now = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
    hours = [next_due(Schedule(time(20)), living_in(zone), now) for zone in ("Europe/Berlin", "America/New_York")]
    assert [due and due.at.isoformat() for due in hours] == ["2026-11-24T19:00:00+00:00", "2026-11-24T01:00:00+00:00"]


def test_a_day_that_the_calendar_skips_has_no_instant() -> None:
    samoa = ZoneInfo("Pacific/Apia")
    assert instant_of(date(2011, 12, 30), time(12), samoa) is None
    assert instant_of(date(2011, 12, 31), time(0), samoa) == datetime(2011, 12, 30, 10, tzinfo=UTC)


# --- the law ---

CHANGES = (
    ("Europe/Berlin", date(2026, 3, 29)), ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)), ("America/New_York", date(2026, 11, 1)),
    ("Asia/Kolkata", date(2026, 12, 31)), ("Asia/Kolkata", date(2028, 2, 29)),
    ("Australia/Lord_Howe", date(2026, 4, 5)), ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("America/St_Johns", date(2026, 3, 8)), ("America/St_Johns", date(2026, 11, 1)),
    ("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Apia", date(2012, 4, 1)), ("Pacific/Apia", date(2012, 9, 30)),
    ("Africa/Cairo", date(2026, 4, 24)), ("Africa/Cairo", date(2026, 10, 29)),
    ("America/Santiago", date(2026, 9, 6)), ("America/Santiago", date(2026, 4, 5)),
    ("Asia/Beirut", date(2026, 3, 29)), ("Asia/Beirut", date(2026, 10, 25)),
)  # fmt: skip
BEFORE, AFTER, MARGIN = 2 * DAY, 3 * DAY, 2 * DAY
LONGEST_QUIET = 20 * 60


def minutes_of_day() -> st.SearchStrategy[int]:
    """Any time, but more often in the small hours and around midnight, where clocks change."""
    return st.one_of(st.integers(0, 4 * 60), st.integers(22 * 60, 24 * 60 - 1), st.integers(0, 24 * 60 - 1))


@st.composite
def quiets(draw: st.DrawFn) -> tuple[int, int] | None:
    """(start, end) in minutes of the day; None for none."""
    if draw(st.booleans()):
        return None
    start = draw(minutes_of_day())
    return start, (start + draw(st.integers(0, LONGEST_QUIET))) % (24 * 60)


def is_quiet(quiet: tuple[int, int] | None, minute: int) -> bool:
    if quiet is None or quiet[0] == quiet[1]:
        return False
    start, end = quiet
    return (minute - start) % (24 * 60) < (end - start) % (24 * 60)


def minute_of(wall: datetime) -> int:
    return wall.hour * 60 + wall.minute


def slow_fires(
    zone: str, at: int, nights: set[date], quiet: tuple[int, int] | None, since: datetime, until: datetime
) -> list[datetime]:
    """Walks over every minute. For each date in `nights` that the calendar has: the first minute at which the clocks
    show the time or a later one, and from there the first that is not quiet."""
    instants, walls = [], []
    minute = since - MARGIN
    while minute <= until + MARGIN:
        instants.append(minute)
        walls.append(minute.astimezone(ZoneInfo(zone)).replace(tzinfo=None))
        minute += MINUTE
    shown = {wall.date() for wall in walls}
    result = []
    for day in sorted(nights & shown):
        wanted = datetime.combine(day, time(at // 60, at % 60))
        index = next((index for index, wall in enumerate(walls) if wall >= wanted), None)
        while index is not None and index < len(walls) and is_quiet(quiet, minute_of(walls[index])):
            index += 1
        if index is not None and index < len(walls) and since < instants[index] <= until:
            result.append(instants[index])
    return result


@law(80)
@given(
    st.sampled_from(CHANGES), minutes_of_day(), st.sets(st.integers(0, 6)), st.sampled_from([None, "month", "quarter"]),
    quiets(), st.integers(0, 24 * 60 - 1), st.sampled_from(["00:00", "02:30", "04:30", "12:00"]),
)  # fmt: skip
def test_it_is_due_when_a_walk_over_every_minute_says_so(
    change: tuple[str, date],
    at: int,
    weekdays: set[int],
    end_of: str | None,
    quiet: tuple[int, int] | None,
    offset: int,
    day_start: str,
) -> None:
    zone, day = change
    since = datetime.combine(day, time(0), tzinfo=UTC) - BEFORE + offset * MINUTE
    until = since + BEFORE + AFTER
    days = {day + number * DAY for number in range(-12, 14)}
    if end_of is None:
        chosen = {one for one in days if one.weekday() in weekdays}
        schedule = Schedule(time(at // 60, at % 60), frozenset(weekdays))
    else:
        every = 3 if end_of == "quarter" else 1
        chosen = {one for one in days if (one + DAY).day == 1 and one.month % every == 0}
        if at < 12 * 60:
            chosen = {one + DAY for one in chosen}
        level = Level.QUARTERLY if end_of == "quarter" else Level.MONTHLY
        schedule = Schedule(time(at // 60, at % 60), ALL_WEEK, level)
    hours = quiet and QuietHours(*(time(minute // 60, minute % 60) for minute in quiet))
    owner = living_in(zone, hours, day_start)
    result = list(fires(schedule, owner, since, until))

    instants = [due.at for due in result]
    night = DAY if schedule.at < owner.day_start else 0 * DAY
    assert instants == slow_fires(zone, at, {one + night for one in chosen}, quiet, since, until)
    assert instants == sorted(set(instants))
    assert not any(is_quiet(quiet, minute_of(due.at.astimezone(ZoneInfo(zone)))) for due in result)
    meant = [due.on for due in result]
    assert len(set(meant)) == len(meant)
    assert set(meant) <= chosen

    past, following = past_and_next_due(schedule, owner, since + MINUTE, until)
    assert past == result
    assert following == next_due(schedule, owner, until)
    if weekdays or end_of:
        of_days = dues_from(schedule, owner, day - 12 * DAY)
        assert [due for due in takewhile(lambda due: due.at <= until, of_days) if due.at > since] == result


def test_a_time_before_the_day_start_comes_in_the_night_that_follows() -> None:
    owner = living_in("Europe/Berlin", day_start="04:30")
    sunday = datetime(2026, 3, 1, 12, tzinfo=UTC)
    tuesday = next_due(Schedule(time(3), frozenset({1})), owner, sunday)
    assert tuesday == Due(datetime(2026, 3, 4, 2, tzinfo=UTC), date(2026, 3, 3))
    nights = fires(Schedule(time(2), frozenset(range(5))), owner, sunday, sunday + 7 * DAY)
    assert [due.at.astimezone(ZoneInfo("Europe/Berlin")).weekday() for due in nights] == [1, 2, 3, 4, 5]
    at_its_start = next_due(Schedule(time(4, 30), frozenset({1})), owner, sunday)
    assert at_its_start == Due(datetime(2026, 3, 3, 3, 30, tzinfo=UTC), date(2026, 3, 3))
