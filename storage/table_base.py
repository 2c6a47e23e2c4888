"""What all tables have in common, for both databases."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import JSON, BigInteger, Date, ForeignKey, Identity, Index, Integer, MetaData, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.types import ExactDecimal, UtcInstant, WallTime, Weekdays

# SQLite numbers rows by itself only in a column of exactly this type.
Id = BigInteger().with_variant(Integer(), "sqlite")
# Byte order on PostgreSQL too, so that a prefix is a range of the index.
Key = Text().with_variant(Text(collation="C"), "postgresql")


class Base(DeclarativeBase):
    """Constraints get names from their columns, so that a migration can name them on any database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        int: BigInteger(),
        str: Text(),
        date: Date(),
        time: WallTime(),
        datetime: UtcInstant(),
        Decimal: ExactDecimal(),
        frozenset[int]: Weekdays(),
        dict[str, object]: JSON(),
        list[int]: JSON(),
    }


def identity() -> Mapped[int]:
    return mapped_column(Id, Identity(), primary_key=True)


def reference(target: str) -> Mapped[int]:
    return mapped_column(Id, ForeignKey(target, ondelete="CASCADE"))


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows that a condition holds for, on either database."""
    return Index(name, *columns, unique=unique, postgresql_where=text(where), sqlite_where=text(where))
