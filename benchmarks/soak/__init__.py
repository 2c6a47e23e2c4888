"""`python -m benchmarks soak [--minutes 60]`: an hour of use, after which nothing has grown or become slower.

`goaltree run` is a process of its own on SQLite and a local Telegram. At a steady pace people log, tap, look and plan,
are asked by reminders and get digests. Every ten seconds its memory, file descriptors, threads, the lateness of its
event loop and people's waits are sampled, kept in a JSON file throughout, and drawn at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from benchmarks.harness import percentile
from benchmarks.loop import run
from benchmarks.soak.people import People
from benchmarks.soak.process import Soaked
from benchmarks.soak.summary import rows_of, writer_of_picture
from benchmarks.table import printed
from sandbox.server import LocalTelegram
from sandbox.world import World

EVERY = 10.0
KEPT_EVERY = 6
"""The file is rewritten after this many samples."""
WARM_UP = 1 / 6
"""The share of the time that slopes leave out: caches fill, and the allocator finds its size."""

Sample = dict[str, float]


def main(argv: Sequence[str], results: Path) -> int:
    """Run; return 0 if everything stayed flat."""
    arguments = _parser().parse_args(argv)
    results.mkdir(exist_ok=True)
    file = results / f"soak-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    with tempfile.TemporaryDirectory(prefix="goaltree-soak-") as directory:
        report = run(_soak(arguments.minutes, arguments.people, arguments.rate, Path(directory), file))
    rows = rows_of(report, WARM_UP)
    report["rows"] = [row.as_json() for row in rows]
    _write(file, report)
    writer_of_picture(report["samples"], file.with_suffix(".png"))
    print(printed(rows))
    print(
        "what grew most, by type:", ", ".join(f"{name} {by:+,}" for name, by in report["growth"].items()) or "nothing"
    )
    print("what they did:", ", ".join(f"{name} {times:,}" for name, times in report["done"].items()))
    print(
        f"{len(report['complaints'])} warnings in its log"
        + "".join(f"\n  {line}" for line in report["complaints"][:10])
    )
    print(f"written to {file} and {file.with_suffix('.png')}")
    return 0 if all(row.met is not False for row in rows) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60, help="how long (default: 60)")
    parser.add_argument("--people", type=int, default=100, help="how many use the bot (default: 100)")
    parser.add_argument("--rate", type=float, default=4, help="things they do a second, all together (default: 4)")
    return parser


async def _soak(minutes: float, number: int, rate: float, directory: Path, file: Path) -> dict[str, Any]:
    def clock() -> datetime:
        return datetime.now(UTC)

    end = asyncio.Event()
    for ending in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(ending, end.set)
    world = World(clock)
    telegram = LocalTelegram(world, clock)
    soaked = await Soaked.start(await telegram.start(), telegram.token, directory)
    people = People(world, number, minutes)
    samples: list[Sample] = []
    report: dict[str, Any] = {
        "at": f"{clock():%Y-%m-%dT%H:%M:%SZ}",
        "minutes": minutes,
        "people": number,
        "rate": rate,
        "samples": samples,
        "done": people.done,
    }
    try:
        await people.settle_in()
        living = asyncio.create_task(people.live(rate))
        begun = monotonic()
        warm: Counter[str] | None = None
        while not end.is_set() and (passed := monotonic() - begun) < minutes * 60:
            if not soaked.alive or living.done():
                raise RuntimeError(f"the bot or the people are gone after {passed:.0f} s; see {directory}")
            if warm is None and passed >= minutes * 60 * WARM_UP:
                warm = await soaked.census()
            await _pause(end, EVERY)
            samples.append(
                {"at_s": round(monotonic() - begun, 1), **soaked.figures(), **soaked.gauges, **_waits(people)}
            )
            if len(samples) % KEPT_EVERY == 0:
                _write(file, report)
        living.cancel()
        await asyncio.gather(living, return_exceptions=True)
        await asyncio.sleep(1)
        grown = (await soaked.census()) - (warm or Counter())
        report["growth"] = dict(grown.most_common(12)) if warm else {}
    finally:
        await soaked.stop()
        await telegram.stop()
        report["complaints"] = soaked.complaints()
        _write(file, report)
    return report


async def _pause(end: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await end.wait()
    except TimeoutError:
        return


def _waits(people: People) -> Sample:
    """The waits for answers since the last sample, in milliseconds."""
    waited, people.waited = sorted(people.waited), []
    if not waited:
        return {"answers": 0}
    shares = {f"p{share}_ms": round(percentile(waited, share) * 1000, 2) for share in (50, 95, 99)}
    return {"answers": len(waited), **shares}


def _write(file: Path, report: dict[str, Any]) -> None:
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(file)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:], Path("benchmarks/results")))
