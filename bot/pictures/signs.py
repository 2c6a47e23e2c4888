"""The shapes of a picture. Each colour also has its own shape, for people who cannot tell red from green."""

from __future__ import annotations

from bot.pictures.canvas import PIXEL
from bot.pictures.model import DrawnDay, DrawnMark
from bot.pictures.palette import CARD, COLOURS, GREEN, GREY, INK, MUTED, TRACK
from core.goals.model import Status

_FAINTEST, _DEEPEST = 0.3, 0.8
"""The opacity of green for almost nothing and for almost all of a day's amount; a full day is opaque."""


def box(x: float, y: float, width: float, height: float, radius: float, style: str) -> str:
    """A rectangle with round corners, aligned to whole pixels: its edges are sharp and compress well."""
    x, y, width, height = (round(value / PIXEL) * PIXEL for value in (x, y, width, height))
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'rx="{min(radius, width / 2, height / 2):.1f}" {style}/>'
    )


def standing(status: Status, x: float, y: float, size: float) -> str:
    """A node's status in a square of `size` pixels: disc with a check, disc, triangle, square with a dash, ring."""
    colour, half = COLOURS[status], size / 2
    disc = f'<circle cx="{x + half:.1f}" cy="{y + half:.1f}" r="{half:.1f}" fill="{colour}"/>'
    if status is Status.DONE:
        return disc + _check(x, y, size)
    if status is Status.ON_TRACK:
        return disc
    if status is Status.AT_RISK:
        return (
            f'<path d="M{x + half:.1f} {y:.1f}L{x + size:.1f} {y + size:.1f}H{x:.1f}Z" fill="{colour}" '
            f'stroke="{colour}" stroke-width="2" stroke-linejoin="round"/>'
        )
    if status is Status.BEHIND:
        dash = box(x + size * 0.22, y + half - 2, size * 0.56, 4, 2, f'fill="{CARD}"')
        return box(x, y, size, size, 5, f'fill="{colour}"') + dash
    return (
        f'<circle cx="{x + half:.1f}" cy="{y + half:.1f}" r="{half - 2:.1f}" fill="none" stroke="{colour}" '
        f'stroke-width="4"/>'
    )


def cell(day: DrawnDay, x: float, y: float, side: float) -> str:
    """A day as a square: green by the amount done, faint if nothing was, a dash for a skip, a dot if nothing was due,
    an outline for a future day."""
    radius = side * 0.22
    if day.mark is DrawnMark.DONE:
        return box(x, y, side, side, radius, f'fill="{GREEN}"')
    if day.mark is DrawnMark.OFF:
        return (
            f'<circle cx="{x + side / 2:.1f}" cy="{y + side / 2:.1f}" r="{max(side * 0.07, 1.5):.1f}" fill="{GREY}"/>'
        )
    if day.mark is DrawnMark.OPEN and day.share <= 0:
        return _outline(x, y, side)
    ground = box(x, y, side, side, radius, f'fill="{TRACK}"')
    if day.mark is DrawnMark.SKIPPED:
        thick = max(side * 0.1, 2)
        return ground + box(x + side * 0.28, y + (side - thick) / 2, side * 0.44, thick, thick / 2, f'fill="{MUTED}"')
    if day.mark is DrawnMark.MISSED or day.share <= 0:
        return ground
    depth = _FAINTEST + (_DEEPEST - _FAINTEST) * min(max(day.share, 0.0), 1.0)
    return ground + box(x, y, side, side, radius, f'fill="{GREEN}" fill-opacity="{depth:.2f}"')


def pace_tick(x: float, middle: float) -> str:
    """The pace on a bar: a line, outlined so that it is visible on every colour."""
    return box(x - 3, middle - 14, 6, 28, 3, f'fill="{INK}" stroke="{CARD}" stroke-width="2"')


def _outline(x: float, y: float, side: float) -> str:
    thick = 2 if side > 20 else 1
    return box(
        x + thick / 2,
        y + thick / 2,
        side - thick,
        side - thick,
        side * 0.22,
        f'fill="none" stroke="{TRACK}" stroke-width="{thick}"',
    )


def _check(x: float, y: float, size: float) -> str:
    return (
        f'<path d="M{x + size * 0.27:.1f} {y + size * 0.53:.1f}l{size * 0.17:.1f} {size * 0.17:.1f}l{size * 0.3:.1f} '
        f'-{size * 0.36:.1f}" fill="none" stroke="{CARD}" stroke-width="{size * 0.11:.1f}" stroke-linecap="round" '
        f'stroke-linejoin="round"/>'
    )
