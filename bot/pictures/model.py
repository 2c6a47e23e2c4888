"""The contents of pictures as plain values: they cross to another process, and every word in them is the caller's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TypeAlias, TypeVar

from core.goals.model import Status
from core.records import record

MOST_BARS = 5
MOST_STRIPS = 24
MOST_MAPS = 10
MOST_PEOPLE = 24
"""The most rows that are readable when a phone fits the picture to its screen."""

Row = TypeVar("Row")


class DrawnMark(StrEnum):
    """The state of a leaf on a day."""

    DONE = "done"
    PARTIAL = "partial"  # partly done, see `DrawnDay.share`
    MISSED = "missed"  # past, and nothing done
    SKIPPED = "skipped"
    OFF = "off"  # not scheduled, paused, or outside the leaf's range
    OPEN = "open"  # today or later


@record
class DrawnDay:
    """A day of a leaf. `share` of the target, 0 to 1, is the depth of the colour of a partial or open day."""

    mark: DrawnMark
    share: float = 0.0


@record
class DrawnStrip:
    """The days of one leaf or one person, and a note below the name: a streak, or "2 of 3"."""

    label: str
    days: tuple[DrawnDay, ...]
    note: str = ""


@record
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
    """The line about rows that are not drawn (see `fitting`)."""


@record
class Bar:
    """The progress of a vision or another goal: `percent` and `pace` are whole percent, `figure` is the text."""

    label: str
    percent: int
    figure: str
    status: Status
    pace: int | None = None


@record
class Headline:
    """How the period went: a sentence, and one large number with its label and its change.

    `better` tells whether the change is an improvement; None if nothing can be compared.
    """

    sentence: str
    number: str = ""
    of: str = ""
    change: str = ""
    better: bool | None = None


@record
class Legend:
    """A word for each sign. Only signs that occur and have a word are explained."""

    pace: str = ""
    done: str = ""
    partial: str = ""
    missed: str = ""
    skipped: str = ""
    off: str = ""
    open: str = ""


@record
class DigestPicture:
    """A digest: the headline, the visions, the days, and a highlight. The most important rows come first."""

    title: str
    whose: str = ""
    headline: Headline = Headline("")
    bars: tuple[Bar, ...] = ()
    more_bars: str = ""
    days: DrawnDays = DrawnDays()
    highlight: str = ""
    legend: Legend = Legend()


@record
class DrawnLine:
    """A goal's progress through one period: `points` and `pace` (the even progress) are pairs of a share of the period
    and a value. `first` and `last` label the ends of the period, `low` and `high` those of the values, and
    `target_word` the target at `target`.

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


@record
class GoalPicture:
    """One goal: how it stands, its line to the target, and the map of its year."""

    title: str
    path: str = ""
    headline: Headline = Headline("")
    status: Status = Status.OFF
    line: DrawnLine | None = None
    year: DrawnDays = DrawnDays()
    legend: Legend = Legend()


@record
class BoardPicture:
    """A group's days, one row for each person, and its shared goals."""

    title: str
    whose: str = ""
    headline: Headline = Headline("")
    bars: tuple[Bar, ...] = ()
    more_bars: str = ""
    people: DrawnDays = DrawnDays()
    legend: Legend = Legend()


Picture: TypeAlias = DigestPicture | GoalPicture | BoardPicture


def fitting(rows: Sequence[Row], most: int, words: Callable[[int], str]) -> tuple[tuple[Row, ...], str]:
    """The rows that are drawn, and the line about the others ("" if all are)."""
    hidden = len(rows) - most
    return tuple(rows[:most]), words(hidden) if hidden > 0 else ""
