"""The base of every layout: the size of a picture, its lines of text, and parts that follow one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from bot.pictures.bidi import levels
from bot.pictures.palette import CARD, INK, MUTED
from bot.pictures.text import Pieces, cut, measured, wrapped, written

WIDTH = 1080
"""Of the layout."""
SHOWN = 720
"""Pixels across, about as many as a phone shows in a chat: less than half of the layout's in all, and of the time to
draw them."""
PIXEL = WIDTH / SHOWN
MARGIN = 57
ROOM = WIDTH - 2 * MARGIN
RIGHT = WIDTH - MARGIN
HUGE, TITLE, LABEL, SMALL = 120, 46, 32, 26
BOLDLY = ' font-weight="700"'

Drawn: TypeAlias = tuple[list[str], float]
"""A part of the picture, and the y below it."""

T = TypeVar("T")


def stacked(picture: T, parts: Sequence[Callable[[T, float], Drawn]]) -> tuple[str, int]:
    """The parts below one another as an SVG document, and its height in pixels."""
    drawn: list[str] = []
    y = float(MARGIN)
    for part in parts:
        more, y = part(picture, y)
        drawn += more
    height = round(y + MARGIN / 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}">'
        f'<rect width="{WIDTH}" height="{height}" fill="{CARD}"/>{"".join(drawn)}</svg>',
        height,
    )


def line(text: Pieces, x: float, y: float, size: float, colour: str = INK, *, bold: bool = False) -> str:
    """A line of text from its baseline's left end on."""
    return written(text, x, y, size, f'font-size="{size}" fill="{colour}"{BOLDLY if bold else ""}')


def line_above(text: Pieces, x: float, y: float, size: float, colour: str = INK, *, bold: bool = False) -> str:
    """A line of text that stands out from what it is written over."""
    style = f'font-size="{size}" fill="{colour}"{BOLDLY if bold else ""}'
    return written(text, x, y, size, f'{style} stroke="{CARD}" stroke-width="8" paint-order="stroke"')


def line_to(text: Pieces, right: float, y: float, size: float, colour: str = INK, *, bold: bool = False) -> str:
    """A line of text up to its baseline's right end."""
    return line(text, right - measured(text, size), y, size, colour, bold=bold)


def label(text: str, x: float, y: float, size: float, room: float, colour: str = INK) -> str:
    """A name in a room of its own: at the left end, or at the right end if it is read from the right."""
    drawn = cut(text, size, room)
    return line(drawn, start(drawn, size, x, room), y, size, colour)


def start(drawn: Pieces, size: float, x: float, room: float) -> float:
    """Where a line begins in its room, from `x` on: at the end from which it is read."""
    return x + room - measured(drawn, size) if is_from_the_right(drawn) else x


def is_from_the_right(drawn: Pieces) -> bool:
    """Whether a line is read from the right, as its first letter says."""
    signs = [piece.text for piece in drawn]
    return bool(signs) and levels(signs)[0] % 2 == 1


def heading(title: str, whose: str, y: float) -> Drawn:
    """The small line on top: what the picture is of, and at the other end whose it is."""
    name = cut(whose, LABEL, ROOM / 2)
    room = ROOM - (measured(name, LABEL) + 32 if name else 0)
    drawn = [label(title, MARGIN, y + LABEL, LABEL, room, MUTED)]
    if name:
        drawn.append(line_to(name, RIGHT, y + LABEL, LABEL, MUTED))
    return drawn, y + LABEL + 28


def paragraph(text: str, y: float, size: float, *, bold: bool = False, lines: int = 2) -> Drawn:
    """A sentence over the whole width, wrapped."""
    drawn = []
    for row in wrapped(text, size, ROOM, lines, bold=bold):
        drawn.append(line(row, start(row, size, MARGIN, ROOM), y + size, size, bold=bold))
        y += size * 1.3
    return drawn, y


def remark(words: str, y: float) -> Drawn:
    """A small line, such as of rows that are not drawn; nothing for ""."""
    if not words:
        return [], y
    return [line(cut(words, SMALL, ROOM), MARGIN, y + SMALL, SMALL, MUTED)], y + SMALL + 22
