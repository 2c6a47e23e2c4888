"""A few threads that read a SQLite file, each with a connection of its own.

A thread hop costs more than most statements, so a whole reading is one hop.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import TypeVar

from sqlalchemy import Connection, Engine

from core.ports import Transaction
from storage.sqlite_job import Job, settle
from storage.transaction import SqlTransaction

T = TypeVar("T")


class Readers:
    """Runs functions that only read, each on one snapshot, as many at once as there are threads."""

    def __init__(self, engine: Engine, count: int) -> None:
        self._engine = engine
        self._count = count
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._loop: asyncio.AbstractEventLoop | None = None
