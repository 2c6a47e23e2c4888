"""Liveness and readiness, asked over HTTP."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from goaltree import health
from web.address import Address, listen, parse_address
from web.application import application
from web.metrics import Metrics
from web.probes import Check, Readiness
from web.server import Server


@asynccontextmanager
async def served(
    checks: Mapping[str, Check], *, patience: float = 3.0, fresh: float = 0.0, address: Address | None = None
) -> AsyncIterator[Address]:
    app = application(Readiness(checks, patience, fresh), Metrics("0"))
    server = Server(app, address or Address("127.0.0.1", 0))
    try:
        yield await server.start()
    finally:
        await server.stop()


async def ask(address: Address, path: str = "/readyz") -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.get(f"http://{address}{path}")


async def well() -> str | None:
    return None


async def test_a_process_that_answers_lives() -> None:
    async with served({}) as address:
        answer = await ask(address, "/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


async def test_it_is_ready_when_every_check_is_content() -> None:
    async with served({"database": well, "tick": well}) as address:
        answer = await ask(address)
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "problems": {}})


async def test_it_says_what_is_wrong_and_quotes_no_exception() -> None:
    async def broken() -> str | None:
        raise OSError("password=marker")

    async def hangs() -> str | None:
        await asyncio.Event().wait()
        return None

    async def late() -> str | None:
        return "the last one is long ago"

    checks = {"database": broken, "migrations": hangs, "tick": late, "updates": well}
    async with served(checks, patience=0.01) as address:
        answer = await ask(address)
    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False,
        "problems": {"database": "cannot be used", "migrations": "does not answer", "tick": "the last one is long ago"},
    }


async def test_asking_often_asks_the_database_once() -> None:
    asked = 0

    async def counted() -> str | None:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0)
        return None

    async with served({"database": counted}, fresh=3600) as address:
        answers = await asyncio.gather(*(ask(address) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert asked == 1


async def test_it_finishes_what_it_was_asked_before_it_stops() -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> str | None:
        begun.set()
        await go_on.wait()
        return None

    server = Server(application(Readiness({"database": slow}), Metrics("0")), Address("127.0.0.1", 0))
    address = await server.start()
    asking = asyncio.create_task(ask(address))
    await begun.wait()
    stopping = asyncio.create_task(server.stop())
    await asyncio.sleep(0)
    go_on.set()
    assert (await asking).status_code == 200
    await stopping
    with pytest.raises(httpx.ConnectError):
        await ask(address)


async def test_it_listens_on_a_socket_in_the_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "goaltree.sock"
    monkeypatch.setenv("GOALTREE_LISTEN", f"unix:{path}")
    left = listen(Address(path=path))  # by a process that was killed
    left.close()
    async with served({}, address=Address(path=path)):
        assert await asyncio.to_thread(health.main) == 0
    assert not path.exists()
    assert health.main() == 1


async def test_the_health_check_asks_the_server_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with served({}) as address:
        monkeypatch.setenv("GOALTREE_LISTEN", f"0.0.0.0:{address.port}")
        assert await asyncio.to_thread(health.main) == 0
    assert health.main() == 1
    assert "does not answer" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("127.0.0.1:8080", Address("127.0.0.1", 8080)), ("localhost:0", Address("localhost", 0)),
        ("[::1]:80", Address("::1", 80)), ("[::]:65535", Address("::", 65535)),
        ("unix:/run/x.sock", Address(path=Path("/run/x.sock"))),
    ],
)  # fmt: skip
def test_addresses(text: str, address: Address) -> None:
    assert parse_address(text) == address
    assert str(address) == text


BAD = ["", "8080", ":8080", "host:", "host:65536", "::1:80", "unix:relative", "a b:1", "[x]:1"]


@pytest.mark.parametrize("text", BAD)
def test_invalid_addresses(text: str) -> None:
    with pytest.raises(ValueError, match="HOST:PORT"):
        parse_address(text)


def test_an_address_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        listen(Address("127.0.0.1", taken.getsockname()[1]))
