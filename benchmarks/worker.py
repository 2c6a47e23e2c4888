"""Other processes that work in turn with this one: an order in a line of input, a line of output when it is done."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from benchmarks.proc import processor_time


class Worker:
    """A process that carries out orders, one at a time."""

    def __init__(self, name: str, process: asyncio.subprocess.Process) -> None:
        self._name = name
        self._process = process

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def processor_time(self) -> float:
        """The seconds of processor time that it has taken."""
        return processor_time(self._process.pid)

    async def do(self, wish: str = "go") -> None:
        """Carry out an order; returns when it is done."""
        assert self._process.stdin
        self._process.stdin.write(f"{wish}\n".encode())
        await self.expect("done")

    async def expect(self, line: str) -> None:
        """Wait for its next line; raises RuntimeError if it is another one."""
        assert self._process.stdout
        if await self._process.stdout.readline() != f"{line}\n".encode():
            raise RuntimeError(f"{self._name} did not get to: {line}")


def working(module: str, *arguments: object) -> AbstractAsyncContextManager[Worker]:
    """A module of this package in a process of its own, ready for orders."""
    name = " ".join((module, *map(str, arguments[:1])))
    return working_in(None, name, "-m", module, *map(str, arguments))


@asynccontextmanager
async def working_in(root: Path | None, name: str, *program: str) -> AsyncIterator[Worker]:
    """The code for a Python process that is ready for orders, with the packages of a folder."""
    process = await asyncio.create_subprocess_exec(sys.executable, *program, stdin=PIPE, stdout=PIPE, cwd=root)
    worker = Worker(name, process)
    try:
        await worker.expect("ready")
        yield worker
    finally:
        assert process.stdin
        process.stdin.close()
        await process.wait()


async def carry_out(work: Callable[[str], Awaitable[object]]) -> None:
    """The process's side: do the work for every line of standard input."""
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        await work(line.strip())
        print("done", flush=True)
