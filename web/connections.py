"""Limits on connections: slow request heads, and peers that open too many."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_PATIENCE = 10.0
"""Seconds within which the head of a request must arrive, from the opening of the connection or from its first byte."""
OF_ONE_PEER = 512
"""The most connections of one address: half of the total. Behind a proxy, all have its address."""


class BoundedProtocol(H11Protocol):
    """A connection with these limits. Without them, half-sent heads could occupy every slot indefinitely."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        peer = self.client and self.client[0]
        if peer and sum(_peer_of(one) == peer for one in self.connections) > OF_ONE_PEER:
            transport.abort()
            return
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._expect_nothing()
        elif self.conn.trailing_data[0] and self._deadline is None:
            self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect_nothing()
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        self._deadline = self.loop.call_later(HEAD_PATIENCE, self._too_late)

    def _expect_nothing(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_late(self) -> None:
        self._deadline = None
        self.transport.abort()


def _peer_of(connection: object) -> str | None:
    client = getattr(connection, "client", None)
    return client[0] if client else None
