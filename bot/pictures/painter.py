"""The process that draws, seen from the bot: started for the first picture, put away when nobody asks for one."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import pickle
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

import bot
from bot.pictures.model import Picture
from bot.pictures.protocol import DRAWN, LENGTH

logger = logging.getLogger(__name__)


class Painter:
    """Turns pictures into PNG, one at a time.

    Rasterising holds the interpreter's lock, hence another process. It is not one of `multiprocessing`, which would
    import the whole program again. `turn`, `patience` and `idle` are seconds: what a picture may wait for its turn
    (long, where hundreds of digests are due at once), what it may take once that has come, and what the process is kept
    for the next one. The first two together are less than a message may take.
    """

    def __init__(self, *, turn: float = 55.0, patience: float = 10.0, idle: float = 180.0) -> None:
        self.turn = turn
        self.patience = patience
        self._idle = idle
        self._lock = asyncio.Lock()
        self._process: Process | None = None
        self._rest: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The id of the process that draws; None while there is none."""
        return self._process.pid if self._process else None

    async def paint(self, picture: Picture) -> bytes | None:
        """The picture as PNG; None, and a line in the log, if that failed or would come too late: the message then goes
        out without it. However many wait, and whatever hangs, nobody waits for the sum of it."""
        try:
            async with asyncio.timeout(self.turn):
                await self._lock.acquire()
        except TimeoutError:
            logger.error("a picture waited longer than %s s for its turn", self.turn)
            return None
        try:
            self._stay()
            answer = await self._answer(picture)
            if self._process:
                self._rest = asyncio.create_task(self._put_away())
        finally:
            self._lock.release()
        return answer

    async def close(self) -> None:
        """Ends the process."""
        async with self._lock:
            self._stay()
            await self._end()

    async def _answer(self, picture: Picture) -> bytes | None:
        try:
            async with asyncio.timeout(self.patience):
                kind, answer = await self._exchange(pickle.dumps(picture))
        except TimeoutError:
            logger.error("a picture took longer than %s s", self.patience)
            await self._end(at_once=True)
            return None
        except (OSError, EOFError) as error:
            logger.error("the process that draws is gone: %s", type(error).__name__)
            await self._end()
            return None
        except asyncio.CancelledError:
            # Its late answer would be taken for that to the next question.
            await self._end(at_once=True)
            raise
        if kind != DRAWN:
            logger.error("a picture could not be drawn: %s", answer.decode())
            return None
        return answer

    async def _exchange(self, question: bytes) -> tuple[bytes, bytes]:
        """Raises OSError or EOFError if the process cannot be started or ends."""
        if self._process and self._process.returncode is not None:
            await self._end()
        self._process = self._process or await self._start()
        to, back = self._process.stdin, self._process.stdout
        assert to is not None
        assert back is not None
        if to.is_closing():
            raise BrokenPipeError  # what asyncio says by itself; uvloop has a RuntimeError for it
        to.write(LENGTH.pack(len(question)) + question)
        await to.drain()
        (length,) = LENGTH.unpack(await back.readexactly(LENGTH.size))
        answer = await back.readexactly(length)
        return answer[:1], answer[1:]

    async def _start(self) -> Process:
        # The packages may be found by a path that only this process knows (an editable install, a test runner).
        places = [str(Path(bot.__file__).parent.parent), *filter(None, sys.path)]
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # not what happens to lie in the current directory
            "-m",
            "bot.pictures.worker",
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,  # a panic of the rasteriser may quote what people wrote
            env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
            start_new_session=True,  # Ctrl-C is for the bot, which finishes what it holds
        )

    async def _put_away(self) -> None:
        await asyncio.sleep(self._idle)
        async with self._lock:
            await self._end()

    def _stay(self) -> None:
        # Whoever holds the lock may cancel: the task then sleeps or waits for the lock, and ends nothing halfway.
        if self._rest:
            self._rest.cancel()
            self._rest = None

    async def _end(self, *, at_once: bool = False) -> None:
        """Lets the process end, which it does when its input is closed; one that does not listen is killed."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        if at_once:
            _kill(process)
        try:
            # Reads to the end as well: a pipe with unread bytes is never closed by asyncio.
            await asyncio.wait_for(process.communicate(), self.patience)
        except TimeoutError:
            _kill(process)
            await process.communicate()


def _kill(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
