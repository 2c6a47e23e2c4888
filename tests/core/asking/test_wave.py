"""The line of digests that are due at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.asking.wave import AHEAD, FEWEST, Wave

NOW = datetime(2026, 11, 29, 19, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_as_many_are_taken_as_can_be_drawn_in_a_moment() -> None:
    wave = Wave()
    wave.flow(NOW, SECOND, in_hand=0, most=64)
    assert wave.room == AHEAD // SECOND
    wave.flow(NOW, SECOND, in_hand=10, most=64)
    assert wave.room == AHEAD // SECOND - 10
    wave.flow(NOW, timedelta(0), in_hand=10, most=64)
    assert wave.room == 54
    wave.flow(NOW, timedelta(minutes=1), in_hand=0, most=64)
    assert wave.room == FEWEST


def test_each_of_the_others_has_a_place_of_its_own_behind_them() -> None:
    wave = Wave()
    wave.flow(NOW, SECOND, in_hand=0, most=64)
    first = NOW + AHEAD + SECOND
    assert [wave.place(number) for number in range(3)] == [first, first + SECOND, first + 2 * SECOND]
    wave.took(AHEAD // SECOND, 3)
    assert wave.room == 0
    wave.flow(NOW + SECOND, SECOND, in_hand=15, most=64)
    assert wave.place(0) == first + 3 * SECOND


def test_a_wave_that_is_over_holds_nobody_up() -> None:
    wave = Wave()
    wave.flow(NOW, SECOND, in_hand=0, most=64)
    wave.took(15, 1_000)
    later = NOW + timedelta(days=7)
    wave.flow(later, SECOND, in_hand=0, most=64)
    assert wave.place(0) == later + AHEAD + SECOND


def test_those_who_wait_are_called_while_there_is_room() -> None:
    wave = Wave()
    wave.flow(NOW, SECOND, in_hand=0, most=64)
    assert not wave.is_open(NOW)
    wave.took(AHEAD // SECOND, 1_000)
    assert not wave.is_open(NOW)
    wave.flow(NOW + SECOND, SECOND, in_hand=10, most=64)
    assert wave.is_open(NOW + SECOND)
    wave.called(5)
    assert not wave.is_open(NOW + SECOND)
    wave.flow(NOW + 2 * SECOND, SECOND, in_hand=10, most=64)
    assert wave.is_open(NOW + 2 * SECOND)


def test_where_nobody_is_left_to_be_called_the_line_begins_anew() -> None:
    wave = Wave()
    wave.flow(NOW, SECOND, in_hand=0, most=64)
    wave.took(15, 1_000)
    wave.flow(NOW + SECOND, SECOND, in_hand=10, most=64)
    wave.called(4)
    wave.flow(NOW + 2 * SECOND, SECOND, in_hand=0, most=64)
    assert not wave.is_open(NOW + 2 * SECOND)
    assert wave.place(0) == NOW + 2 * SECOND + AHEAD + SECOND
