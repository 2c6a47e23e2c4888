"""The contents of pictures as plain values: they cross to another process, and every word in them is the caller's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, TypeVar

from core.goals.model import Status

MOST_BARS = 5
MOST_STRIPS = 24
MOST_MAPS = 10
MOST_PEOPLE = 24
"""More rows than these would be too small to read once a phone has fitted the picture to its screen."""

Row = TypeVar("Row")


class DrawnMark(StrEnum):
    """The state of a leaf on a day."""

    DONE = "done"
    PARTIAL = "partial"  # something, `DrawnDay.share` of it
    MISSED = "missed"  # over, and nothing
    SKIPPED = "skipped"
    OFF = "off"  # not scheduled, paused, or outside the leaf's range
    OPEN = "open"  # today or ahead


@dataclass(frozen=True, slots=True)
class DrawnDay:
    """A day of a leaf. `share` of the target, 0 to 1, gives the depth of what is partial or open."""

    mark: DrawnMark
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class DrawnStrip:
    """The days of one leaf or one person, and a note below the name: a streak, or "2 of 3"."""

    label: str
    days: tuple[DrawnDay, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class DrawnDays:
    """Strips that share their dates.

    `headings` has a word for some days ("" for none); `lead` is the place of the first day in its week, 0 to 6. Up to
    ten days stand beside their label, up to 31 below it with a gap where a week begins, and more as a map with a column
    a week.
    """

    strips: tuple[DrawnStrip, ...] = ()
    headings: tuple[str, ...] = ()
    lead: int = 0
    more: str = ""
    """Tells of rows that are not drawn (`fitting` words them)."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How far a vision or another goal came: `percent` and `pace` are whole percent, `figure` is what is written."""

    label: str
    percent: int
    figure: str
    status: Status
    pace: int | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    """How the period went: a sentence, and one large number with what it is of and how it changed.

    `better` tells whether the change is for the better; None where nothing can be compared.
    """

    sentence: str
    number: str = ""
    of: str = ""
    change: str = ""
    better: bool | None = None


@dataclass(frozen=True, slots=True)
class Legend:
    """A word for each sign. Only signs that occur are explained, and only those that have a word."""

    pace: str = ""
    done: str = ""
    partial: str = ""
    missed: str = ""
    skipped: str = ""
    off: str = ""
    open: str = ""


@dataclass(frozen=True, slots=True)
class DigestPicture:
    """A digest: the headline, the visions, the days, and one thing to remember. The most important rows come first."""

    title: str
    whose: str = ""
    headline: Headline = Headline("")
    bars: tuple[Bar, ...] = ()
    more_bars: str = ""
    days: DrawnDays = DrawnDays()
    highlight: str = ""
    legend: Legend = Legend()


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A goal's way through one period: `points` and `pace` are pairs of a share of the period and a value.

    `pace` is the even way. `last` and `first` word the ends of the period, `low` and `high` those of the values, and
    `target_word` the target at `target`.
    """

    points: tuple[tuple[float, float], ...]
    pace: tuple[tuple[float, float], ...] = ()
    target: float | None = None
    target_word: str = ""
    first: str = ""
    last: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class GoalPicture:
    """One goal: how it stands, its line to the target, and the map of its year."""

    title: str
    path: str = ""
    headline: Headline = Headline("")
    status: Status = Status.OFF
    line: DrawnLine | None = None
    year: DrawnDays = DrawnDays()
    legend: Legend = Legend()


@dataclass(frozen=True, slots=True)
class BoardPicture:
    """A group's days, a row a person, and how far its shared goals came."""

    title: str
    whose: str = ""
    headline: Headline = Headline("")
    bars: tuple[Bar, ...] = ()
    more_bars: str = ""
    people: DrawnDays = DrawnDays()
    legend: Legend = Legend()


Picture: TypeAlias = DigestPicture | GoalPicture | BoardPicture


def fitting(rows: Sequence[Row], most: int, words: Callable[[int], str]) -> tuple[tuple[Row, ...], str]:
    """The rows that are drawn, and the line that tells how many are not ("" if all are)."""
    hidden = len(rows) - most
    return tuple(rows[:most]), words(hidden) if hidden > 0 else ""
