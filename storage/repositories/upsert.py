"""INSERT.. ON CONFLICT: the same on both databases, but SQLAlchemy has a class for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.dialects import sqlite

from storage.sql import Sql
from storage.table_base import Base

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def insert(sql: Sql, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An insert into a table that can say what to do on a conflict."""
    if sql.sqlite:
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # not loaded for SQLite

    return postgresql.insert(table)
