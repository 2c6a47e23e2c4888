"""`goaltree backup`, `restore` and `copy-to`. They overwrite nothing, and leave nothing half-written behind."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from core.actions import cache
from core.group.permissions import Actor
from goaltree.errors import BadUse, Failure
from goaltree.opening import opened
from goaltree.settings import Settings
from scheduler.postman import NOTED_EVERY, TICK
from storage import BadBackup, Copied, NotEmpty, NotMigrated, backup, copy, file_of, open_store, restore, same_database

STOPPED = 3 * NOTED_EVERY
"""A bot without a tick for this long is not running."""


async def move(arguments: argparse.Namespace, settings: Settings) -> int:
    """Carry out one of the three commands and return the exit status."""
    match arguments.command:
        case "backup":
            return await _backup(settings, arguments.path)
        case "restore":
            return await _restore(settings, arguments.file)
        case _:
            return await _copy_to(settings, arguments.url)


def _now() -> datetime:
    return datetime.now(UTC)


def _check_new(path: Path) -> None:
    if path.exists():
        raise BadUse(f"{path} is there already: name a new file.")
    if not path.absolute().parent.is_dir():
        raise BadUse(f"There is no folder {path.absolute().parent}: make it first.")


def _check_there(settings: Settings) -> None:
    file = file_of(settings.url)
    if file is not None and not file.exists():
        raise BadUse(f"There is no database {file}: check GOALTREE_DATA_DIR and GOALTREE_DATABASE_URL.")


def _check_file(file: Path) -> None:
    if not file.is_file():
        raise BadUse(f"There is no file {file}.")


async def _backup(settings: Settings, path: Path) -> int:
    _check_new(path)
    _check_there(settings)
    try:
        await backup(settings.url, path, _now())
    except NotMigrated:
        raise Failure("The database is not up to date: run `goaltree migrate` first.") from None
    except OSError as error:
        raise Failure(f"{path} cannot be written: {error.strerror or error}.") from error
    print(f"Backed up to {path}.")
    return 0


async def _restore(settings: Settings, file: Path) -> int:
    _check_file(file)
    try:
        await restore(settings.url, file)
    except BadBackup as error:
        raise BadUse(f"{file} cannot be restored: {error}. Nothing was changed.") from None
    except NotEmpty as error:
        raise BadUse(
            f"A backup is restored into an empty database only, and this is none: {error}. Stop the bot and move its "
            "database away, or name a new one with GOALTREE_DATA_DIR or GOALTREE_DATABASE_URL."
        ) from None
    except OSError as error:
        raise Failure(f"It could not be restored: {error}.") from error
    return await _verified(settings.url, f"Restored from {file}.")


async def _copy_to(settings: Settings, url: str) -> int:
    _check_there(settings)
    try:
        if same_database(settings.url, url):
            raise BadUse("That is the database that goaltree uses now: name another one.")
        target = file_of(url)
    except ValueError as error:
        raise BadUse(str(error)) from None
    if target is not None and not target.exists():
        raise BadUse(_MIGRATE_IT)
    await _check_stopped(settings)
    try:
        copied = await copy(settings.url, url, _now(), _scratch(settings))
    except NotMigrated:
        raise BadUse(_MIGRATE_IT) from None
    except NotEmpty as error:
        raise BadUse(f"The other database is not empty: {error}. Nothing was changed.") from None
    except BadBackup as error:
        raise Failure(f"It could not be copied: {error}. Nothing was changed.") from error
    except OSError as error:
        raise Failure(f"It could not be copied: {error}. Nothing was changed.") from error
    print(_table(copied))
    return await _verified(url, "All of it is there, with equal checksums. Set GOALTREE_DATABASE_URL to the new one.")


_MIGRATE_IT = (
    "The other database has no tables of this version yet: GOALTREE_DATABASE_URL=URL goaltree migrate, with its URL."
)


async def _check_stopped(settings: Settings) -> None:
    """Migrate a SQLite file, as every command does, and refuse a database that a running bot uses."""
    async with opened(settings) as store:
        tick = (await store.read(lambda tx: tx.journal.all())).get(TICK)
    if tick is not None and (age := _now() - tick.at) < STOPPED:
        raise BadUse(
            f"goaltree run seems to be at work on this database: its last tick was {age.total_seconds():.0f} s ago. "
            f"What is logged meanwhile would stay behind: stop it, wait {STOPPED.total_seconds():.0f} s, and try again."
        )


def _scratch(settings: Settings) -> Path:
    """A place with room for a copy: beside the data."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return settings.data_dir


def _table(copied: list[Copied]) -> str:
    width = max(len(each.table) for each in copied)
    head = f"{'table':{width}}  {'rows':>10}  checksum (the same on both sides)"
    return "\n".join([head, *(f"{each.table:{width}}  {each.rows:>10,}  {each.checksum[:16]}" for each in copied)])


async def _verified(url: str, done: str) -> int:
    """Report success, and compare every figure with the entries."""
    async with open_store(url) as store:
        visions, wrong = await cache.verify(store, Actor.host())
    print(done)
    if wrong:
        print(f"{len(wrong)} figure(s) differ from the entries, as they did before: repair them with goaltree rebuild.")
        return 1
    print(f"{visions} vision(s) verified: every figure is what the entries say.")
    return 0
