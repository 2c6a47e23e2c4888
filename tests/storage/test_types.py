"""Values come back from both databases unchanged, or are refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.goals.model import Direction, Kind, Level, Node, OwnerType
from core.goals.terms import DaySchedule, Terms
from core.ports.entries import NewEntry
from core.ports.store import Store
from storage.types import WEEKDAYS, from_millionths, to_mask, to_millionths, to_utc_text
from tests.storage.planting import MONDAY, NOW, logged, planted


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_a_decimal_survives_as_millionths(value: Decimal) -> None:
    assert from_millionths(to_millionths(value)) == value


@pytest.mark.parametrize(
    "value",
    [
        "0.0000001",
        "nan",
        "inf",
        "-Infinity",
        "1e400",
        "1e999999999",
        "0." + "1" * 70,
        "1." + "0" * 70 + "1",
        "9223372036854.775808",
    ],
)
def test_a_number_that_does_not_fit_exactly_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="stored"):
        to_millionths(Decimal(value))


def test_decimals_come_back_without_trailing_zeros() -> None:
    assert [str(from_millionths(whole)) for whole in (5_000_000, 1_500_000, -1, 0)] == ["5", "1.5", "-0.000001", "0"]


@given(st.frozensets(st.integers(0, 6)))
def test_weekdays_survive_as_a_mask(weekdays: frozenset[int]) -> None:
    assert WEEKDAYS[to_mask(weekdays)] == weekdays


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_utc_text(datetime(2026, 11, 23, 21, 0))  # noqa: DTZ001


def test_instants_of_any_zone_sort_as_text_by_time() -> None:
    tokyo = timezone(timedelta(hours=9))
    earlier, later = datetime(2026, 11, 24, 1, 0, tzinfo=tokyo), datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    assert to_utc_text(earlier) < to_utc_text(later)


async def test_an_entry_comes_back_as_it_was_written(store: Store) -> None:
    tree = await planted(store)
    at = datetime(2026, 11, 24, 6, 0, 0, 123456, tzinfo=timezone(timedelta(hours=9)))
    new = NewEntry(tree.run, date(2026, 2, 28), Decimal("-0.000001"), False, "“felt great” 🏃", 2**40, "5:1:log")
    written = await store.write(lambda transaction: transaction.entries.add(tree.vision, new, at))
    assert written is not None
    read = await store.read(lambda transaction: transaction.entries.of_vision(tree.vision))
    assert read == [written]
    assert read[0].created_at is not None
    assert read[0].created_at.utcoffset() == timedelta(0)


async def test_a_naive_instant_does_not_reach_the_database(store: Store) -> None:
    tree = await planted(store)
    naive = datetime(2026, 11, 23, 21, 0)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        await store.write(lambda transaction: transaction.entries.add(tree.vision, logged(tree.run), naive))
    with pytest.raises(Exception, match="time zone"):
        await store.write(lambda transaction: transaction.owners.add(9, OwnerType.PRIVATE, "", "en", naive))


async def test_an_owner_comes_back_as_it_was_saved(store: Store) -> None:
    owner = await store.write(lambda transaction: transaction.owners.add(-100, OwnerType.GROUP, "Friends", "de", NOW))
    assert owner.day_start == time(0, 0)
    changed = type(owner)(owner.id, -100, OwnerType.GROUP, "Läufer", "Asia/Tokyo", time(4, 30), 6, "de", True)
    await store.write(lambda transaction: transaction.owners.save(changed))
    assert await store.read(lambda transaction: transaction.owners.by_chat(-100)) == changed


async def test_a_node_comes_back_as_it_was_written(store: Store) -> None:
    tree = await planted(store)

    def grow(transaction):  # type: ignore[no-untyped-def]
        (new,) = transaction.trees.new_node_ids(1)
        node = Node(
            new,
            tree.week,
            "swim",
            Kind.KPI,
            Level.DAILY,
            "Schwimmen 🏊",
            unit="m",
            direction=Direction.AT_MOST,
            baseline=Decimal("-1.5"),
            terms=(
                Terms(target=Decimal("0.5"), weight=Decimal("2.25"), schedule=DaySchedule(frozenset({0, 6}))),
                Terms(MONDAY, None, schedule=DaySchedule(every=3)),
                Terms(date(2027, 1, 1), Decimal(1000), Decimal(3), DaySchedule(month_days=frozenset({1, 31})), False),
            ),
            starts_on=MONDAY,
            ends_on=date(2026, 12, 31),
            position=7,
        )
        transaction.trees.add_nodes(tree.vision, [node])
        return node

    node = await store.write(grow)
    vision = await store.read(lambda transaction: transaction.trees.vision(tree.vision))
    assert vision is not None
    assert node in vision.nodes
