"""From any picture's values to SVG."""

from __future__ import annotations

from bot.pictures.board import board_svg
from bot.pictures.digest import digest_svg
from bot.pictures.goal import goal_svg
from bot.pictures.model import BoardPicture, DigestPicture, Picture


def svg(picture: Picture) -> tuple[str, int]:
    """The picture as an SVG document, and its height in pixels."""
    match picture:
        case DigestPicture():
            return digest_svg(picture)
        case BoardPicture():
            return board_svg(picture)
        case _:
            return goal_svg(picture)
