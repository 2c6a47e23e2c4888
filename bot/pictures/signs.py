"""The shapes of a picture. What a colour says, a shape says too, for eyes that do not tell red from green."""

from __future__ import annotations

from bot.pictures.model import Day, Mark
from core.goals.model import Status

# One dark card for the light and the dark theme: it stands out from a white chat and does not glare in a black one.
# Every ink has a contrast of at least 4.5 : 1 on it (WCAG 2.2, 1.4.3), the words at least 7 : 1.
CARD = "#16202b"
INK = "#f4f7fa"
MUTED = "#b3c0cc"
TRACK = "#2f3d4b"
GREEN = "#4fd08f"
BLUE = "#62b0ff"
AMBER = "#f7bf4b"
CORAL = "#ff8f78"
GREY = "#93a2b0"
FLAME = "#ff9f43"

COLOURS = {
    Status.DONE: GREEN,
    Status.ON_TRACK: BLUE,
    Status.AT_RISK: AMBER,
    Status.BEHIND: CORAL,
    Status.TRACKED: GREY,
    Status.OFF: GREY,
    Status.INACTIVE: GREY,
}


def box(x: float, y: float, width: float, height: float, radius: float, style: str) -> str:
    """A rectangle with round corners."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'rx="{min(radius, width / 2, height / 2):.1f}" {style}/>'
    )


def standing(status: Status, x: float, y: float, size: float) -> str:
    """How a node stands, in a square of `size` pixels: disc with a check, disc, triangle, square with a dash, ring."""
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


def cell(day: Day, x: float, y: float, width: float, height: float) -> str:
    """A day as a box of its own: filled with a check, filled from below, a cross, a dash, a dot or a dashed outline."""
    side, radius = min(width, height), min(width, height) * 0.22
    inner_x, inner_y = x + (width - side) / 2, y + (height - side) / 2
    if day.mark is Mark.DONE:
        return box(x, y, width, height, radius, f'fill="{GREEN}"') + _check(inner_x, inner_y, side)
    if day.mark is Mark.PARTIAL:
        return box(x, y, width, height, radius, f'fill="{TRACK}"') + _filled(day.share, x, y, width, height, radius)
    if day.mark is Mark.MISSED:
        outline = f'fill="none" stroke="{CORAL}" stroke-width="2.5"'
        return box(x + 1.5, y + 1.5, width - 3, height - 3, radius, outline) + _cross(inner_x, inner_y, side)
    if day.mark is Mark.SKIPPED:
        dash = box(x + width * 0.28, y + height / 2 - 2.5, width * 0.44, 5, 2.5, f'fill="{MUTED}"')
        return box(x, y, width, height, radius, f'fill="{TRACK}"') + dash
    if day.mark is Mark.OFF:
        return f'<circle cx="{x + width / 2:.1f}" cy="{y + height / 2:.1f}" r="3" fill="{GREY}"/>'
    dashes = f'fill="none" stroke="{GREY}" stroke-width="2.5" stroke-dasharray="6 5"'
    outline = box(x + 1.5, y + 1.5, width - 3, height - 3, radius, dashes)
    return _filled(day.share, x, y, width, height, radius) + outline


def slat(day: Day, x: float, y: float, width: float, height: float) -> str:
    """A day among many, too narrow for a sign: how high it stands tells what it was."""
    if day.mark is Mark.DONE:
        return box(x, y, width, height, 2, f'fill="{GREEN}"')
    base = y + height
    if day.mark is Mark.MISSED:
        return box(x, base - 8, width, 8, 2, f'fill="{CORAL}"')
    if day.mark is Mark.SKIPPED:
        return box(x, y + height / 2 - 3, width, 6, 2, f'fill="{MUTED}"')
    if day.mark is Mark.OFF:
        return ""
    reached = box(x, base - _rise(day.share, height), width, _rise(day.share, height), 2, f'fill="{AMBER}"')
    if day.mark is Mark.PARTIAL:
        return box(x, y, width, height, 2, f'fill="{TRACK}"') + reached
    ahead = box(x, base - 4, width, 4, 2, f'fill="{GREY}"')
    return reached if day.share > 0 else ahead


def flame(x: float, y: float, size: float) -> str:
    """The sign of a streak."""
    return (
        f'<path transform="translate({x:.1f} {y:.1f}) scale({size / 24:.3f})" fill="{FLAME}" '
        'd="M12.6 1c.7 3.6-1 5.4-2.8 7.2C7.6 10.4 5 12.3 5 16a7 7 0 0 0 14 .2c0-3.2-1.6-5.7-3.2-7.7-.2 1.7-.9 2.9-2.1 '
        '3.5C14.3 8.2 14.6 4 12.6 1z"/>'
    )


def pace_marker(x: float, top: float, height: float) -> str:
    """Where the pace stands on a bar: a line with a head, outlined so that it shows on every colour."""
    return (
        f'<path d="M{x - 10:.1f} {top - 12:.1f}h20l-7.5 10v{height + 6:.1f}h-5v-{height + 6:.1f}z" fill="{INK}" '
        f'stroke="{CARD}" stroke-width="2"/>'
    )


def before_marker(x: float, bottom: float) -> str:
    """Where the previous period ended: a diamond at the lower edge of a bar."""
    return (
        f'<path d="M{x:.1f} {bottom - 9:.1f}l9 9l-9 9l-9 -9z" fill="{CARD}" stroke="{INK}" stroke-width="3" '
        f'stroke-linejoin="round"/>'
    )


def _rise(share: float, height: float) -> float:
    """How far something fills a height: never so little that it looks like nothing, nor so much that it looks done."""
    return height * min(max(share, 0.15), 0.85)


def _filled(share: float, x: float, y: float, width: float, height: float, radius: float) -> str:
    if share <= 0:
        return ""
    rise = _rise(share, height)
    return box(x, y + height - rise, width, rise, radius, f'fill="{AMBER}"')


def _check(x: float, y: float, size: float) -> str:
    return (
        f'<path d="M{x + size * 0.27:.1f} {y + size * 0.53:.1f}l{size * 0.17:.1f} {size * 0.17:.1f}l{size * 0.3:.1f} '
        f'-{size * 0.36:.1f}" fill="none" stroke="{CARD}" stroke-width="{size * 0.11:.1f}" stroke-linecap="round" '
        f'stroke-linejoin="round"/>'
    )


def _cross(x: float, y: float, size: float) -> str:
    near, far = size * 0.34, size * 0.66
    return (
        f'<path d="M{x + near:.1f} {y + near:.1f}L{x + far:.1f} {y + far:.1f}M{x + far:.1f} {y + near:.1f}'
        f'L{x + near:.1f} {y + far:.1f}" stroke="{CORAL}" stroke-width="{size * 0.09:.1f}" stroke-linecap="round"/>'
    )
