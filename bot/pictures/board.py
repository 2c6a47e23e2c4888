"""The layout of a group's board: its shared goals, and a row of days for each person."""

from __future__ import annotations

from bot.pictures import parts
from bot.pictures.canvas import Drawn, heading, stacked
from bot.pictures.grid import grid, marks_in
from bot.pictures.model import MOST_BARS, BoardPicture


def board_svg(picture: BoardPicture) -> tuple[str, int]:
    """The picture as an SVG document, and its height."""
    return stacked(picture, (_head, _people, _bars, _legend))


def _head(picture: BoardPicture, y: float) -> Drawn:
    drawn, y = heading(picture.title, picture.whose, y)
    said, y = parts.headline(picture.headline, y)
    return [*drawn, *said], y


def _people(picture: BoardPicture, y: float) -> Drawn:
    drawn, y = grid(picture.people, y)
    return drawn, y + 20 if drawn else y


def _bars(picture: BoardPicture, y: float) -> Drawn:
    return parts.bars(picture.bars, picture.more_bars, y)


def _legend(picture: BoardPicture, y: float) -> Drawn:
    paced = any(bar.pace is not None for bar in picture.bars[:MOST_BARS])
    return parts.legend(picture.legend, marks_in(picture.people), paced, y)
