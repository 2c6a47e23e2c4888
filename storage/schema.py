"""All tables together."""

from __future__ import annotations

from storage import message_tables, people_tables, tables
from storage.table_base import Base

__all__ = ["METADATA", "message_tables", "people_tables", "tables"]

METADATA = Base.metadata
"""Of every table: each module above adds its own when it is imported."""
