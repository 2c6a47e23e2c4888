from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sandbox.clock import SandboxClock


def test_runs_on_from_where_it_was_set() -> None:
    seconds = 100.0
    clock = SandboxClock(seconds=lambda: seconds)
    clock.set(datetime(2026, 11, 23, 21, tzinfo=UTC))
    seconds += 30
    assert clock() == datetime(2026, 11, 23, 21, 0, 30, tzinfo=UTC)


def test_advances_by_a_span() -> None:
    clock = SandboxClock(datetime(2026, 11, 23, tzinfo=UTC), seconds=lambda: 0.0)
    clock.advance(timedelta(days=2))
    assert clock() == datetime(2026, 11, 25, tzinfo=UTC)


def test_tells_utc_whatever_the_zone_it_was_set_in() -> None:
    clock = SandboxClock(datetime(2026, 11, 23, 21, tzinfo=ZoneInfo("Asia/Tokyo")), seconds=lambda: 0.0)
    assert clock().utcoffset() == timedelta(0)
    assert clock() == datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_refuses_an_instant_without_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        SandboxClock(datetime(2026, 11, 23))  # noqa: DTZ001
