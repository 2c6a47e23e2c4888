"""Several `goaltree run` on one PostgreSQL, behind a small load balancer, serving a local Telegram."""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import socket
import sys
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Protocol

from sandbox.server import LocalTelegram
from sandbox.world import World

HOST, SECRET = "127.0.0.1", "chaos"
PATIENCE = 180.0
PORTS = range(20_000, 32_000)
"""Below the range of ephemeral ports, so that a free port is not given away before it is used."""


class Running(Protocol):
    """A started process."""

    @property
    def stderr(self) -> StreamReader | None:
        """Its standard error."""

    def send_signal(self, number: int, /) -> None:
        """Send it a signal."""

    async def wait(self) -> int:
        """Wait for its end; returns the exit status."""


Start = Callable[..., Awaitable[Running]]
"""Starts `goaltree` with these arguments, in an environment `env` and a directory `cwd`."""


async def _start(*arguments: str, env: dict[str, str], cwd: Path) -> Running:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "goaltree", *arguments), env=env, cwd=cwd, stderr=asyncio.subprocess.PIPE
    )


@dataclass
class Line:
    """A line of a process's log, and the time at which it was read."""

    at: float
    text: str


@dataclass
class Member:
    """A process of the cluster."""

    name: str
    port: int
    process: Running
    anyone: asyncio.Event
    lines: list[Line] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    reading: asyncio.Task[None] | None = None

    async def says(self, words: str) -> Line:
        """Wait for the first line that matches."""
        async with asyncio.timeout(PATIENCE):
            while True:
                self.heard.clear()
                if (line := next((one for one in self.lines if re.search(words, one.text)), None)) is not None:
                    return line
                if self.reading and self.reading.done():
                    raise AssertionError(f"{self.name} ended:\n{self.log}")
                await self.heard.wait()

    @property
    def log(self) -> str:
        return "\n".join(line.text for line in self.lines)

    async def read(self) -> None:
        """Read its log to the end."""
        assert self.process.stderr
        async for line in self.process.stderr:
            self.lines.append(Line(monotonic(), line.decode().rstrip()))
            self.heard.set()
            self.anyone.set()
        self.heard.set()

    async def end(self, number: int) -> int:
        """Send a signal and wait for the end."""
        with suppress(ProcessLookupError):
            self.process.send_signal(number)
        async with asyncio.timeout(PATIENCE):
            status = await self.process.wait()
            if self.reading:
                await self.reading
        return status


class Balancer:
    """Passes connections to the processes in turn, or to the next one if one does not answer."""

    def __init__(self, ports: Callable[[], list[int]]) -> None:
        self._ports = ports
        self._turns = count()
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.port = 0

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, HOST, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        assert self._server
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        if task := asyncio.current_task():
            self._open.add(task)
            task.add_done_callback(self._open.discard)
        ports = self._ports()
        first = next(self._turns)
        try:
            for turn in range(len(ports)):
                try:
                    there, back = await asyncio.open_connection(HOST, ports[(first + turn) % len(ports)])
                except OSError:
                    continue
                sending = asyncio.create_task(_pass_on(reader, back))
                try:
                    await _pass_on(there, writer)
                finally:
                    sending.cancel()
                    back.close()
                return
        finally:
            writer.close()


async def _pass_on(reader: StreamReader, writer: StreamWriter) -> None:
    with suppress(OSError):
        while some := await reader.read(65536):
            writer.write(some)
            await writer.drain()


class Cluster:
    """The processes, the balancer and the local Telegram. Without `webhook` the leader polls."""

    def __init__(
        self,
        url: str,
        folder: Path,
        *,
        webhook: bool = True,
        settings: dict[str, str] | None = None,
        start: Start = _start,
    ) -> None:
        def now() -> datetime:
            return datetime.now(UTC)

        self.url = url
        self.world = World(now)
        self.telegram = LocalTelegram(self.world, now)
        self.members: list[Member] = []
        self._folder = folder
        self._webhook = webhook
        self.settings = settings or {}
        """Of processes added from now on."""
        self._start = start
        self._balancer = Balancer(lambda: [member.port for member in self.members])
        self._names = count(1)
        self._heard = asyncio.Event()

    async def start(self, *roles: str) -> None:
        """Start a process of each role, and wait until all are ready."""
        await self.telegram.start()
        await self._balancer.start()
        for member in [await self.add(role) for role in roles]:
            await member.says('"ready"')

    async def stop(self) -> None:
        """Kill the remaining processes."""
        for member in self.members:
            await member.end(signal.SIGKILL)
        await self._balancer.stop()
        await self.telegram.stop()

    async def add(self, role: str = "all") -> Member:
        """Start another process."""
        name, port = f"{role}-{next(self._names)}", _free_port()
        folder = self._folder / name
        folder.mkdir()
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("GOALTREE_")},
            "GOALTREE_BOT_TOKEN": self.telegram.token,
            "GOALTREE_API_BASE_URL": self.telegram.base_url,
            "GOALTREE_DATABASE_URL": self.url,
            "GOALTREE_DATA_DIR": str(folder),
            "GOALTREE_LOG_FORMAT": "json",
            # The limits on what one person may send are off.
            "GOALTREE_MAX_AT_ONCE": "100000",
            "GOALTREE_MAX_A_MINUTE": "100000",
            "GOALTREE_MAX_ENTRIES_A_DAY": "100000",
            **self.settings,
        }
        if self._webhook:
            environment |= {
                "GOALTREE_WEBHOOK_URL": f"http://{HOST}:{self._balancer.port}/telegram",
                "GOALTREE_WEBHOOK_SECRET": SECRET,
                "GOALTREE_LISTEN": f"{HOST}:{port}",
            }
        process = await self._start("run", "--role", role, env=environment, cwd=folder)
        member = Member(name, port, process, self._heard)
        member.reading = asyncio.create_task(member.read())
        self.members.append(member)
        return member

    async def kill(self, member: Member, number: int = signal.SIGKILL) -> int:
        """Ends one, and sends it no more updates."""
        self.members.remove(member)
        return await member.end(number)

    async def leader(self, *, after: float = 0.0) -> tuple[Member, float]:
        """The process that leads, and when it said so (later than `after`); waits for it."""
        async with asyncio.timeout(PATIENCE):
            while True:
                self._heard.clear()
                led = [(line.at, m) for m in self.members for line in m.lines if '"this process leads"' in line.text]
                if led and (last := max(led, key=lambda pair: pair[0]))[0] > after:
                    return last[1], last[0]
                await self._heard.wait()


def _free_port() -> int:
    for port in random.sample(PORTS, 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind((HOST, port))
            return port
    raise OSError("no port is free")
