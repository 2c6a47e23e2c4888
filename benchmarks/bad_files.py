"""Malicious files, each just within or just beyond the limits: the cost of parsing or refusing them.

Each is read in a process of its own, for separate figures of time and memory.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import process_time

from benchmarks.harness import Bench, Row, at_most
from benchmarks.proc import resident
from core.caps import CAPS
from core.errors import ImportRefused, InvalidPlan
from core.importing import Options, understand
from core.importing.limits import (
    MOST_BYTES,
    MOST_CELLS,
    MOST_HABITS,
    MOST_JSON_PARTS,
    MOST_LINES,
    MOST_ROWS,
    MOST_UNPACKED,
)


def _sheet(rows: int, habits: int) -> bytes:
    lines = (f"h{n % habits},{1950 + n % 100}-{n // 100 % 12 + 1:02}-{n % 28 + 1:02},{n % 977}.5," for n in range(rows))
    return "\n".join(["habit,date,value,note", *lines]).encode()


def _wide(cells: int) -> bytes:
    row = "2026-01-01" + "," * 999
    return "\n".join(["date," + ",".join(f"h{n}" for n in range(999)), *[row] * (cells // 1000 - 1)]).encode()


def _said(rows: int, cell: str, columns: int) -> bytes:
    """A column for each habit, with the same text in every cell."""
    lines = (f"{1950 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}" + f",{cell}" * columns for n in range(rows))
    return "\n".join(["Date," + ",".join(f"h{n}" for n in range(columns)), *lines]).encode()


def _unlike(rows: int) -> bytes:
    """No two rows have the same date or amount."""
    begin = datetime(2000, 1, 1, tzinfo=UTC)
    lines = (f"h,{begin + timedelta(hours=n):%Y-%m-%d %H:%M},{n}.125 km" for n in range(rows))
    return "\n".join(["habit,date,value", *lines]).encode()


def _folders(rows: int, habits: int) -> bytes:
    """Loop's export: a sheet for each habit."""
    names = "".join(f"{n:03},h{n},1,1\n" for n in range(1, habits))
    sheet = b"2015-01-25,0\n" * (rows // habits)
    sheets = {f"{n:03} h{n}/Checkmarks.csv": sheet for n in range(1, habits)}
    return _zip({"Habits.csv": f"Position,Name,NumRepetitions,Interval\n{names}".encode(), **sheets})


def _zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in {**files, "settings.json": b"{}"}.items():
            file.writestr(name, content)
    return out.getvalue()


FILES: Mapping[str, Callable[[float], bytes]] = {
    "a sheet of many rows": lambda share: _sheet(int(MOST_ROWS * share) - 2, MOST_HABITS // 2),
    "a sheet of many habits": lambda share: _sheet(int(MOST_ROWS * share) - 2, MOST_ROWS),
    "a sheet of empty cells": lambda share: _wide(int(MOST_CELLS * share)),
    "an open quote": lambda share: b'date,Run\n2026-01-01,"' + b"a," * int(MOST_BYTES * share // 2 - 20),
    "JSON of many parts": lambda share: b'{"habits":[%s0]}' % (b"0.125," * int(MOST_JSON_PARTS * share - 5)),
    "JSON of many records": lambda share: (
        b'{"habits":[{"name":"a","records":[%s0]}]}'
        % (b'{"day":"2026-01-01","done":true},' * int(MOST_JSON_PARTS * share / 3 - 5))
    ),
    "a zip bomb of JSON": lambda share: _zip({"habits.json": b'{"a":1},' * int(MOST_UNPACKED * share // 8 - 20)}),
    "a zip bomb of a sheet": lambda share: _zip({"Habits.csv": b"a,b\n" * int(MOST_UNPACKED * share // 4 - 20)}),
    "a zip of many sheets": lambda share: _folders(int(MOST_LINES * share), 999),
    "a sheet of nos": lambda share: _said(int(3_000 * share), "no", 999),
    "a sheet of unknowns": lambda share: _said(int(2_500 * share), "UNKNOWN", 900),
    "a sheet of unlike rows": lambda share: _unlike(int(MOST_ROWS * share) - 2),
    "a sheet of an old encoding": lambda share: b"date;Run\n" + b"a\xe4" * int(MOST_BYTES * share // 2 - 20),
    "a document of faults": lambda share: (
        b'{"format":"goaltree/1","visions":[],"entries":[%s{}]}' % (b'{"date":"x"},' * int(99_000 * share))
    ),
    "a document cut off": lambda share: (
        b'{"format":"goaltree/1","visions":[],"entries":[%s'
        % (b'{"node":"a","date":"2026-11-23","value":0.5},' * int(99_000 * share))
    ),
    "no database": lambda share: b"SQLite format 3\x00" + Random(1).randbytes(int(MOST_BYTES * share) - 16),
}
"""By the share of the limit that they take."""


async def measure(bench: Bench) -> list[Row]:
    """The costliest of the files."""
    share, kinds = (0.01, [*FILES][:2]) if bench.quick else (1, [*FILES])
    worst: dict[str, tuple[float, str]] = {"seconds": (0, ""), "megabytes": (0, "")}
    for name in kinds:
        file = bench.directory / "file"
        file.write_bytes(FILES[name](share))
        ran = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.bad_files", str(file), stdout=asyncio.subprocess.PIPE
        )
        told, _ = await ran.communicate()
        for what, figure in json.loads(told).items():
            worst[what] = max(worst[what], (figure, name))
    (seconds, slowest), (megabytes, largest) = worst["seconds"], worst["megabytes"]
    return [
        Row(f"CPU for the worst of {len(kinds)} bad files: {slowest}", seconds, "s", hold=at_most(2), absolute=True),
        Row(f"memory for the worst: {largest}", megabytes, "MB", hold=at_most(200), absolute=True),
    ]


def cost(raw: bytes) -> dict[str, float]:
    """The cost of parsing or refusing a file in this process. The memory is the process's peak."""
    begun = process_time()
    with suppress(ImportRefused, InvalidPlan):
        understand(raw, Options(entries=CAPS.document_entries)).parsed()
    return {"seconds": process_time() - begun, "megabytes": resident(os.getpid(), "VmHWM")}


if __name__ == "__main__":
    print(json.dumps(cost(Path(sys.argv[1]).read_bytes())))
