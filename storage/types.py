"""Values as the databases store them, and the column types for them.

SQLite has neither time zones nor exact decimals, and PostgreSQL's numeric is slower to sum, so both store decimals as
whole millionths. The plain functions are for the statements of the hot path, which go to the driver directly.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, SmallInteger, String, TypeDecorator
from sqlalchemy.types import TypeEngine

from core.goals.progress import SCALE

_UNIT = 10**SCALE
_LIMIT = 2**63
_LARGEST_EXPONENT = 12


@lru_cache(4096)
def to_millionths(value: Decimal) -> int:
    """A decimal as whole millionths. ValueError if it is finer, not finite, or beyond 64 bits."""
    if not value:
        return 0
    # Checked before it becomes an integer: 1e999999999 would fill the memory.
    if not value.is_finite() or value.adjusted() > _LARGEST_EXPONENT:
        raise ValueError(f"{value} is too large to be stored, or no number")
    whole = int(value.scaleb(SCALE))
    if Decimal(whole).scaleb(-SCALE) != value:
        raise ValueError(f"{value} cannot be stored with {SCALE} decimal places")
    if not -_LIMIT <= whole < _LIMIT:
        raise ValueError(f"{value} is too large to be stored, or no number")
    return whole


@lru_cache(4096)
def from_millionths(whole: int) -> Decimal:
    """The decimal for whole millionths, without trailing zeros after the point."""
    units, rest = divmod(whole, _UNIT)
    return Decimal(whole) / _UNIT if rest else Decimal(units)


def to_mask(weekdays: Iterable[int]) -> int:
    """Weekdays as a bit mask: Monday is 1, Sunday 64."""
    return sum(1 << day for day in weekdays)


WEEKDAYS = tuple(frozenset(day for day in range(7) if mask >> day & 1) for mask in range(128))
"""The weekdays for every bit mask."""


def to_utc(instant: datetime) -> datetime:
    """The same instant in UTC. ValueError for a naive one, which is no instant."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(UTC)


def to_utc_text(instant: datetime) -> str:
    """An instant as text that sorts by time."""
    return to_utc(instant).isoformat(timespec="microseconds")


def to_wall_text(wall: time) -> str:
    """A local time as HH:MM."""
    return wall.isoformat(timespec="minutes")


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal with up to six places, stored as a 64-bit number of millionths, so that SUM is exact on any
    database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else to_millionths(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else from_millionths(value)


class UtcInstant(TypeDecorator[datetime]):
    """An aware datetime, read back in UTC. PostgreSQL: timestamptz; SQLite: text that sorts by time."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> object:
        if value is None:
            return None
        return to_utc_text(value) if dialect.name == "sqlite" else to_utc(value)

    def process_result_value(self, value: datetime | str | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(UTC)


class Weekdays(TypeDecorator[frozenset[int]]):
    """A set of weekdays as a bit mask."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: frozenset[int] | None, dialect: Dialect) -> int | None:
        return None if value is None else to_mask(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> frozenset[int] | None:
        return None if value is None else WEEKDAYS[value]


class WallTime(TypeDecorator[time]):
    """A local time to the minute, as HH:MM."""

    impl = String(5)
    cache_ok = True

    def process_bind_param(self, value: time | None, dialect: Dialect) -> str | None:
        return None if value is None else to_wall_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> time | None:
        return None if value is None else time.fromisoformat(value)


class SqliteValues:
    """Converts dates and instants to and from SQLite's driver."""

    day = staticmethod(date.isoformat)
    day_of = staticmethod(date.fromisoformat)
    instant = staticmethod(to_utc_text)
    instant_of = staticmethod(datetime.fromisoformat)


class PostgresValues:
    """The same for PostgreSQL's driver, which takes them as they are."""

    @staticmethod
    def day(on: date) -> date:
        return on

    @staticmethod
    def day_of(stored: date) -> date:
        return stored

    instant = staticmethod(to_utc)

    @staticmethod
    def instant_of(stored: datetime) -> datetime:
        return stored
