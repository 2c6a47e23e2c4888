"""The named colours of a picture. A PNG gets the dark values; a page can set its own for each name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.goals.model import Status

CARD = "var(--card)"
INK = "var(--ink)"
MUTED = "var(--muted)"
TRACK = "var(--track)"
GREEN = "var(--green)"
BLUE = "var(--blue)"
AMBER = "var(--amber)"
CORAL = "var(--coral)"
GREY = "var(--grey)"

# One dark card for the light and the dark theme: it stands out from a white chat and does not glare in a black one.
# Every colour has a contrast of at least 4.5 : 1 on it (WCAG 2.2, 1.4.3), text at least 7 : 1.
DARK: Mapping[str, str] = {
    "card": "#16202b",
    "ink": "#f4f7fa",
    "muted": "#b3c0cc",
    "track": "#2b3947",
    "green": "#4fd08f",
    "blue": "#62b0ff",
    "amber": "#f7bf4b",
    "coral": "#ff8f78",
    "grey": "#93a2b0",
}

COLOURS = {
    Status.DONE: GREEN,
    Status.ON_TRACK: BLUE,
    Status.AT_RISK: AMBER,
    Status.BEHIND: CORAL,
    Status.TRACKED: GREY,
    Status.OFF: GREY,
    Status.INACTIVE: GREY,
}

_NAME = re.compile(r"var\(--(\w+)\)")


def coloured(document: str, palette: Mapping[str, str] = DARK) -> str:
    """The SVG with the names replaced by a palette's values. Text cannot contain a name, since its brackets are
    escaped."""
    return _NAME.sub(lambda name: palette.get(name[1], name[0]), document)
