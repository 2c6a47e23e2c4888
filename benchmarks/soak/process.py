"""The soaked process from outside: started, observed through /proc, stopped."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.proc import children, processor_time, resident


class Soaked:
    """A running bot: its present figures, and the last ones from its own gauges."""

    def __init__(self, process: Process, data: Path) -> None:
        self._process = process
        self._data = data
        self.gauges: dict[str, Any] = {}
        self._census: asyncio.Future[Counter[str]] | None = None
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, base_url: str, token: str, data: Path) -> Soaked:
        """Start it on a database in a folder, with its log in a file there."""
        settings = {"GOALTREE_BOT_TOKEN": token, "GOALTREE_API_BASE_URL": base_url, "GOALTREE_DATA_DIR": str(data)}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GOALTREE_")}
        with (data / "bot.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "benchmarks.soak.bot"),
                env=kept | settings,
                stdout=PIPE,
                stderr=log,
                limit=2**20,
            )
        return cls(process, data)

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.returncode is None

    def figures(self) -> dict[str, float]:
        """Its present memory (MB, with its children), file descriptors, threads, database size (MB), and processor time
        (s)."""
        pid = self._process.pid
        return {
            "memory_mb": resident(pid),
            "children_mb": sum(resident(child) for child in children(pid)),
            "fds": len(list(Path(f"/proc/{pid}/fd").iterdir())),
            "threads": len(list(Path(f"/proc/{pid}/task").iterdir())),
            "database_mb": sum(file.stat().st_size for file in self._data.glob("goaltree.db*")) / 2**20,
            "cpu_s": processor_time(pid),
        }

    async def census(self) -> Counter[str]:
        """The number of its objects by type."""
        self._census = asyncio.get_running_loop().create_future()
        self._process.send_signal(signal.SIGUSR1)
        async with asyncio.timeout(60):
            return await self._census

    async def stop(self) -> None:
        """Stop it as an operator would."""
        if self.alive:
            self._process.terminate()
        await self._process.wait()
        await self._listening

    def complaints(self) -> list[str]:
        """The warnings and errors in its log."""
        lines = (self._data / "bot.log").read_text(encoding="utf-8").splitlines()
        return [line for line in lines if " INFO " not in line]

    async def _listen(self) -> None:
        assert self._process.stdout
        async for line in self._process.stdout:
            said = json.loads(line)
            if "census" in said:
                if self._census and not self._census.done():
                    self._census.set_result(Counter(said["census"]))
            else:
                self.gauges = said
