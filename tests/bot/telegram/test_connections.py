"""Connections to Telegram, against servers that behave badly and through proxies."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import InputFile
from telegram._utils.defaultvalue import DEFAULT_NONE
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.telegram.connections import NOT_TAKEN, TRIP, Connections, Trip, certificates, proxy_of

Answer = Callable[[bytes, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OK = b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"ok":true}'
PATIENCE = 120.0
NAMES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")


class Server:
    """Speaks HTTP as badly as it is told. `heads` has the start of each request, `bodies` the rest."""

    def __init__(self) -> None:
        self.url = ""
        self.heads: list[str] = []
        self.bodies: list[bytes] = []
        self.connections = 0
        self.answer: Answer = self.well

    async def well(self, _: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(OK)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.heads.append(head.decode())
                lengths = [line for line in head.lower().splitlines() if line.startswith(b"content-length:")]
                self.bodies.append(await reader.readexactly(int(lengths[0].split()[1]) if lengths else 0))
                await self.answer(head, reader, writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    served = Server()
    listening = await asyncio.start_server(served.serve, "127.0.0.1", 0)
    served.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    yield served
    listening.close()


@pytest.fixture(autouse=True)
def without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@asynccontextmanager
async def connections(count: int = 2) -> AsyncIterator[Connections]:
    client = Connections(ssl.create_default_context(), count)
    try:
        yield client
    finally:
        await client.shutdown()


async def asked(client: Connections, url: str, **timeouts: Any) -> tuple[int, bytes]:
    async with asyncio.timeout(PATIENCE):
        return await client.do_request(f"{url}/bot1:SECRET/getMe", "POST", **timeouts)


async def test_a_connection_is_used_again_and_there_are_no_more_than_allowed(server: Server) -> None:
    async with connections(2) as client:
        assert await asked(client, server.url) == (200, b'{"ok":true}')
        assert await asked(client, server.url) == (200, b'{"ok":true}')
        assert server.connections == 1
        await asyncio.gather(*(asked(client, server.url) for _ in range(8)))
        assert server.connections == 2
    assert "User-Agent: python-telegram-bot" in server.heads[0]


async def test_it_can_be_closed_and_used_again(server: Server) -> None:
    async with connections() as client:
        await asked(client, server.url)
        await client.shutdown()
        await client.shutdown()
        assert await asked(client, server.url) == (200, b'{"ok":true}')


async def test_words_go_as_json_and_files_with_their_names(server: Server) -> None:
    text = RequestParameter.from_input("chat_id", 7), RequestParameter.from_input("text", "5 km & über")
    photo = RequestParameter.from_input("photo", InputFile(b"\x89PNG", filename="goaltree.png"))
    async with connections() as client:
        await client.do_request(f"{server.url}/x/send", "POST", RequestData(list(text)))
        await client.do_request(f"{server.url}/x/send", "POST", RequestData([*text, photo]))
    assert "Content-Type: application/json" in server.heads[0]
    assert json.loads(server.bodies[0]) == {"chat_id": "7", "text": "5 km & über"}
    assert "Content-Type: multipart/form-data; boundary=" in server.heads[1]
    assert b'filename="goaltree.png"' in server.bodies[1]
    assert b"Content-Type: image/png\r\n" in server.bodies[1]
    assert b"\x89PNG" in server.bodies[1]
    assert "5 km & über".encode() in server.bodies[1]


async def test_a_server_that_is_silent_is_left_and_the_next_call_has_a_connection(server: Server) -> None:
    async def silent(*_: object) -> None:
        await asyncio.sleep(PATIENCE)

    server.answer = silent
    async with connections(1) as client:
        with pytest.raises(TimedOut):
            await asked(client, server.url, read_timeout=0.05)
        server.answer = server.well
        assert (await asked(client, server.url))[0] == 200


async def test_a_question_that_is_broken_off_leaves_its_connection_free(server: Server) -> None:
    heard = asyncio.Event()

    async def silent(*_: object) -> None:
        heard.set()
        await asyncio.sleep(PATIENCE)

    server.answer = silent
    async with connections(1) as client:
        poll = asyncio.create_task(asked(client, server.url))
        await heard.wait()
        poll.cancel()
        with pytest.raises(asyncio.CancelledError):
            await poll
        server.answer = server.well
        assert (await asked(client, server.url))[0] == 200


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf", b"nonsense\r\n\r\n"])
async def test_a_server_that_hangs_up_or_talks_nonsense_is_a_fault_of_the_network(server: Server, said: bytes) -> None:
    async def broken(_: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)
        writer.close()

    server.answer = broken
    async with connections() as client:
        with pytest.raises(NetworkError) as caught:
            await asked(client, server.url)
        assert not isinstance(caught.value.__cause__, NOT_TAKEN)
        assert "SECRET" not in str(caught.value)
        server.answer = server.well
        assert (await asked(client, server.url))[0] == 200


async def test_a_refused_connection_means_that_nothing_was_taken() -> None:
    async with connections() as client:
        with pytest.raises(NetworkError) as caught:
            await asked(client, "http://127.0.0.1:1")
        assert isinstance(caught.value.__cause__, NOT_TAKEN)
        assert "SECRET" not in str(caught.value)


async def test_a_redirect_is_not_followed(server: Server) -> None:
    async def elsewhere(_: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")

    server.answer = elsewhere
    async with connections() as client:
        assert (await asked(client, server.url))[0] == 302


async def test_a_trip_begins_when_a_connection_is_free(server: Server) -> None:
    trip = Trip()
    TRIP.set(trip)
    async with connections() as client:
        await asked(client, server.url, read_timeout=DEFAULT_NONE)
    assert trip.begun


async def test_a_proxy_is_gone_through(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url)
    monkeypatch.setenv("NO_PROXY", "elsewhere.example")
    async with connections() as client:
        assert (await asked(client, "http://telegram.example"))[0] == 200
    assert server.heads[0].startswith("POST http://telegram.example/bot1:SECRET/getMe HTTP/1.1")


async def test_a_proxy_that_refuses_a_tunnel_has_taken_nothing(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(_: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")

    server.answer = refuse
    monkeypatch.setenv("https_proxy", server.url)
    async with connections() as client:
        with pytest.raises(NetworkError) as caught:
            await asked(client, "https://telegram.example")
    assert server.heads[0].startswith("CONNECT telegram.example:443 HTTP/1.1")
    assert isinstance(caught.value.__cause__, NOT_TAKEN)


def test_the_proxy_of_a_server_is_the_one_that_the_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    assert proxy_of("https://api.telegram.org") is None
    monkeypatch.setenv("ALL_PROXY", "proxy.example:3128")
    assert proxy_of("https://api.telegram.org") == "http://proxy.example:3128"
    monkeypatch.setenv("HTTPS_PROXY", "http://other.example:3128")
    assert proxy_of("https://api.telegram.org") == "http://other.example:3128"
    monkeypatch.setenv("NO_PROXY", "localhost,.telegram.org")
    assert proxy_of("https://api.telegram.org") is None
    assert proxy_of("http://localhost:8081") is None
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("HTTPS_PROXY", "socks5://other.example:1080")
    with pytest.raises(ValueError, match="socks5 is no kind of proxy"):
        proxy_of("https://api.telegram.org")


def test_whom_to_trust_may_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert certificates().get_ca_certs()
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/at/all.pem")
    with pytest.raises(FileNotFoundError):
        certificates()
