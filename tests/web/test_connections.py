"""A request head that does not arrive, and a peer that opens too many connections: both leave room for others."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.web.test_probes import served
from web import connections
from web.address import Address

HALF = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"


async def connected(address: Address, here: str = "127.0.0.1") -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection(address.host, address.port, local_addr=(here, 0))


async def ended(reader: asyncio.StreamReader) -> bytes:
    """Everything until the server closes."""
    try:
        return await reader.read()
    except ConnectionResetError:
        return b""


async def test_a_half_sent_head_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_PATIENCE", 0.05)
    async with served({}) as address:
        for sent in (b"", HALF):
            reader, writer = await connected(address)
            writer.write(sent)
            assert await ended(reader) == b""
            writer.close()


async def test_the_second_head_of_a_connection_has_a_deadline_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_PATIENCE", 0.05)
    async with served({}) as address:
        reader, writer = await connected(address)
        writer.write(HALF + b"\r\n")
        assert (await reader.readuntil(b"ok\n")).startswith(b"HTTP/1.1 200")
        writer.write(HALF)
        assert await ended(reader) == b""
        writer.close()


async def test_one_peer_leaves_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "OF_ONE_PEER", 3)
    monkeypatch.setattr(connections, "HEAD_PATIENCE", 3600)
    async with served({}) as address:
        greedy = [await connected(address, "127.0.0.2") for _ in range(6)]
        for _, writer in greedy:
            writer.write(HALF)
        for reader, _ in greedy[3:]:
            assert await ended(reader) == b""  # at once: it is one too many
        async with httpx.AsyncClient() as client:
            assert (await client.get(f"http://{address}/healthz")).text == "ok\n"
        for _, writer in greedy:
            writer.close()
