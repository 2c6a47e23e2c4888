"""Backing up, restoring, and moving from one database to another."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, make_url

from storage.connections import in_transaction, on_snapshot
from storage.dump import BadBackup, Copied, NotEmpty, has_newest_schema, read_dump, write_dump
from storage.files import unfinished
from storage.migrate import migrate
from storage.revisions import is_known
from storage.sqlite import backup_file
from storage.urls import database_url, sqlite_path

PORTABLE = (".jsonl", ".jsonl.gz")
"""The suffixes of a portable backup."""


class NotMigrated(Exception):
    """A database does not have the schema that this version needs."""


async def backup(url: str, path: Path, now: datetime) -> None:
    """Copies a database that may be in use to a file: a SQLite database as it is, unless the file has the suffix of a
    portable backup; PostgreSQL as a portable backup. `NotMigrated`."""
    source = sqlite_path(database_url(url))
    if source is not None and not path.name.endswith(PORTABLE):
        await backup_file(source, path)
    else:
        await _dump(url, path, now)


async def _dump(url: str, path: Path, now: datetime) -> None:
    def work(connection: Connection) -> None:
        if not has_newest_schema(connection):
            raise NotMigrated
        write_dump(connection, path, now)

    await on_snapshot(database_url(url), work)


async def restore(url: str, path: Path) -> None:
    """Restores a backup into an empty database, migrated or not, and migrates it to the newest schema: all of it, or
    nothing. `BadBackup`, `NotEmpty`, OSError."""
    address = database_url(url)
    target = sqlite_path(address)
    with path.open("rb") as file:
        is_sqlite = file.read(16) == b"SQLite format 3\0"
    if target is None:
        if is_sqlite:
            raise BadBackup(
                "it is a SQLite database; to bring it to PostgreSQL: "
                f"GOALTREE_DATABASE_URL=sqlite+aiosqlite:///{path} goaltree copy-to URL"
            )
        await in_transaction(address, lambda connection: read_dump(connection, path))
        return
    await asyncio.to_thread(_make_room, target)
    with unfinished(target) as part:
        part_url = address.set(database=str(part))
        if is_sqlite:
            await asyncio.to_thread(_copy_checked, path, part)
            await migrate(part_url.render_as_string(hide_password=False))
        else:
            await in_transaction(part_url, lambda connection: read_dump(connection, path))


async def copy(source: str, target: str, now: datetime, scratch: Path) -> list[Copied]:
    """Copies one database into another, which is empty and migrated, in one transaction, and compares their checksums.

    `NotEmpty`, `NotMigrated` (of either), `BadBackup` (the target cannot hold a value). It uses a file in a temporary
    folder in `scratch`, which is removed.
    """

    def fill(connection: Connection, file: Path) -> list[Copied]:
        if not has_newest_schema(connection):
            raise NotMigrated
        return read_dump(connection, file)

    with TemporaryDirectory(prefix="goaltree-", dir=scratch) as folder:
        file = Path(folder) / "all.jsonl.gz"
        await _dump(source, file, now)
        return await in_transaction(database_url(target), lambda connection: fill(connection, file))


def same_database(one: str, other: str) -> bool:
    """Whether two URLs name the same database, as far as the URLs show."""
    a, b = database_url(one), database_url(other)
    path, other_path = sqlite_path(a), sqlite_path(b)
    if path is not None and other_path is not None:
        return path.resolve() == other_path.resolve()

    def place(url: str) -> tuple[object, ...]:
        parsed = make_url(url)
        return parsed.get_backend_name(), parsed.host, parsed.port or 5432, parsed.database, parsed.query.get("host")

    return place(one) == place(other)


def _make_room(target: Path) -> None:
    """Makes room for a database: removes an empty database that nobody has open. Raises `NotEmpty` otherwise."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        return
    with closing(sqlite3.connect(target, timeout=1, isolation_level=None)) as database:
        try:
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                if name != "alembic_version" and database.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone():
                    raise NotEmpty(f"{name} holds something")
            # This works only if nobody else has it open. It also removes the WAL, which would be taken for that of the
            # new file.
            database.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            raise NotEmpty(f"it is in use ({error})") from None
        except sqlite3.DatabaseError as error:
            raise NotEmpty(f"there is something else in its place ({error})") from None


def _copy_checked(source: Path, part: Path) -> None:
    # A backup may be in a read-only folder; a file with a WAL beside it is in use.
    mode = "mode=ro" if source.with_name(source.name + "-wal").exists() else "immutable=1"
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?{mode}", uri=True)) as original,
            closing(sqlite3.connect(part)) as copy,
        ):
            original.backup(copy)
            verdict = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if verdict == "ok" and copy.execute("PRAGMA foreign_key_check").fetchone():
                verdict = "a row refers to one that is not there"
            revision = copy.execute("SELECT version_num FROM alembic_version").fetchone() if verdict == "ok" else None
    except sqlite3.OperationalError as error:
        raise BadBackup(f"it is no database of goaltree ({error})") from None
    except sqlite3.DatabaseError as error:
        raise BadBackup(f"it is damaged ({error})") from None
    if verdict != "ok":
        raise BadBackup(f"it is damaged ({' '.join(verdict.split())})")
    if revision is None or not is_known(revision[0]):
        raise BadBackup("a newer version of goaltree made it: restore it with that one")
