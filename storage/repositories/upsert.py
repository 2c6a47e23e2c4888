"""INSERT .. ON CONFLICT: the same words on both databases, but SQLAlchemy keeps one class for each."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase

from storage.sql import Sql


def insert(sql: Sql, table: type[DeclarativeBase]) -> sqlite.Insert | postgresql.Insert:
    """An insert into a table that can say what to do on a conflict."""
    return sqlite.insert(table) if sql.sqlite else postgresql.insert(table)
