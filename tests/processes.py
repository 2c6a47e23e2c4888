"""Processes of their own, like those that `python -m MODULE ARGUMENTS` starts.

They are forked from one that has imported the product: an import takes two seconds of processor time, and the tests
start about a hundred processes. A few tests start one in the usual way, to prove that it starts at all.
"""

from __future__ import annotations

import asyncio
import os
import runpy
import signal
import sys
from asyncio import StreamReader, StreamReaderProtocol, StreamWriter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import Any, Self

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.preloaded"])


class Started:
    """A process with its three streams, like `asyncio.subprocess.Process`."""

    def __init__(
        self, process: ForkServerProcess, stdin: StreamWriter, stdout: StreamReader, stderr: StreamReader
    ) -> None:
        self._process = process
        self.stdin, self.stdout, self.stderr = stdin, stdout, stderr

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """Its exit status, negative for the signal that killed it; None while it runs."""
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        """Wait for its end; returns the exit status."""
        over, loop = asyncio.Event(), asyncio.get_running_loop()
        loop.add_reader(self._process.sentinel, over.set)
        try:
            await over.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        status = self.returncode
        assert status is not None
        self.stdin.close()
        return status

    async def communicate(self, said: bytes = b"") -> tuple[bytes, bytes]:
        """Write to it and wait for its end; returns its standard output and standard error."""
        self.stdin.write(said)
        self.stdin.close()
        written = await asyncio.gather(self.stdout.read(), self.stderr.read())
        await self.wait()
        return written


async def started(
    module: str, *arguments: str, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> Started:
    """A process that runs a module as a program, with this environment and directory or ours."""
    (its_in, our_in), (our_out, its_out), (our_err, its_err) = os.pipe(), os.pipe(), os.pipe()
    streams = _Streams(its_in, its_out, its_err)
    what = (module, *arguments), dict(env or os.environ), str(cwd or Path.cwd())
    process = _FORKS.Process(target=_run, args=(streams, *what), daemon=True)
    await asyncio.to_thread(process.start)
    for theirs in (its_in, its_out, its_err):
        os.close(theirs)
    return Started(process, await _writer(our_in), await _reader(our_out), await _reader(our_err))


class _Streams(tuple[int, int, int]):
    """File descriptors that survive pickling: the receiver gets its own numbers for the same files."""

    def __new__(cls, *files: int) -> Self:
        return super().__new__(cls, files)

    def __reduce__(self) -> tuple[Any, ...]:
        return _received, tuple(DupFd(file) for file in self)


def _received(*files: Any) -> list[int]:
    return [file.detach() for file in files]


async def _reader(of: int) -> StreamReader:
    reader = StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: StreamReaderProtocol(reader), os.fdopen(of, "rb", 0))
    return reader


async def _writer(to: int) -> StreamWriter:
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.connect_write_pipe(
        lambda: StreamReaderProtocol(StreamReader()), os.fdopen(to, "wb", 0)
    )
    return StreamWriter(transport, protocol, None, loop)


def _run(streams: Sequence[int], command: Sequence[str], env: Mapping[str, str], cwd: str) -> None:
    for number, stream in enumerate(streams):
        os.dup2(stream, number, inheritable=True)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    sys.argv = ["", *command[1:]]
    runpy.run_module(command[0], run_name="__main__", alter_sys=True)
