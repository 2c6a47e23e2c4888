"""Runs migrations on the connection that `storage.migrate` has opened, within its transaction."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from storage.schema import whole_schema

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=whole_schema(),
    render_as_batch=True,  # SQLite changes a column only by making the table anew
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
