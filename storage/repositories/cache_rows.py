"""Cells, runs and crowds from their columns. They are cached, since most are equal (done, or one of a few values)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from core.goals.crowd import Crowd
from core.goals.progress import ONE, Cell
from core.goals.streaks import Run
from storage.types import from_millionths


@lru_cache(8192)
def cell_of(value: int, progress: int, counts: bool, excused: bool, known: bool, extra: bool) -> Cell:
    """A cell from its columns (flags may be 0 or 1)."""
    return Cell(from_millionths(value) if known else None, progress, bool(counts), bool(excused), bool(extra))


@lru_cache(8192)
def run_of(length: int, best: int, through: Any, missed: Any, day_of: Callable[[Any], date]) -> Run:
    """A run from its columns."""
    return Run(length, best, through and day_of(through), missed and day_of(missed))


def crowd_of(row: Sequence[Any]) -> Crowd:
    """A crowd from the columns of its row."""
    cells, total, least, most, done, excused, extra = row
    return Crowd(cells, total, ONE if least is None else least, most or 0, done, excused, extra)
