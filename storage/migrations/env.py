"""Runs migrations on the connection and in the transaction of `storage.migrate`."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from storage.schema import whole_schema

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=whole_schema(),
    render_as_batch=True,  # SQLite changes a column only by recreating the table
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
