"""Notices that the file of a SQLite store was removed or replaced. SQLite would go on with the file that has lost its
name, and everything written to it would be lost."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine

from core.ports.store import StoreUnavailable

Identity = tuple[int, int]

_BESIDE = ("-wal", "-shm")
_SHAPE = "SELECT version_num FROM alembic_version"


class DatabaseFile:
    """The file at a path, shared by all threads that use it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._identity: Identity | None = None
        self._beside: dict[str, Identity] = {}
        self._shape: str | None = None

    def identity(self) -> Identity:
        """The identity of the file that is there now. Raises `StoreUnavailable` if there is none, or one with another
        schema."""
        identity = _identity(self._path)
        if identity is None:
            raise StoreUnavailable("its file is not there")
        if identity != self._identity:
            with self._lock:
                self._take(identity)
        return identity

    def note_log(self) -> None:
        """Remembers the files that SQLite keeps beside the database, once a connection has created them."""
        for suffix in _BESIDE:
            if identity := _identity(_with(self._path, suffix)):
                self._beside[suffix] = identity

    def _take(self, identity: Identity) -> None:
        if self._identity is not None and identity != self._identity:
            for suffix, known in self._beside.items():
                # The WAL of the previous file, which SQLite would write into this one.
                if _identity(_with(self._path, suffix)) == known:
                    _with(self._path, suffix).unlink(missing_ok=True)
            if self._shape_now() != self._shape:
                raise StoreUnavailable("in its place is a file that this version cannot use")
        self._shape = self._shape_now()
        self._identity = identity

    def _shape_now(self) -> str | None:
        with closing(sqlite3.connect(f"file:{quote(str(self._path))}?mode=ro", uri=True)) as connection:
            try:
                row = connection.execute(_SHAPE).fetchone()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
                    raise
                return None  # it has no such table
        return None if row is None else str(row[0])


class FileConnection:
    """A thread's connection to the file that is at the path now."""

    def __init__(self, file: DatabaseFile, engine: Engine) -> None:
        self._file = file
        self._engine = engine
        self._identity: Identity | None = None
        self._connection: Connection | None = None

    def now(self) -> Connection:
        """The connection, or a new one if the file was replaced. Raises `StoreUnavailable` and the driver's errors."""
        identity = self._file.identity()
        if self._connection is not None and identity != self._identity:
            self.close()
        if self._connection is None:
            self._connection, self._identity = self._engine.connect(), identity
            self._file.note_log()
        return self._connection

    def close(self) -> None:
        """Closes the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _identity(path: Path) -> Identity | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_dev, stat.st_ino


def _with(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
