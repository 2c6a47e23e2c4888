"""All tables together."""

from __future__ import annotations

from functools import cache

from sqlalchemy import MetaData

from storage import message_tables, people_tables, tables
from storage.table_base import Base

__all__ = ["METADATA", "message_tables", "people_tables", "tables", "whole_schema"]

METADATA = Base.metadata
"""The metadata of all tables: each module above adds its own when it is imported. Partial indexes are not included."""


@cache
def whole_schema() -> MetaData:
    """Every table with all its indexes, for comparing it with a database. It loads both dialects."""
    for row in Base.__subclasses__():
        for index in row.__partial_indexes__:
            index.add_to(row.__table__)
    return METADATA
