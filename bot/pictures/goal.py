"""The layout of one goal: how it stands, the line to its target beside the even pace, and the map of its year."""

from __future__ import annotations

from collections.abc import Sequence

from bot.pictures import parts
from bot.pictures.canvas import LABEL, MARGIN, RIGHT, ROOM, SMALL, Drawn, heading, line, line_above, line_to, stacked
from bot.pictures.grid import grid, marks_in
from bot.pictures.model import DrawnLine, GoalPicture
from bot.pictures.palette import CARD, COLOURS, GREY, MUTED, TRACK
from bot.pictures.text import cut, measured
from core.records import record

HEIGHT = 380
"""The height of the chart's own area."""


def goal_svg(picture: GoalPicture) -> tuple[str, int]:
    """The picture as an SVG document, and its height."""
    return stacked(picture, (_head, _chart, _year, _legend))


def _head(picture: GoalPicture, y: float) -> Drawn:
    drawn, y = heading(picture.path, "", y) if picture.path else ([], y)
    said, y = parts.headline(picture.headline, y, COLOURS[picture.status])
    return [*drawn, *said], y


@record
class _Scale:
    """Maps a share of the period and a value to pixels, with a little space above the highest value."""

    low: float
    high: float
    top: float

    def at(self, share: float, value: float) -> tuple[float, float]:
        """The pixel of a point."""
        risen = (value - self.low) / (self.high - self.low)
        return MARGIN + ROOM * min(max(share, 0.0), 1.0), self.top + HEIGHT * (1 - risen)


def _chart(picture: GoalPicture, y: float) -> Drawn:
    shown = picture.line
    if shown is None or not shown.points:
        return [], y
    scale = _scale(shown, y + 20)
    bottom = y + 20 + HEIGHT
    colour = COLOURS[picture.status]
    drawn = [_rule(bottom, TRACK)]
    if shown.target is not None:
        drawn += _target(shown, scale)
    if shown.pace:
        drawn.append(_way(shown.pace, scale, f'stroke="{GREY}" stroke-width="3" stroke-dasharray="4 10"'))
    drawn.append(_way(shown.points, scale, f'stroke="{colour}" stroke-width="6"'))
    drawn += _now(shown, scale, colour)
    ends = bottom + SMALL + 14
    drawn.append(line(cut(shown.first, SMALL, ROOM / 2), MARGIN, ends, SMALL, MUTED))
    drawn.append(line_to(cut(shown.last, SMALL, ROOM / 2), RIGHT, ends, SMALL, MUTED))
    return drawn, ends + 36


def _scale(shown: DrawnLine, top: float) -> _Scale:
    values = [value for _, value in (*shown.points, *shown.pace)]
    if shown.target is not None:
        values.append(shown.target)
    low, high = min(values), max(values)
    room = (high - low) * 0.12 or 1.0
    return _Scale(low if low == 0 else low - room, high + room, top)


def _rule(y: float, colour: str, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="M{MARGIN} {y:.1f}H{RIGHT}" stroke="{colour}" stroke-width="2"{dashed}/>'


def _target(shown: DrawnLine, scale: _Scale) -> list[str]:
    assert shown.target is not None
    _, y = scale.at(0, shown.target)
    word = cut(shown.target_word, SMALL, ROOM / 2)
    # If the line begins on the left near the target, the target's word stands on the right, and vice versa.
    starts_near = abs(shown.points[0][1] - shown.target) < (scale.high - scale.low) / 4
    text = line_to(word, RIGHT, y - 12, SMALL, MUTED) if starts_near else line(word, MARGIN, y - 12, SMALL, MUTED)
    return [_rule(y, GREY, "2 6"), text]


def _way(points: Sequence[tuple[float, float]], scale: _Scale, style: str) -> str:
    places = [scale.at(share, value) for share, value in points]
    way = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    return f'<path d="M{way}" fill="none" {style} stroke-linecap="round" stroke-linejoin="round"/>'


def _now(shown: DrawnLine, scale: _Scale, colour: str) -> list[str]:
    """A dot at the line's end, with its value on the side away from the line."""
    x, y = scale.at(*shown.points[-1])
    word = cut(shown.now, LABEL, ROOM / 2, bold=True)
    width = measured(word, LABEL)
    left = min(max(x - width / 2, MARGIN), RIGHT - width)
    above, below = y - 30, y + 30 + LABEL
    has_fallen = shown.points[-1][1] < shown.points[0][1] and below < scale.top + HEIGHT
    text = below if has_fallen or above - LABEL <= scale.top else above
    dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="11" fill="{colour}" stroke="{CARD}" stroke-width="4"/>'
    return [line_above(word, left, text, LABEL), dot]


def _year(picture: GoalPicture, y: float) -> Drawn:
    return grid(picture.year, y)


def _legend(picture: GoalPicture, y: float) -> Drawn:
    return parts.legend(picture.legend, marks_in(picture.year), False, y)
