"""Colours that stand out from the card, and shapes that do without colour."""

from __future__ import annotations

import re

import pytest

from bot.pictures import signs
from bot.pictures.model import Day, Mark
from bot.pictures.signs import AMBER, BLUE, CARD, CORAL, FLAME, GREEN, GREY, INK, MUTED, cell, slat, standing
from core.goals.model import Status


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("colour", "least"), [(INK, 7), (MUTED, 7), *((c, 4.5) for c in (GREEN, BLUE, AMBER, CORAL, GREY, FLAME))]
)
def test_every_ink_stands_out_from_the_card(colour: str, least: float) -> None:
    assert contrast(colour, CARD) >= least


@pytest.mark.parametrize("draw", [cell, slat])
def test_days_differ_in_shape_and_not_in_colour_alone(draw: object) -> None:
    assert callable(draw)
    shapes = {uncoloured(draw(Day(mark, 0.5 if mark is Mark.PARTIAL else 0), 0, 0, 40, 40)) for mark in Mark}
    assert len(shapes) == len(Mark)


def test_standings_differ_in_shape_and_not_in_colour_alone() -> None:
    alike = {Status.OFF, Status.INACTIVE, Status.TRACKED}
    shapes = {uncoloured(standing(status, 0, 0, 28)) for status in Status}
    assert len(shapes) == len(Status) - len(alike) + 1


def uncoloured(drawn: str) -> str:
    return re.sub(r"#[0-9a-f]{6}", "", drawn)


def test_something_done_never_looks_like_nothing_and_almost_done_never_like_done() -> None:
    assert signs.slat(Day(Mark.PARTIAL, 0.001), 0, 0, 8, 40) == signs.slat(Day(Mark.PARTIAL, 0.1), 0, 0, 8, 40)
    assert signs.slat(Day(Mark.PARTIAL, 0.999), 0, 0, 8, 40) != signs.slat(Day(Mark.DONE), 0, 0, 8, 40)
