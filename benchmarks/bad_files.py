"""Files made to harm, each just within or just beyond what is read: what it costs to understand or to refuse them.

Each is read in a process of its own, so that its seconds and its memory are its own.
"""

from __future__ import annotations

import asyncio
import io
import json
import resource
import sys
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from random import Random
from time import process_time

from benchmarks.harness import Bench, Row, at_most
from core.caps import CAPS
from core.errors import ImportRefused, InvalidPlan
from core.importing import Options, understand
from core.importing.limits import MOST_BYTES, MOST_CELLS, MOST_HABITS, MOST_JSON_PARTS, MOST_ROWS, MOST_UNPACKED


def _sheet(rows: int, habits: int) -> bytes:
    lines = (f"h{n % habits},{1950 + n % 100}-{n // 100 % 12 + 1:02}-{n % 28 + 1:02},{n % 977}.5," for n in range(rows))
    return "\n".join(["habit,date,value,note", *lines]).encode()


def _wide(cells: int) -> bytes:
    row = "2026-01-01" + "," * 999
    return "\n".join(["date," + ",".join(f"h{n}" for n in range(999)), *[row] * (cells // 1000 - 1)]).encode()


def _zip(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
        file.writestr("settings.json", "{}")
    return out.getvalue()


FILES: Mapping[str, Callable[[float], bytes]] = {
    "a sheet of many rows": lambda share: _sheet(int(MOST_ROWS * share) - 2, MOST_HABITS),
    "a sheet of many habits": lambda share: _sheet(int(MOST_ROWS * share) - 2, MOST_ROWS),
    "a sheet of empty cells": lambda share: _wide(int(MOST_CELLS * share)),
    "an open quote": lambda share: b'date,Run\n2026-01-01,"' + b"a," * int(MOST_BYTES * share // 2 - 20),
    "JSON of many parts": lambda share: b'{"habits":[%s0]}' % (b"0.125," * int(MOST_JSON_PARTS * share - 5)),
    "JSON of many records": lambda share: (
        b'{"habits":[{"name":"a","records":[%s0]}]}'
        % (b'{"day":"2026-01-01","done":true},' * int(MOST_JSON_PARTS * share / 3 - 5))
    ),
    "a zip bomb of JSON": lambda share: _zip("habits.json", b'{"a":1},' * int(MOST_UNPACKED * share // 8 - 20)),
    "a zip bomb of a sheet": lambda share: _zip("Habits.csv", b"a,b\n" * int(MOST_UNPACKED * share // 4 - 20)),
    "no database": lambda share: b"SQLite format 3\x00" + Random(1).randbytes(int(MOST_BYTES * share) - 16),
}
"""By the share of the limit that they take."""


async def measure(bench: Bench) -> list[Row]:
    """See the module: the costliest of the files."""
    share = 0.01 if bench.quick else 1
    worst: dict[str, tuple[float, str]] = {"seconds": (0, ""), "megabytes": (0, "")}
    for name, made in FILES.items():
        file = bench.directory / "file"
        file.write_bytes(made(share))
        ran = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.bad_files", str(file), stdout=asyncio.subprocess.PIPE
        )
        told, _ = await ran.communicate()
        for what, figure in json.loads(told).items():
            worst[what] = max(worst[what], (figure, name))
    (seconds, slowest), (megabytes, largest) = worst["seconds"], worst["megabytes"]
    return [
        Row(f"CPU for the worst of {len(FILES)} bad files: {slowest}", seconds, "s", hold=at_most(2), absolute=True),
        Row(f"memory for the worst: {largest}", megabytes, "MB", hold=at_most(200), absolute=True),
    ]


def cost(raw: bytes) -> dict[str, float]:
    """What it takes to understand or refuse a file in this process. The memory is all of the process's."""
    begun = process_time()
    with suppress(ImportRefused, InvalidPlan):
        understand(raw, Options(entries=CAPS.document_entries)).parsed()
    return {"seconds": process_time() - begun, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    print(json.dumps(cost(Path(sys.argv[1]).read_bytes())))
