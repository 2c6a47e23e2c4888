"""How long a failed message waits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.asking.delivery import pause_after


def test_pauses_grow_fourfold_up_to_ten_minutes() -> None:
    seconds = [pause_after(attempt, 1.0).total_seconds() for attempt in range(1, 7)]
    assert seconds == [5, 20, 80, 320, 600, 600]


def test_chance_spreads_those_that_failed_together_over_the_second_half() -> None:
    assert pause_after(1, 0.0) == timedelta(seconds=2.5)
    assert pause_after(1, 0.5) == timedelta(seconds=3.75)


@pytest.mark.parametrize("attempt", [100, 1000, 10**6])
def test_the_thousandth_pause_is_no_longer(attempt: int) -> None:
    assert pause_after(attempt, 1.0) == timedelta(minutes=10)
