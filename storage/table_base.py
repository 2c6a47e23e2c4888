"""The base of all tables, for both databases.

A table is a class of columns, as in SQLAlchemy's ORM, but without the ORM: nothing here maps rows to objects, and it
would cost every process 6 MB and a tenth of its start-up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from types import UnionType
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import NullType, TypeEngine

from core.records import record
from storage.types import ExactDecimal, UtcInstant, WallTime, Weekdays

# SQLite numbers rows by itself only in a column of exactly this type.
Id = BigInteger().with_variant(Integer(), "sqlite")
# Byte order on PostgreSQL too, so that a prefix is a range of the index.
Key = Text().with_variant(Text(collation="C"), "postgresql")

_TYPES: Mapping[Any, TypeEngine[Any]] = {
    bool: Boolean(),
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
"""The default column type for each Python type."""


@record
class PartialIndex:
    """An index of the rows that satisfy a condition, on either database. SQLAlchemy loads both dialects to understand
    one, so it is not part of its table until `storage.schema.whole_schema` adds it."""

    name: str
    columns: tuple[str, ...]
    where: str
    unique: bool = False

    def add_to(self, table: Table) -> None:
        """Adds the index to the table."""
        where, columns = text(self.where), (table.c[name] for name in self.columns)
        Index(self.name, *columns, unique=self.unique, postgresql_where=where, sqlite_where=where)


class Base:
    """A table; the class stands for it in statements. Each annotation `ColumnElement[...]` is a column, `| None` makes
    it nullable. Constraints are named after their columns, so that a migration can name them on any database."""

    metadata: ClassVar = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    __tablename__: ClassVar[str]
    __table_args__: ClassVar[tuple[SchemaItem, ...]] = ()
    __without_rowid__: ClassVar[bool] = False
    __partial_indexes__: ClassVar[tuple[PartialIndex, ...]] = ()
    __table__: ClassVar[Table]

    def __init_subclass__(cls) -> None:
        hints = get_type_hints(cls).items()
        columns = [_column(cls, name, hint) for name, hint in hints if get_origin(hint) is ColumnElement]
        options: dict[str, Any] = {"sqlite_with_rowid": False} if cls.__without_rowid__ else {}
        cls.__table__ = Table(cls.__tablename__, cls.metadata, *columns, *cls.__table_args__, **options)

    @classmethod
    def __clause_element__(cls) -> Table:
        """The method that SQLAlchemy calls on an object in a statement."""
        return cls.__table__


def _column(row: type[Base], name: str, hint: Any) -> Column[Any]:
    """The column of an annotation, which becomes an attribute of the class."""
    column: Column[Any] = row.__dict__.get(name, Column())
    [held] = get_args(hint)
    column.name = column.key = name
    column.nullable = isinstance(held, UnionType)
    if isinstance(column.type, NullType):
        column.type = _TYPES[get_args(held)[0] if column.nullable else held]
    setattr(row, name, column)
    return column


def identity() -> ColumnElement[int]:
    return Column(Id, Identity(), primary_key=True)


def reference(target: str) -> ColumnElement[int]:
    return Column(Id, ForeignKey(target, ondelete="CASCADE"))
