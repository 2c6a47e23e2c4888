"""What a picture shows, as plain values: it crosses to another process, and every word in it is the caller's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from core.goals.model import Status

MOST_BARS = 8
MOST_STRIPS = 24
"""More rows than these would be too small to read once a phone has fitted the picture to its screen."""

Row = TypeVar("Row")


class Mark(StrEnum):
    """What a day was to a leaf."""

    DONE = "done"
    PARTIAL = "partial"  # something, `Day.share` of it
    MISSED = "missed"  # over, and nothing
    SKIPPED = "skipped"
    OFF = "off"  # not scheduled, or outside the leaf's range
    OPEN = "open"  # today or ahead


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a leaf. `share` of the target, 0 to 1, is drawn for what is partial and for what is open."""

    mark: Mark
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Strip:
    """The days of one leaf, and its current streak (shown from 1 on)."""

    label: str
    days: tuple[Day, ...]
    streak: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """Progress of a level or a branch; all three numbers are whole percent, `figure` is what is written at the end."""

    label: str
    percent: int
    figure: str
    status: Status
    pace: int | None = None
    before: int | None = None  # where the previous period ended


@dataclass(frozen=True, slots=True)
class Legend:
    """A word for each sign. Only signs that occur are explained, and only those that have a word."""

    pace: str = ""
    before: str = ""
    done: str = ""
    partial: str = ""
    missed: str = ""
    skipped: str = ""
    open: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A digest's picture, the most important rows first: those beyond `MOST_BARS` and `MOST_STRIPS` are not drawn.

    `columns` head the days: a weekday, a date, or the name of a month at its first day; "" heads nothing, and a heading
    that would touch the one before it is left out. `more_bars` and `more_strips` tell of rows that are not drawn
    (`fitting` words them). `footer` holds sentences, which are wrapped.
    """

    title: str
    subtitle: str = ""
    bars: tuple[Bar, ...] = ()
    strips: tuple[Strip, ...] = ()
    columns: tuple[str, ...] = ()
    more_bars: str = ""
    more_strips: str = ""
    footer: tuple[str, ...] = ()
    legend: Legend = Legend()


def fitting(rows: Sequence[Row], most: int, words: Callable[[int], str]) -> tuple[tuple[Row, ...], str]:
    """The rows that are drawn, and the line that tells how many are not ("" if all are)."""
    hidden = len(rows) - most
    return tuple(rows[:most]), words(hidden) if hidden > 0 else ""
