"""`python -m benchmarks [--quick] [NAME ...]`: measures, prints one table, and writes the figures as JSON.

`python -m benchmarks soak [--minutes 60]`: an hour of use, to see that nothing grows (benchmarks/soak).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Coroutine, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import (
    api,
    apps_open,
    bad_files,
    browser,
    busy_group,
    check_off_postgres,
    check_off_sqlite,
    group_of_500,
    history,
    import_file,
    latency,
    log_in_chat,
    million,
    processes,
    reminders,
    shapes,
    size,
    soak,
    start_up,
    sunday,
    terms,
    tree_of_200,
)
from benchmarks.harness import Bench, Row
from benchmarks.loop import run
from benchmarks.postgres import own_server
from benchmarks.table import printed

BENCHMARKS: dict[str, Callable[[Bench], Coroutine[Any, Any, list[Row]]]] = {
    "check_off_sqlite": check_off_sqlite.measure,
    "check_off_postgres": check_off_postgres.measure,
    "processes": processes.measure,
    "tree_of_200": tree_of_200.measure,
    "group_of_500": group_of_500.measure,
    "shapes": shapes.measure,
    "history": history.measure,
    "terms": terms.measure,
    "log_in_chat": log_in_chat.measure,
    "million": million.measure,
    "latency": latency.measure,
    "reminders": reminders.measure,
    "busy_group": busy_group.measure,
    "sunday": sunday.measure,
    "start_up": start_up.measure,
    "api": api.measure,
    "browser": browser.measure,
    "apps_open": apps_open.measure,
}
ON_DEMAND: dict[str, Callable[[Bench], Coroutine[Any, Any, list[Row]]]] = {
    "size": size.measure,
    "import_file": import_file.measure,
    "bad_files": bad_files.measure,
    "thousand_digests": sunday.a_thousand,
}
"""Run only when named: `size` writes into the documentation, imports need the machine to themselves, a thousand digests
take minutes."""
RESULTS = Path(__file__).parent / "results"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the named benchmarks; return 1 if a limit is missed, else 0."""
    given = sys.argv[1:] if argv is None else argv
    if given and given[0] == "soak":
        return soak.main(given[1:], RESULTS)
    arguments = _parser().parse_args(given)
    start = perf_counter()
    rows: list[Row] = []
    with ExitStack() as stack:
        postgres = stack.enter_context(own_server())
        for name in arguments.names or BENCHMARKS:
            print(f"{name} …", end=" ", file=sys.stderr, flush=True)
            begun = perf_counter()
            with tempfile.TemporaryDirectory(prefix="goaltree-bench-") as directory:
                rows += run((BENCHMARKS | ON_DEMAND)[name](Bench(Path(directory), postgres, arguments.quick)))
            print(f"{perf_counter() - begun:.0f} s", file=sys.stderr)
    print(printed(rows))
    print(f"\n{perf_counter() - start:.0f} s on {os.cpu_count()} cores; written to {_write(rows)}")
    return 0 if all(row.met is not False for row in rows) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        choices=[*BENCHMARKS, *ON_DEMAND, []],
        help=", ".join([*BENCHMARKS, *ON_DEMAND]),
    )
    parser.add_argument("--quick", action="store_true", help="only to see that they run: the figures mean nothing")
    return parser


def _write(rows: Sequence[Row]) -> str:
    now = datetime.now(UTC)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{now:%Y%m%dT%H%M%SZ}.json"
    machine = {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": platform.platform(),
        "cores": os.cpu_count(),
    }
    results = {"at": now.isoformat(timespec="seconds"), "machine": machine, "rows": [row.as_json() for row in rows]}
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return str(path.relative_to(RESULTS.parent.parent))


if __name__ == "__main__":
    raise SystemExit(main())
