"""Days as a calm grid: a week beside its label, a month below it with its weeks apart, longer spans as a map."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from bot.pictures.canvas import (
    LABEL,
    MARGIN,
    PIXEL,
    RIGHT,
    ROOM,
    SMALL,
    Drawn,
    is_from_the_right,
    label,
    line,
    remark,
    start,
)
from bot.pictures.model import MOST_MAPS, MOST_STRIPS, DrawnDays, DrawnMark, DrawnStrip
from bot.pictures.palette import MUTED
from bot.pictures.signs import cell
from bot.pictures.text import Pieces, cut, measured, pieces
from core.records import record

WEEK = 7
_GAP_OF_WEEKS = 12


@record
class _Form:
    """The geometry of a strip's days. `side` is the size of a day, `step` the distance to the next."""

    count: int
    lead: int

    @property
    def beside(self) -> bool:
        return self.count <= 10

    @property
    def map(self) -> bool:
        return self.count > 31

    @property
    def weeks(self) -> int:
        return -(-(self.count + self.lead) // WEEK)

    @property
    def step(self) -> float:
        if self.beside:
            return 41 * PIXEL
        if self.map:
            return min(ROOM // self.weeks, 17 * PIXEL)
        return (ROOM - (self.weeks - 1) * _GAP_OF_WEEKS) / self.count

    @property
    def side(self) -> float:
        return self.step - PIXEL * (6 if self.beside else 2 if self.map else 3)

    @property
    def left(self) -> float:
        """The x coordinate of the first day: a quarter's map leaves space for the label beside it."""
        if self.beside:
            return RIGHT - self.step * self.count + (self.step - self.side)
        return RIGHT - self.step * self.weeks + 2 * PIXEL if self.map_beside else float(MARGIN)

    @property
    def map_beside(self) -> bool:
        return self.map and self.step * self.weeks < ROOM / 2

    @property
    def height(self) -> float:
        """The height of the days alone."""
        return self.step * WEEK if self.map else self.side

    def place(self, index: int) -> tuple[float, float]:
        """The x and y of a day, relative to the strip's corner."""
        week, weekday = divmod(index + self.lead, WEEK)
        if self.map:
            return self.left + week * self.step, weekday * self.step
        gaps = 0 if self.beside else week * _GAP_OF_WEEKS
        return self.left + index * self.step + gaps, 0.0

    def drawn(self, strip: DrawnStrip, y: float) -> list[str]:
        """The days of a strip."""
        places = (self.place(index) for index in range(len(strip.days)))
        return [cell(day, x, y + down, self.side) for day, (x, down) in zip(strip.days, places, strict=True)]


def most_rows(count: int) -> int:
    """The most strips that are drawn for a number of days."""
    return MOST_MAPS if count > 31 else MOST_STRIPS


def grid(days: DrawnDays, y: float) -> Drawn:
    """The strips below their common headings."""
    count = max((len(strip.days) for strip in days.strips), default=0)
    if not count:
        return [], y
    form = _Form(count, days.lead)
    drawn, y = _headings(days.headings[:count], form, y + 8)
    for strip in days.strips[: most_rows(count)]:
        beside = form.beside or form.map_beside
        drawn += _name(strip, form, y)
        drawn += form.drawn(strip, y if beside else y + LABEL + 18)
        y += max(form.height, 60) + (16 if form.beside else 20) if beside else form.height + LABEL + 44
    note, y = remark(days.more, y)
    return [*drawn, *note], y


def marks_in(days: DrawnDays) -> set[DrawnMark]:
    """The kinds of days that are drawn."""
    count = max((len(strip.days) for strip in days.strips), default=0)
    return {day.mark for strip in days.strips[: most_rows(count)] for day in strip.days}


def _name(strip: DrawnStrip, form: _Form, y: float) -> list[str]:
    if form.beside or form.map_beside:
        room = form.left - 28 - MARGIN
        if not strip.note:
            return [label(strip.label, MARGIN, y + 37, LABEL, room)]
        name, note = cut(strip.label, LABEL, room), cut(strip.note, SMALL, room)
        # Below the name, at the end from which it is read.
        left = MARGIN + room - measured(note, SMALL) if is_from_the_right(name) else MARGIN
        at = start(name, LABEL, MARGIN, room)
        return [line(name, at, y + 24, LABEL), line(note, left, y + 55, SMALL, MUTED)]
    drawn = pieces(strip.note)
    width = measured(drawn, SMALL)
    return [
        label(strip.label, MARGIN, y + LABEL, LABEL, ROOM - (width + 28 if drawn else 0)),
        line(drawn, RIGHT - width, y + LABEL, SMALL, MUTED),
    ]


def _headings(names: tuple[str, ...], form: _Form, y: float) -> Drawn:
    """The words above the days; only every second, third, … if they would touch."""
    words: list[tuple[Pieces, float, float]] = []
    for index, name in enumerate(names):
        if text := pieces(name):
            width = measured(text, SMALL)
            x = form.place(index)[0] + (0 if form.map else (form.side - width) / 2)
            words.append((text, min(max(x, MARGIN), RIGHT - width), width))
    shown = next((chosen for every in range(1, len(words) + 1) if _apart(chosen := words[::every])), [])
    drawn = [line(text, x, y + SMALL, SMALL, MUTED) for text, x, _ in shown]
    return drawn, y + SMALL + 18 if drawn else y


def _apart(words: Iterable[tuple[Pieces, float, float]]) -> bool:
    return all(x + width + 8 <= next_x for (_, x, width), (_, next_x, _) in pairwise(words))
