"""The layout of a picture: model → SVG. Sizes are pixels of a picture that a phone shows as wide as its screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from bot.pictures.model import MOST_BARS, MOST_STRIPS, Bar, Day, Legend, Mark, Picture, Strip
from bot.pictures.signs import (
    CARD,
    COLOURS,
    GREY,
    INK,
    MUTED,
    TRACK,
    before_marker,
    box,
    cell,
    flame,
    pace_marker,
    slat,
    standing,
)
from bot.pictures.text import Pieces, cut, measured, pieces, wrapped, written

WIDTH = 1080
MARGIN = 48
ROOM = WIDTH - 2 * MARGIN
TITLE, LABEL, SMALL = 46, 30, 26
STREAK_ROOM = 104
BOLDLY = ' font-weight="700"'

Drawn: TypeAlias = tuple[list[str], float]
"""A part of the picture, and the y below it."""
Shape: TypeAlias = Callable[[Day, float, float, float, float], str]
"""How a day is drawn: at x and y, in a width and a height."""
Sign: TypeAlias = Callable[[float, float], str]
"""Something that is explained below the picture, drawn at x and y."""


def svg(picture: Picture) -> tuple[str, int]:
    """The picture as an SVG document, and its height."""
    parts: list[str] = []
    y = float(MARGIN)
    for draw in (_head, _bars, _strips, _legend, _footer):
        drawn, y = draw(picture, y)
        parts += drawn
    height = round(y + MARGIN / 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">'
        f'<rect width="{WIDTH}" height="{height}" fill="{CARD}"/>{"".join(parts)}</svg>',
        height,
    )


def _head(picture: Picture, y: float) -> Drawn:
    drawn: list[str] = []
    for size, text, colour, bold in ((TITLE, picture.title, INK, True), (LABEL, picture.subtitle, MUTED, False)):
        if text:
            drawn.append(_line(cut(text, size, ROOM, bold=bold), MARGIN, y + size, size, colour, bold=bold))
            y += size + 18
    return drawn, y + 14


def _bars(picture: Picture, y: float) -> Drawn:
    drawn: list[str] = []
    for bar in picture.bars[:MOST_BARS]:
        drawn += _bar(bar, y)
        y += 100
    return _and_more(picture.more_bars, drawn, y)


def _bar(bar: Bar, y: float) -> list[str]:
    top, height = y + 54, 24
    figure = cut(bar.figure, LABEL, ROOM / 2, bold=True)
    label = cut(bar.label, LABEL, ROOM - 44 - 24 - measured(figure, LABEL))
    reached = ROOM * _held(bar.percent)
    drawn = [
        standing(bar.status, MARGIN, y + 7, 28),
        _line(label, MARGIN + 44, y + 32, LABEL, INK),
        _line_to(figure, WIDTH - MARGIN, y + 32, LABEL),
        box(MARGIN, top, ROOM, height, 12, f'fill="{TRACK}"'),
    ]
    if bar.percent > 0:
        drawn.append(box(MARGIN, top, max(reached, height / 2), height, 12, f'fill="{COLOURS[bar.status]}"'))
    if bar.before is not None:
        drawn.append(before_marker(MARGIN + ROOM * _held(bar.before), top + height))
    if bar.pace is not None:
        drawn.append(pace_marker(MARGIN + ROOM * _held(bar.pace), top, height))
    return drawn


@dataclass(frozen=True)
class _Grid:
    """Where the days of strips stand: beside their label up to ten, below it if they are more; a quarter's are too
    narrow for signs."""

    days: int

    @property
    def beside(self) -> bool:
        return self.days <= 10

    @property
    def narrow(self) -> bool:
        return self.days > 31

    @property
    def step(self) -> float:
        return 60.0 if self.beside else ROOM / self.days

    @property
    def gap(self) -> float:
        return 6 if self.beside else 1.5 if self.narrow else 3

    @property
    def left(self) -> float:
        return WIDTH - MARGIN + self.gap - self.step * self.days if self.beside else float(MARGIN)

    @property
    def shape(self) -> Shape:
        return slat if self.narrow else cell

    def drawn(self, strip: Strip, y: float, height: float) -> list[str]:
        """The days of a strip."""
        width = self.step - self.gap
        return [self.shape(day, self.left + at * self.step, y, width, height) for at, day in enumerate(strip.days)]


def _grid(strips: Sequence[Strip]) -> _Grid:
    return _Grid(max((len(strip.days) for strip in strips), default=0))


def _strips(picture: Picture, y: float) -> Drawn:
    strips = picture.strips[:MOST_STRIPS]
    grid = _grid(strips)
    if not grid.days:
        return [], y
    columns = picture.columns[: grid.days]
    drawn, y = _columns(columns, grid, y + (20 if picture.bars else 0))
    seams = _seams(columns, grid)
    for strip in strips:
        if grid.beside:
            drawn += [*_label(strip, grid.left - 24, y + 38), *grid.drawn(strip, y, 54)]
            y += 66
        else:
            drawn += [*_label(strip, WIDTH - MARGIN, y + LABEL)]
            drawn += [box(x - 1, y + 40, 2, 46, 1, f'fill="{GREY}"') for x in seams]
            drawn += grid.drawn(strip, y + 42, 40)
            y += 96
    return _and_more(picture.more_strips, drawn, y)


def _seams(columns: tuple[str, ...], grid: _Grid) -> list[float]:
    """Where months meet in a quarter's narrow days."""
    if not grid.narrow:
        return []
    return [grid.left + at * grid.step - grid.gap / 2 for at, name in enumerate(columns) if name and at]


def _columns(names: tuple[str, ...], grid: _Grid, y: float) -> Drawn:
    """The headings of the days; every second, third, … of them where they would touch each other."""
    headings: list[tuple[Pieces, float, float]] = []
    for index, name in enumerate(names):
        if text := pieces(name):
            width = measured(text, SMALL)
            x = grid.left + index * grid.step + (0 if grid.narrow else (grid.step - width) / 2)
            headings.append((text, min(max(x, 0), WIDTH - width), width))
    shown = next((chosen for every in range(1, len(headings) + 1) if _apart(chosen := headings[::every])), [])
    drawn = [_line(text, x, y + SMALL, SMALL, MUTED) for text, x, _ in shown]
    return drawn, y + SMALL + 16 if drawn else y


def _apart(headings: list[tuple[Pieces, float, float]]) -> bool:
    return all(x + width + 8 <= next_x for (_, x, width), (_, next_x, _) in pairwise(headings))


def _label(strip: Strip, right: float, baseline: float) -> list[str]:
    """The name of a leaf from the left margin on, its streak up to `right`."""
    drawn = [_line(cut(strip.label, LABEL, right - MARGIN - STREAK_ROOM), MARGIN, baseline, LABEL, INK)]
    if strip.streak > 0:
        count = cut(str(strip.streak), SMALL, STREAK_ROOM - 44, bold=True)
        drawn.append(_line_to(count, right, baseline, SMALL))
        drawn.append(flame(right - measured(count, SMALL) - 34, baseline - 25, 28))
    return drawn


def _legend(picture: Picture, y: float) -> Drawn:
    """A sign and its word, one after the other, as many to a line as fit."""
    items = _explained(picture)
    if not items:
        return [], y
    drawn = [box(MARGIN, y + 10, ROOM, 2, 1, f'fill="{TRACK}"')]
    x, y = float(MARGIN), y + 34
    for sign, word in items:
        text = cut(word, SMALL, ROOM - 44)
        width = 44 + measured(text, SMALL)
        if x > MARGIN and x + width > WIDTH - MARGIN:
            x, y = float(MARGIN), y + 46
        drawn += [sign(x, y), _line(text, x + 44, y + 26, SMALL, MUTED)]
        x += width + 36
    return drawn, y + 52


def _explained(picture: Picture) -> list[tuple[Sign, str]]:
    """The signs that the picture has, each with its word."""
    words: Legend = picture.legend
    bars = picture.bars[:MOST_BARS]
    items: list[tuple[Sign, str]] = []
    if any(bar.pace is not None for bar in bars):
        items.append((lambda x, y: pace_marker(x + 16, y + 12, 18), words.pace))
    if any(bar.before is not None for bar in bars):
        items.append((lambda x, y: before_marker(x + 16, y + 17), words.before))
    items += _explained_days(picture.strips[:MOST_STRIPS], words)
    return [(sign, word) for sign, word in items if word]


def _explained_days(strips: Sequence[Strip], words: Legend) -> list[tuple[Sign, str]]:
    shape = _grid(strips).shape
    marks = {day.mark for strip in strips for day in strip.days}
    known = (
        (Day(Mark.DONE, 0.0), words.done),
        (Day(Mark.PARTIAL, 0.5), words.partial),
        (Day(Mark.MISSED, 0.0), words.missed),
        (Day(Mark.SKIPPED, 0.0), words.skipped),
        (Day(Mark.OPEN, 0.0), words.open),
    )
    return [(_sample(shape, day), word) for day, word in known if day.mark in marks]


def _sample(shape: Shape, day: Day) -> Sign:
    width = 32 if shape is cell else 12
    return lambda x, y: shape(day, x + (32 - width) / 2, y, width, 32)


def _footer(picture: Picture, y: float) -> Drawn:
    drawn: list[str] = []
    for sentence in picture.footer:
        for text in wrapped(sentence, LABEL, ROOM, 3):
            drawn.append(_line(text, MARGIN, y + LABEL + 6, LABEL, INK))
            y += 44
        y += 8
    return drawn, y


def _and_more(words: str, drawn: list[str], y: float) -> Drawn:
    if not words:
        return drawn, y
    return [*drawn, _line(cut(words, SMALL, ROOM), MARGIN, y + SMALL, SMALL, MUTED)], y + SMALL + 22


def _held(percent: int) -> float:
    return min(max(percent, 0), 100) / 100


def _line(text: Pieces, x: float, y: float, size: float, colour: str, *, bold: bool = False) -> str:
    """A line of text from its baseline's left end on."""
    return written(text, x, y, size, f'font-size="{size}" fill="{colour}"{BOLDLY if bold else ""}')


def _line_to(text: Pieces, right: float, y: float, size: float) -> str:
    """A line of bold text up to its baseline's right end."""
    return _line(text, right - measured(text, size), y, size, INK, bold=True)
