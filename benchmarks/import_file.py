"""The import of a file of 100,000 entries, fifty habits over ten years, into a new chat on SQLite.

It runs in a process of its own, for separate figures of time and memory.
"""

from __future__ import annotations

import asyncio
import gc
import json
import resource
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.harness import Bench, Row, at_most
from core.actions.imports import import_from_app
from core.actions.owners import welcome
from core.goals.model import OwnerType
from core.group.permissions import Actor
from core.importing import understand
from goaltree.commands import SEARCH
from storage import open_store

ENTRIES, HABITS, DAYS = 100_000, 50, 3650
LAST = date(2026, 11, 22)
CHAT = 1


async def measure(bench: Bench) -> list[Row]:
    entries = bench.times(ENTRIES, quick=500)
    file = bench.directory / "habits.csv"
    file.write_bytes(sheet(entries))
    ran = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.import_file", bench.sqlite_url("fresh"), str(file),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    told, _ = await ran.communicate()
    figures = json.loads(told)
    assert figures["entries"] == entries
    what = f"import of {entries:,} entries of {HABITS} habits in ten years"
    return [
        Row(
            f"{what} (of which {figures['busy']:.1f} s of CPU)",
            figures["seconds"],
            "s",
            hold=at_most(10),
            absolute=True,
        ),
        Row("memory of that process", figures["megabytes"], "MB", hold=at_most(300), absolute=True),
    ]


def sheet(entries: int) -> bytes:
    """A sheet with that many rows: numbers, ticks and notes, spread over the years."""
    lines = ["habit,date,value,note"]
    for number in range(entries):
        habit, turn = number % HABITS, number // HABITS
        day = LAST - timedelta(days=turn * (DAYS - 1) // max(entries // HABITS, 1))
        value = f"{1 + turn % 9}.5" if habit % 2 else "x"
        lines.append(f"Habit {habit},{day.isoformat()},{value},{'felt good' if turn % 7 == 0 else ''}")
    return "\n".join(lines).encode()


async def bring_in(url: str, raw: bytes) -> dict[str, float]:
    """The cost of importing a file in this process."""
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    async with open_store(url) as store:
        await welcome(store, Actor.host(CHAT), OwnerType.PRIVATE, "Ann", "en", now)
        begun, busy = perf_counter(), process_time()
        file = await asyncio.to_thread(understand, raw)
        wanted = await asyncio.to_thread(file.parsed)
        done = await import_from_app(store, Actor.alone(CHAT), wanted, now)
        seconds, cpu = perf_counter() - begun, process_time() - busy
    return {
        "entries": done.entries_added,
        "seconds": seconds,
        "busy": cpu,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    gc.set_threshold(*SEARCH)
    print(json.dumps(asyncio.run(bring_in(sys.argv[1], Path(sys.argv[2]).read_bytes()))))
