"""The base of every layout: a picture's size, lines of text, and stacked parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from bot.pictures.bidi import levels
from bot.pictures.palette import CARD, INK, MUTED
from bot.pictures.text import Pieces, cut, measured, wrapped, written

WIDTH = 1080
"""The width of the layout."""
SHOWN = 720
"""The width in pixels, about as many as a phone shows in a chat: less than half as many pixels as the layout has, and
half the time to draw them."""
PIXEL = WIDTH / SHOWN
MARGIN = 57
ROOM = WIDTH - 2 * MARGIN
RIGHT = WIDTH - MARGIN
HUGE, TITLE, LABEL, SMALL = 120, 46, 32, 26
BOLDLY = ' font-weight="700"'

Drawn: TypeAlias = tuple[list[str], float]
"""A part of the picture, and the y coordinate below it."""

T = TypeVar("T")


def stacked(picture: T, parts: Sequence[Callable[[T, float], Drawn]]) -> tuple[str, int]:
    """The parts stacked into an SVG document, and its height in pixels."""
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
    """A line of text that starts at x."""
    return written(text, x, y, size, f'font-size="{size}" fill="{colour}"{BOLDLY if bold else ""}')


def line_above(text: Pieces, x: float, y: float, size: float) -> str:
    """A bold line of text with an outline, to be written over other shapes."""
    style = f'font-size="{size}" fill="{INK}"{BOLDLY}'
    return written(text, x, y, size, f'{style} stroke="{CARD}" stroke-width="8" paint-order="stroke"')


def line_to(text: Pieces, right: float, y: float, size: float, colour: str = INK, *, bold: bool = False) -> str:
    """A line of text that ends at `right`."""
    return line(text, right - measured(text, size), y, size, colour, bold=bold)


def label(text: str, x: float, y: float, size: float, room: float, colour: str = INK) -> str:
    """A name in a space of its own: at its left end, or at its right end if it is read from the right."""
    drawn = cut(text, size, room)
    return line(drawn, start(drawn, size, x, room), y, size, colour)


def start(drawn: Pieces, size: float, x: float, room: float) -> float:
    """The x coordinate of a line in its space: at the end from which it is read."""
    return x + room - measured(drawn, size) if is_from_the_right(drawn) else x


def is_from_the_right(drawn: Pieces) -> bool:
    """Whether a line is read from the right, by its first letter."""
    signs = [piece.text for piece in drawn]
    return bool(signs) and levels(signs)[0] % 2 == 1


def heading(title: str, whose: str, y: float) -> Drawn:
    """The small line on top: the title, and at the other end the owner."""
    name = cut(whose, LABEL, ROOM / 2)
    room = ROOM - (measured(name, LABEL) + 32 if name else 0)
    drawn = [label(title, MARGIN, y + LABEL, LABEL, room, MUTED)]
    if name:
        drawn.append(line_to(name, RIGHT, y + LABEL, LABEL, MUTED))
    return drawn, y + LABEL + 28


def paragraph(text: str, y: float, size: float) -> Drawn:
    """A bold sentence over the whole width, in two lines at most."""
    drawn = []
    for row in wrapped(text, size, ROOM, 2, bold=True):
        drawn.append(line(row, start(row, size, MARGIN, ROOM), y + size, size, bold=True))
        y += size * 1.3
    return drawn, y


def remark(words: str, y: float) -> Drawn:
    """A small line, for example about rows that are not drawn; nothing for ""."""
    if not words:
        return [], y
    return [line(cut(words, SMALL, ROOM), MARGIN, y + SMALL, SMALL, MUTED)], y + SMALL + 22
