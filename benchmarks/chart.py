"""Curves as a picture: SVG, rasterised like the bot's pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from pathlib import Path

import resvg_py

from bot.pictures.fonts import BOLD, PLAIN

WIDTH, HEIGHT = 760, 560
LEFT, RIGHT, TOP, BOTTOM = 84, 218, 64, 64
"""The margins of a chart; the curves' names stand on the right."""
LINE = 19
"""The least distance between two names."""

COLOURS = ("#0b7a4b", "#c2410c", "#1d4ed8", "#7c3aed", "#0e7490", "#a16207", "#be185d")
INK, MUTED, GRID, PAPER = "#1f2933", "#52606d", "#e4e7eb", "#ffffff"

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """A named line of points."""

    label: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Chart:
    """Curves over one pair of axes; y is logarithmic, x too by default. `marks`: a dot on each point."""

    title: str
    x: str
    y: str
    curves: Sequence[Curve]
    log_x: bool = True
    marks: bool = True


def write_png(charts: Sequence[Chart], path: Path, caption: str = "") -> None:
    """Write the charts side by side, with a line of text below."""
    height = HEIGHT + (36 if caption else 0)
    drawn = "".join(_moved(_chart(chart), place * WIDTH) for place, chart in enumerate(charts))
    if caption:
        drawn += _text(24, HEIGHT + 12, caption, 15, MUTED)
    width = WIDTH * len(charts)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>{drawn}</svg>'
    )
    fonts = [str(face.path) for face in (PLAIN, BOLD)]
    path.write_bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=fonts))


class _Axis:
    """Maps values to pixels from `start` to `end`: up to the next round value, or with `to_end` up to the last
    value."""

    def __init__(self, values: Sequence[float], start: float, end: float, *, log: bool, to_end: bool = False) -> None:
        self._log, self._start, self._end = log, start, end
        low, high = min(values), max(values)
        if log:
            self._low, self._high = float(floor(log10(low) + 0.02)), float(ceil(log10(high) - 0.02))
            self._high = max(self._high, self._low + 1)
            self.ticks = [10.0**power for power in range(int(self._low), int(self._high) + 1)]
            if to_end:
                self._high = max(log10(high), self._low + 0.5)
                self.ticks = [*(tick for tick in self.ticks if tick <= high / 2), high]
        else:
            step = _step(high or 1)
            self._low, self._high = 0.0, step * max(1, ceil(high / step))
            self.ticks = [step * n for n in range(round(self._high / step) + 1)]

    def __call__(self, value: float) -> float:
        at = log10(value) if self._log else value
        return self._start + (self._end - self._start) * (at - self._low) / (self._high - self._low)


def _step(high: float) -> float:
    power = 10.0 ** floor(log10(high))
    return next(power * part for part in (0.2, 0.5, 1, 2) if high / (power * part) <= 6)


def _chart(chart: Chart) -> str:
    points = [point for curve in chart.curves for point in curve.points]
    x = _Axis([point[0] for point in points], LEFT, WIDTH - RIGHT, log=chart.log_x, to_end=True)
    y = _Axis([point[1] for point in points], HEIGHT - BOTTOM, TOP, log=True)
    parts = [_text(LEFT, 36, chart.title, 19, INK, bold=True)]
    for tick in x.ticks:
        parts.append(_line(x(tick), TOP, x(tick), HEIGHT - BOTTOM))
        parts.append(_text(x(tick), HEIGHT - BOTTOM + 22, _figure(tick), 14, MUTED, anchor="middle"))
    for tick in y.ticks:
        parts.append(_line(LEFT, y(tick), WIDTH - RIGHT, y(tick)))
        parts.append(_text(LEFT - 10, y(tick) + 5, _figure(tick), 14, MUTED, anchor="end"))
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16, chart.x, 15, INK, anchor="middle"))
    parts.append(_text(22, (TOP + HEIGHT - BOTTOM) / 2, chart.y, 15, INK, anchor="middle", turned=True))
    ends = [y(curve.points[-1][1]) for curve in chart.curves]
    for place, (curve, at) in enumerate(zip(chart.curves, _apart(ends), strict=True)):
        colour = COLOURS[place % len(COLOURS)]
        path = " ".join(f"{x(px):.1f},{y(py):.1f}" for px, py in curve.points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        if chart.marks:
            parts += [f'<circle cx="{x(px):.1f}" cy="{y(py):.1f}" r="4" fill="{colour}"/>' for px, py in curve.points]
        parts.append(_line(x(curve.points[-1][0]) + 5, ends[place], WIDTH - RIGHT + 12, at - 5, colour, dashed=True))
        parts.append(_text(WIDTH - RIGHT + 16, at, curve.label, 15, colour, bold=True))
    return "".join(parts)


def _apart(wanted: Sequence[float]) -> list[float]:
    """The heights at which names are written: near the wanted ones, without overlap, inside the picture."""
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    heights = [0.0] * len(wanted)
    last = float(TOP)
    for place in order:
        last = heights[place] = max(wanted[place] + 5, last + LINE)
    below = float(HEIGHT - BOTTOM + 10)
    for place in reversed(order):
        below = heights[place] = min(heights[place], below)
        below -= LINE
    return heights


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:g}"


def _text(
    x: float,
    y: float,
    text: str,
    size: int,
    colour: str,
    *,
    anchor: str = "start",
    bold: bool = False,
    turned: bool = False,
) -> str:
    turn = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if turned else ""
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{PLAIN.family}" font-size="{size}" fill="{colour}" '
        f'text-anchor="{anchor}"{weight}{turn}>{escape(text)}</text>'
    )


def _line(x: float, y: float, to_x: float, to_y: float, colour: str = GRID, *, dashed: bool = False) -> str:
    dash = ' stroke-dasharray="2 3"' if dashed else ""
    return f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" stroke="{colour}" stroke-width="1"{dash}/>'


def _moved(drawn: str, by: float) -> str:
    return f'<g transform="translate({by} 0)">{drawn}</g>'
