"""How figures are measured: work and floor in turn within one run, as medians, and their ratio held to a limit."""

from __future__ import annotations

import gc
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Literal

from benchmarks.postgres import Postgres

Unit = Literal["ms", "/s", "s", "MB", "%", "rows", "MB/h", "/h", "h", ""]


@dataclass(frozen=True, slots=True)
class Hold:
    """A limit for a ratio or, without a floor, for a figure."""

    sign: Literal["≤", "≥"]
    limit: float

    def met_by(self, value: float) -> bool:
        """Whether a value keeps the limit."""
        return value <= self.limit if self.sign == "≤" else value >= self.limit


def at_most(limit: float) -> Hold:
    """An upper limit."""
    return Hold("≤", limit)


def at_least(limit: float) -> Hold:
    """A lower limit."""
    return Hold("≥", limit)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a figure, its floor in the same unit, and its limit.

    Without a limit it is only reported. `absolute`: the limit is for the figure itself, not for its ratio to the floor.
    """

    work: str
    figure: float
    unit: Unit
    beside: str = ""
    floor: float | None = None
    hold: Hold | None = None
    absolute: bool = False

    @property
    def ratio(self) -> float | None:
        """The figure over its floor."""
        return self.figure / self.floor if self.floor else None

    @property
    def met(self) -> bool | None:
        """Whether the limit is kept; None without one."""
        if self.hold is None:
            return None
        ratio = self.ratio
        return self.hold.met_by(self.figure if self.absolute or ratio is None else ratio)

    def as_json(self) -> dict[str, Any]:
        """The row for the results file."""
        return asdict(self) | {"ratio": self.ratio, "met": self.met}


@dataclass(frozen=True, slots=True)
class Bench:
    """A benchmark's surroundings. `quick`: just enough repetitions to see that it runs."""

    directory: Path
    postgres: Postgres
    quick: bool = False

    def times(self, count: int, quick: int = 3) -> int:
        """The number of repetitions."""
        return quick if self.quick else count

    def sqlite_url(self, name: str) -> str:
        """The URL of a new file."""
        return f"sqlite+aiosqlite:///{self.directory / name}.db"


Work = Callable[[], Awaitable[object]]


def percentile(ordered: Sequence[float], share: int) -> float:
    """The value that `share` percent of the ordered values do not exceed."""
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


async def side_by_side(
    works: Sequence[Work], rounds: int, warm: int = 20, clock: Callable[[], float] = perf_counter
) -> list[float]:
    """The median milliseconds of each work, run in turn: A B A B …"""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(min(warm, rounds)):
        for work in works:
            await work()
    gc.collect()
    for _ in range(rounds):
        for work, times in zip(works, taken, strict=True):
            start = clock()
            await work()
            times.append((clock() - start) * 1000)
    return [median(times) for times in taken]


async def rates(works: Sequence[Work], counts: Sequence[int], rounds: int) -> list[float]:
    """The median operations per second of each work, run in turn; one call does its count of operations."""
    taken: list[list[float]] = [[] for _ in works]
    for work in works:
        await work()
    gc.collect()
    for _ in range(rounds):
        for work, count, speeds in zip(works, counts, taken, strict=True):
            start = perf_counter()
            await work()
            speeds.append(count / (perf_counter() - start))
    return [median(speeds) for speeds in taken]
