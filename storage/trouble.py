"""Recognises drivers' errors that mean that the database cannot be used right now, and logs them."""

from __future__ import annotations

import logging
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.ports.store import StoreDamaged, StoreUnavailable, WorkBrokenOff

logger = logging.getLogger(__name__)

SAID_EVERY = 60.0
"""Seconds between two lines about the same trouble."""
DAMAGED = (
    "the database is damaged (%s): stop the bot, put the file aside and bring back a backup with `goaltree restore` "
    "(docs/operating.md, Restore)"
)

_SQLITE_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}
_SQLITE_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_AWAY = ("08", "28", "3D000", "53", "57P", "58", "25P03", "25P04")
"""SQL states: no connection, no access, no such database, no space, shutdown, system errors, a terminated session."""
_BROKEN_OFF = ("57014", "55P03", "40001", "40P01", "25006")
"""SQL states: a time-out of a statement or lock, a conflict, a deadlock; read-only, as on a demoted server."""
_DAMAGED = ("XX001", "XX002")


def trouble_of(error: BaseException) -> StoreUnavailable | None:
    """The typed error for a driver's error; None if that is about the statement and not the database."""
    for cause in _causes(error):
        if isinstance(cause, StoreUnavailable):
            return cause
        if isinstance(cause, sqlite3.Error):
            return _of_sqlite(cause)
        if state := getattr(cause, "sqlstate", None):
            return _of_postgres(f"{state} {type(cause).__name__}")
    last = error.orig if isinstance(error, DBAPIError) and error.orig else error
    # A connection that was lost within a transaction raises again at the next use.
    if isinstance(last, OSError | PoolTimeout | PendingRollbackError) or _is_lost(last):
        return StoreUnavailable(getattr(last, "strerror", None) or type(last).__name__)
    return None


def _is_lost(error: BaseException) -> bool:
    """Whether an error means that a connection to PostgreSQL is lost."""
    if "asyncpg" not in sys.modules:
        return False  # a SQLite user does not load its driver
    import asyncpg

    is_closed = isinstance(error, asyncpg.InterfaceError) and "closed" in str(error)
    return is_closed or isinstance(error, asyncpg.InternalClientError)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.orig if isinstance(error, DBAPIError) and error.orig else error.__cause__


def _of_sqlite(error: sqlite3.Error) -> StoreUnavailable | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _SQLITE_DAMAGED:
        return StoreDamaged(str(error))
    if code == sqlite3.SQLITE_INTERRUPT:
        return WorkBrokenOff(str(error))
    return StoreUnavailable(str(error)) if code in _SQLITE_AWAY else None


def _of_postgres(reason: str) -> StoreUnavailable | None:
    if reason.startswith(_DAMAGED):
        return StoreDamaged(reason)
    if reason.startswith(_BROKEN_OFF):
        return WorkBrokenOff(reason)
    return StoreUnavailable(reason) if reason.startswith(_AWAY) else None


@contextmanager
def translated() -> Iterator[None]:
    """Turns drivers' errors into `StoreUnavailable` where they mean that."""
    try:
        yield
    except Exception as error:
        trouble = trouble_of(error)
        if trouble is None or trouble is error:
            raise
        raise trouble from error


class Outage:
    """Logs when the database becomes unusable for something, and usable again: a few lines, however many units of work
    fail in between."""

    def __init__(self, used: str) -> None:
        self._used = used
        self._since: float | None = None
        self._said_at = -SAID_EVERY
        self._damaged_at = -SAID_EVERY
        self.message: str | None = None
        """Why it cannot be used, as long as that lasts."""

    def failed(self, error: BaseException) -> None:
        """Records that a unit of work raised an error. Raises `StoreUnavailable` if the error means that."""
        trouble = trouble_of(error) if isinstance(error, Exception) else None
        if trouble is None:
            return
        if not isinstance(trouble, WorkBrokenOff):
            self._note(trouble)
        if trouble is not error:
            raise trouble from error

    def _note(self, error: StoreUnavailable) -> None:
        self.message = f"cannot be {self._used}: {error}"
        now = time.monotonic()
        if isinstance(error, StoreDamaged):
            self._damaged_at = now
        if now - self._said_at < SAID_EVERY:
            return
        self._said_at = now
        self._since = now if self._since is None else self._since
        if isinstance(error, StoreDamaged):
            logger.critical(DAMAGED, error)
        else:
            logger.error("the database cannot be %s (%s): everything that needs it waits", self._used, error)

    def worked(self) -> None:
        """Records that a unit of work succeeded."""
        if self.message is None or time.monotonic() - self._damaged_at < SAID_EVERY:
            return  # some pages of a damaged file can still be read
        self.message = None
        if self._since is not None:
            logger.warning("the database can be %s again, after %.0f s", self._used, time.monotonic() - self._since)
            self._since = None
