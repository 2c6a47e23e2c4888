"""The soaked process, from outside: started, looked at through /proc, stopped."""

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

TICKS = os.sysconf("SC_CLK_TCK")


class Soaked:
    """A running bot: its figures now, and what its own gauges said last."""

    def __init__(self, process: Process, data: Path) -> None:
        self._process = process
        self._data = data
        self.gauges: dict[str, Any] = {}
        self._census: asyncio.Future[Counter[str]] | None = None
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, base_url: str, token: str, data: Path) -> Soaked:
        """Starts it on a database in a folder; its log goes into a file there."""
        settings = {
            "GOALTREE_BOT_TOKEN": token,
            "GOALTREE_API_BASE_URL": base_url,
            "GOALTREE_DATA_DIR": str(data),
        }
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
        """What it holds now: memory (MB, also that of its children), file descriptors, threads, the size of the
        database (MB), and the seconds of processor time it has taken."""
        pid = self._process.pid
        return {
            "memory_mb": _memory(pid),
            "children_mb": sum(_memory(child) for child in _children(pid)),
            "fds": len(list(Path(f"/proc/{pid}/fd").iterdir())),
            "threads": len(list(Path(f"/proc/{pid}/task").iterdir())),
            "database_mb": sum(file.stat().st_size for file in self._data.glob("goaltree.db*")) / 2**20,
            "cpu_s": _cpu(pid),
        }

    async def census(self) -> Counter[str]:
        """How many objects of each type it holds."""
        self._census = asyncio.get_running_loop().create_future()
        self._process.send_signal(signal.SIGUSR1)
        return await asyncio.wait_for(self._census, 60)

    async def stop(self) -> None:
        """Ends it as an operator would."""
        if self.alive:
            self._process.terminate()
        await self._process.wait()
        await self._listening

    def complaints(self) -> list[str]:
        """The lines of its log that are warnings or worse."""
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


def _memory(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:  # a child that has ended meanwhile
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS:"))


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text(encoding="ascii").split()]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
