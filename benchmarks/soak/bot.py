"""The soaked process: `goaltree run` with gauges inside.

Every ten seconds a line of JSON on standard output says how late the event loop was and how many blocks of memory
Python holds. On SIGUSR1 it counts the objects in memory by type.
"""

from __future__ import annotations

import asyncio
import gc
import json
import signal
import sys
from collections import Counter

from benchmarks.loop import run
from goaltree.logs import set_up
from goaltree.run import run as run_goaltree
from goaltree.settings import load

EVERY = 10.0
LOOK = 0.05


async def _run() -> int:
    settings = load()
    set_up(settings)
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, _take_census)
    gauges = asyncio.create_task(_gauges())
    try:
        return await run_goaltree(settings)
    finally:
        gauges.cancel()


async def _gauges() -> None:
    loop = asyncio.get_running_loop()
    while True:
        late: list[float] = []
        end = loop.time() + EVERY
        while (now := loop.time()) < end:
            await asyncio.sleep(LOOK)
            late.append((loop.time() - now - LOOK) * 1000)
        late.sort()
        _tell(
            {
                "loop_late_p99_ms": late[len(late) * 99 // 100],
                "loop_late_most_ms": late[-1],
                "blocks": sys.getallocatedblocks(),
                "tasks": len(asyncio.all_tasks()),
            }
        )


def _take_census() -> None:
    gc.collect()
    _tell({"census": Counter(f"{type(thing).__module__}.{type(thing).__qualname__}" for thing in gc.get_objects())})


def _tell(what: dict[str, object]) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    raise SystemExit(run(_run()))
