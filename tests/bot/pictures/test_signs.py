"""Colours that contrast with the card, and shapes that do without colour."""

from __future__ import annotations

import re

import pytest

from bot.pictures.model import DrawnDay, DrawnMark
from bot.pictures.palette import AMBER, BLUE, CARD, CORAL, GREEN, GREY, INK, MUTED, TRACK
from bot.pictures.signs import cell, standing
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
    ("colour", "least"), [(INK, 7), (MUTED, 7), *((colour, 4.5) for colour in (GREEN, BLUE, AMBER, CORAL, GREY))]
)
def test_every_ink_stands_out_from_the_card(colour: str, least: float) -> None:
    assert contrast(colour, CARD) >= least


def test_days_differ_in_shape_or_in_lightness_and_not_in_hue_alone() -> None:
    """A done day and a missed one have the same shape, so their lightness must tell them apart."""
    drawn = {mark: cell(DrawnDay(mark, 0.5 if mark is DrawnMark.PARTIAL else 0), 0, 0, 40) for mark in DrawnMark}
    shapes = {uncoloured(shape) for mark, shape in drawn.items() if mark is not DrawnMark.MISSED}
    assert len(shapes) == len(DrawnMark) - 1
    assert contrast(GREEN, TRACK) >= 4.5


def test_standings_differ_in_shape_and_not_in_colour_alone() -> None:
    alike = {Status.OFF, Status.INACTIVE, Status.TRACKED}
    shapes = {uncoloured(standing(status, 0, 0, 28)) for status in Status}
    assert len(shapes) == len(Status) - len(alike) + 1


def uncoloured(drawn: str) -> str:
    return re.sub(r"#[0-9a-f]{6}", "", drawn)


def test_more_of_an_amount_is_a_deeper_green_and_never_as_deep_as_all_of_it() -> None:
    def depth(share: float) -> float:
        opacity = re.search(r'fill-opacity="([0-9.]+)"', cell(DrawnDay(DrawnMark.PARTIAL, share), 0, 0, 40))
        assert opacity
        return float(opacity[1])

    depths = [depth(share) for share in (0.001, 0.25, 0.5, 0.75, 0.999)]
    assert depths == sorted(depths)
    assert depths[0] >= 0.25
    assert depths[-1] < 0.9
