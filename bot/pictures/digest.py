"""The layout of a digest: the headline, the visions, the days, and a highlight."""

from __future__ import annotations

from bot.pictures import parts
from bot.pictures.canvas import LABEL, MARGIN, ROOM, Drawn, heading, line, stacked
from bot.pictures.grid import grid, marks_in
from bot.pictures.model import MOST_BARS, DigestPicture
from bot.pictures.palette import TRACK
from bot.pictures.signs import box
from bot.pictures.text import wrapped


def digest_svg(picture: DigestPicture) -> tuple[str, int]:
    """The picture as an SVG document, and its height."""
    return stacked(picture, (_head, _bars, _days, _highlight, _legend))


def _head(picture: DigestPicture, y: float) -> Drawn:
    drawn, y = heading(picture.title, picture.whose, y)
    said, y = parts.headline(picture.headline, y)
    return [*drawn, *said], y


def _bars(picture: DigestPicture, y: float) -> Drawn:
    return parts.bars(picture.bars, picture.more_bars, y)


def _days(picture: DigestPicture, y: float) -> Drawn:
    return grid(picture.days, y)


def _highlight(picture: DigestPicture, y: float) -> Drawn:
    rows = wrapped(picture.highlight, LABEL, ROOM - 56, 2)
    if not rows:
        return [], y
    y += 16
    height = 44 + len(rows) * LABEL * 1.3
    drawn = [box(MARGIN, y, ROOM, height, 20, f'fill="{TRACK}"')]
    drawn += [line(row, MARGIN + 28, y + 54 + at * LABEL * 1.3, LABEL) for at, row in enumerate(rows)]
    return drawn, y + height + 12


def _legend(picture: DigestPicture, y: float) -> Drawn:
    paced = any(bar.pace is not None for bar in picture.bars[:MOST_BARS])
    return parts.legend(picture.legend, marks_in(picture.days), paced, y)
