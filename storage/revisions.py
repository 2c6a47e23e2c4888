"""The revisions of the schema, oldest first, without importing Alembic."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

_SCRIPTS = Path(__file__).parent / "migrations" / "versions"


@cache
def revisions() -> tuple[str, ...]:
    """Every revision that this version knows; the name of a script begins with its revision."""
    return tuple(sorted(script.name[1:5] for script in _SCRIPTS.glob("v[0-9]*.py")))


def head() -> str:
    """The newest revision."""
    return revisions()[-1]


def is_known(revision: str) -> bool:
    """Whether this version knows a revision; it does not if a newer version made it."""
    return revision in revisions()


def revision_of(connection: Connection) -> str | None:
    """The revision of a database; None if it was never migrated."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
