"""The bot's handle on one drawing process: a picture goes in, a PNG comes out."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

import bot
from bot.pictures.protocol import LENGTH


class Drawer:
    """Starts its process on first use, and again after it has ended.

    Rasterising holds the interpreter's lock, hence another process. It does not use `multiprocessing`, which would
    import the whole program again.
    """

    def __init__(self) -> None:
        self._process: Process | None = None

    @property
    def pid(self) -> int | None:
        """The id of the process; None without one."""
        return self._process.pid if self._process else None

    async def exchange(self, question: bytes) -> tuple[bytes, bytes]:
        """Sends a request and returns the kind of the answer and the answer (see `protocol`). Raises OSError or
        EOFError if the process cannot be started or ends. An interrupted caller must call `end`, or the late answer
        would be taken for the next one's."""
        if self._process and self._process.returncode is not None:
            await self.end()
        self._process = self._process or await _start()
        to, back = self._process.stdin, self._process.stdout
        assert to is not None
        assert back is not None
        if to.is_closing():
            raise BrokenPipeError  # asyncio raises this itself; uvloop raises a RuntimeError
        to.write(LENGTH.pack(len(question)) + question)
        await to.drain()
        (length,) = LENGTH.unpack(await back.readexactly(LENGTH.size))
        answer = await back.readexactly(length)
        return answer[:1], answer[1:]

    async def end(self, patience: float = 0.0) -> None:
        """Ends the process by closing its input; kills it if it takes longer than `patience`."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        if not patience:
            _kill(process)
        try:
            # Also reads to the end: asyncio never closes a pipe with unread bytes.
            async with asyncio.timeout(patience or None):
                await process.communicate()
        except TimeoutError:
            _kill(process)
            await process.communicate()


async def _start() -> Process:
    # Only this process may know the path of the packages (an editable install, a test runner).
    places = [str(Path(bot.__file__).parent.parent), *filter(None, sys.path)]
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",  # no modules from the current directory
        "-m",
        "bot.pictures.worker",
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,  # a panic of the rasteriser may quote what people wrote
        env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
        start_new_session=True,  # Ctrl-C is for the bot, which finishes what it holds
    )


def _kill(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
