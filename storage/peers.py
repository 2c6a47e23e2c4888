"""Leadership and ownership of chats: by advisory locks of PostgreSQL, or by a lock on a file beside SQLite's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.peers import Peers
from storage.peers_sqlite import FileLeadership
from storage.urls import database_url, sqlite_path


@asynccontextmanager
async def join(url: str) -> AsyncIterator[Peers]:
    """This process as a peer of those that use the database of a URL. Its locks are released at the end of the
    block."""
    address = database_url(url)
    path = sqlite_path(address)
    if path is not None:
        leadership = FileLeadership(path)
        try:
            yield Peers(leadership, None)
        finally:
            await leadership.resign()
        return
    from storage.peers_postgres import PostgresPeers  # a SQLite user does not load its driver

    peers = PostgresPeers(address)
    await peers.open()
    try:
        yield Peers(peers, peers)
    finally:
        await peers.close()
