"""The database that a URL names."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

_HINT = "use sqlite+aiosqlite:///PATH or postgresql+asyncpg://USER:PASSWORD@HOST/DATABASE"


def database_url(url: str) -> URL:
    """The URL with its driver. ValueError, without showing a password, for any other database."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ValueError(f"the database URL cannot be read: {_HINT}") from None
    match parsed.drivername:
        case "sqlite" | "sqlite+aiosqlite":
            if not parsed.database or parsed.database == ":memory:":
                raise ValueError(f"goaltree keeps its goals in a file: {_HINT}")
            return parsed.set(drivername="sqlite+aiosqlite")
        case "postgres" | "postgresql" | "postgresql+asyncpg":
            return parsed.set(drivername="postgresql+asyncpg")
        case other:
            raise ValueError(f"{other} is no database that goaltree knows: {_HINT}")


def sqlite_path(url: URL) -> Path | None:
    """The file of a SQLite URL; None for another database."""
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None
