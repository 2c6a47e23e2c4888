"""The parts that several pictures share: headline, thin bars and legend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from bot.pictures.canvas import (
    HUGE,
    LABEL,
    MARGIN,
    RIGHT,
    ROOM,
    SMALL,
    TITLE,
    Drawn,
    label,
    line,
    line_to,
    paragraph,
    remark,
)
from bot.pictures.model import MOST_BARS, Bar, DrawnDay, DrawnMark, Headline, Legend
from bot.pictures.palette import AMBER, COLOURS, GREEN, MUTED, TRACK
from bot.pictures.signs import box, cell, pace_tick, standing
from bot.pictures.text import cut, measured

Sign: TypeAlias = Callable[[float, float], str]
"""A sign of the legend, drawn at x and y."""
_SAMPLE = 30


def headline(said: Headline, y: float, colour: str = "") -> Drawn:
    """The sentence, then the large number with its change, in `colour` or in the colour of its meaning."""
    drawn, y = paragraph(said.sentence, y, TITLE)
    if not said.number:
        return drawn, y + 12
    number = cut(said.number, HUGE, ROOM / 2, bold=True)
    base, after = y + HUGE, MARGIN + measured(number, HUGE) + 20
    drawn.append(line(number, MARGIN, base, HUGE, bold=True))
    of = cut(said.of, TITLE, RIGHT - after)
    drawn.append(line(of, after, base, TITLE, MUTED))
    y = base + 24
    if said.change:
        colour = colour or (MUTED if said.better is None else GREEN if said.better else AMBER)
        drawn.append(line(cut(said.change, LABEL, ROOM), MARGIN, y + LABEL, LABEL, colour))
        y += LABEL + 8
    return drawn, y + 36


def bars(rows: Sequence[Bar], more: str, y: float) -> Drawn:
    """Thin bars with their pace, the name above."""
    drawn: list[str] = []
    for row in rows[:MOST_BARS]:
        drawn += _bar(row, y)
        y += 86
    note, y = remark(more, y)
    return [*drawn, *note], y + 16 if drawn else y


def _bar(bar: Bar, y: float) -> list[str]:
    top, height = y + 48, 12
    figure = cut(bar.figure, LABEL, ROOM / 2, bold=True)
    drawn = [
        standing(bar.status, MARGIN, y + 8, 24),
        label(bar.label, MARGIN + 40, y + 31, LABEL, ROOM - 64 - measured(figure, LABEL)),
        line_to(figure, RIGHT, y + 31, LABEL, bold=True),
        box(MARGIN, top, ROOM, height, 6, f'fill="{TRACK}"'),
    ]
    if bar.percent > 0:
        reached = max(ROOM * _held(bar.percent), height)
        drawn.append(box(MARGIN, top, reached, height, 6, f'fill="{COLOURS[bar.status]}"'))
    if bar.pace is not None:
        drawn.append(pace_tick(MARGIN + ROOM * _held(bar.pace), top + height / 2))
    return drawn


def legend(words: Legend, marks: Iterable[DrawnMark], paced: bool, y: float) -> Drawn:
    """The signs that the picture uses, each with its word, in as few lines as possible."""
    items = _explained(words, set(marks), paced)
    if not items:
        return [], y
    drawn: list[str] = []
    x, y = float(MARGIN), y + 20
    for sign, word in items:
        text = cut(word, SMALL, ROOM - 44)
        width = 44 + measured(text, SMALL)
        if x > MARGIN and x + width > RIGHT:
            x, y = float(MARGIN), y + 46
        drawn += [sign(x, y), line(text, x + 44, y + 25, SMALL, MUTED)]
        x += width + 36
    return drawn, y + 48


def _explained(words: Legend, marks: set[DrawnMark], paced: bool) -> list[tuple[Sign, str]]:
    known = (
        (DrawnDay(DrawnMark.DONE), words.done),
        (DrawnDay(DrawnMark.PARTIAL, 0.5), words.partial),
        (DrawnDay(DrawnMark.MISSED), words.missed),
        (DrawnDay(DrawnMark.SKIPPED), words.skipped),
        (DrawnDay(DrawnMark.OFF), words.off),
        (DrawnDay(DrawnMark.OPEN), words.open),
    )
    items = [(_sample(day), word) for day, word in known if day.mark in marks]
    if paced:
        items.insert(0, (lambda x, y: pace_tick(x + _SAMPLE / 2, y + _SAMPLE / 2), words.pace))
    return [(sign, word) for sign, word in items if word]


def _sample(day: DrawnDay) -> Sign:
    return lambda x, y: cell(day, x, y, _SAMPLE)


def _held(percent: int) -> float:
    return min(max(percent, 0), 100) / 100
