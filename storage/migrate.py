"""Migrating a database to the newest schema, and checking whether it has it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text

from storage.connections import in_transaction, on_snapshot
from storage.revisions import head, is_known, revision_of, revisions
from storage.trouble import translated
from storage.urls import database_url

_ONE_AT_A_TIME = 7_041_994_421_208_513
"""The number of the PostgreSQL advisory lock that a migration holds."""


async def migrate(url: str) -> None:
    """Migrates the database to the newest schema, in one transaction; another process that does the same waits."""
    await in_transaction(database_url(url), lambda connection: bring_to(connection, head()))


async def is_at_head(url: str) -> bool:
    """Whether the database has the newest schema."""
    return await on_snapshot(database_url(url), lambda connection: revision_of(connection) == head())


async def is_behind(url: str) -> bool:
    """Whether the database has an older schema. A schema of a newer version is not behind: while processes are upgraded
    one by one, the old ones go on."""

    def look(connection: Connection) -> bool:
        has = revision_of(connection)
        return has is None or (has != head() and is_known(has))

    with translated():
        return await on_snapshot(database_url(url), look)


def bring_to(connection: Connection, revision: str) -> None:
    """Migrates a database to a revision, forwards or back, which loses whatever the older schema has no place for."""
    # Nearly every process finds the database up to date, and does not load Alembic.
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})
    has = revision_of(connection)
    forwards = has is None or has in revisions()[: revisions().index(revision) + 1]
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    (command.upgrade if forwards else command.downgrade)(config, revision)
