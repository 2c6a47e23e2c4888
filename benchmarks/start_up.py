"""The time from the start of `goaltree run` to its first request to Telegram, and its memory when idle.

Beside it: Python importing the libraries that it needs. Both run with the libraries of `requirements.lock` alone (see
`benchmarks.installed`) and keep compiled code, whatever the development environment does.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.harness import Bench, Row, at_most
from benchmarks.installed import installed
from benchmarks.proc import resident
from sandbox.clock import SandboxClock
from sandbox.server import LocalTelegram
from sandbox.world import World

_LIBRARIES = """
import telegram, aiohttp, sqlalchemy, pydantic_settings, apscheduler, uvloop
print(flush=True)
input()
"""
_SETTLED = 2.0
"""Seconds after which it counts as idle."""


async def measure(bench: Bench) -> list[Row]:
    """The first start in a directory creates the database; later ones find it."""
    taken: list[tuple[float, float]] = []
    floors: list[tuple[float, float]] = []
    settled = _SETTLED / 20 if bench.quick else _SETTLED
    python = installed(bench.directory / "installed")
    first = await _goaltree(python, bench.directory / "data", settled)
    for _ in range(bench.times(3, quick=1)):
        taken.append(await _goaltree(python, bench.directory / "data", settled))
        floors.append(await _libraries(python, settled))
    ready, memory = (median(figures) for figures in zip(*taken, strict=True))
    imported, held = (median(figures) for figures in zip(*floors, strict=True))
    beside = "importing the libraries"
    return [
        Row("start-up to ready", ready, "s", beside, imported, at_most(0.8), absolute=True),
        Row("first start-up, with an empty directory", first[0], "s", beside, imported, at_most(2), absolute=True),
        Row("resident memory when idle", memory, "MB", beside, held, at_most(95), absolute=True),
    ]


async def _goaltree(python: Path, data: Path, settled: float) -> tuple[float, float]:
    """Seconds until it asks for updates, and megabytes when idle."""
    async with _listening() as telegram:
        settings = {
            "GOALTREE_BOT_TOKEN": telegram.token,
            "GOALTREE_API_BASE_URL": telegram.base_url,
            "GOALTREE_DATA_DIR": str(data),
        }
        start = perf_counter()
        process = await asyncio.create_subprocess_exec(
            python, "-m", "goaltree", "run", env=_environment() | settings, stderr=asyncio.subprocess.DEVNULL
        )
        try:
            async with asyncio.timeout(30):
                await _first_question(telegram)
            ready = perf_counter() - start
            await asyncio.sleep(settled)
            memory = resident(process.pid)
        finally:
            process.terminate()
            await process.wait()
    return ready, memory


async def _libraries(python: Path, settled: float) -> tuple[float, float]:
    """The same for a Python that only imports; it is ready when it would read its input."""
    start = perf_counter()
    process = await asyncio.create_subprocess_exec(
        python, "-c", _LIBRARIES, env=_environment(), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    await process.stdout.readline()
    ready = perf_counter() - start
    await asyncio.sleep(settled / 4)
    memory = resident(process.pid)
    await process.communicate(b"\n")
    return ready, memory


def _environment() -> dict[str, str]:
    """This process's environment without settings of Python and of goaltree."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("GOALTREE_", "PYTHON"))}


@asynccontextmanager
async def _listening() -> AsyncIterator[LocalTelegram]:
    clock = SandboxClock()
    telegram = LocalTelegram(World(clock), clock, record=True)
    await telegram.start()
    try:
        yield telegram
    finally:
        await telegram.stop()


async def _first_question(telegram: LocalTelegram) -> None:
    while not any(method.lower() == "getupdates" for method, _ in telegram.requests):  # noqa: ASYNC110 - no event for it
        await asyncio.sleep(0.002)
