"""Only one process at a time leads on a SQLite file; the others wait until it ends."""

from __future__ import annotations

import asyncio
import logging
import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

logger = logging.getLogger(__name__)

AGAIN_AFTER = 1.0
"""Seconds between two attempts."""


class FileLeadership:
    """See `core.peers.Leadership`: a lock on a separate file, which the system frees when a process ends in any way.
    (SQLite's own locks would be lost if its file were opened and closed here.) On systems without such locks every
    process leads, and due messages are still sent once because of the claims."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}-leader")
        self._file: int | None = None

    async def gained(self) -> None:
        """See `core.peers.Leadership`."""
        if fcntl is None or self._file is not None:
            return
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        waits = False
        try:
            while not _locked(file):
                if not waits:
                    logger.warning("another process works on this database: waiting for its end")
                waits = True
                await asyncio.sleep(AGAIN_AFTER)
        except BaseException:
            os.close(file)
            raise
        self._file = file

    async def lost(self) -> None:
        """Never returns, since the lock is held as long as the process lives."""
        await asyncio.Event().wait()

    async def resign(self) -> None:
        """See `core.peers.Leadership`."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
