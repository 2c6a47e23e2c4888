"""The colours of a picture: one dark card for both themes, which stands out from a white chat and does not glare in a
black one. Every colour has a contrast of at least 4.5 : 1 on it (WCAG 2.2, 1.4.3), text at least 7 : 1."""

from __future__ import annotations

from core.goals.model import Status

CARD = "#16202b"
INK = "#f4f7fa"
MUTED = "#b3c0cc"
TRACK = "#2b3947"
GREEN = "#4fd08f"
BLUE = "#62b0ff"
AMBER = "#f7bf4b"
CORAL = "#ff8f78"
GREY = "#93a2b0"

COLOURS = {
    Status.DONE: GREEN,
    Status.ON_TRACK: BLUE,
    Status.AT_RISK: AMBER,
    Status.BEHIND: CORAL,
    Status.TRACKED: GREY,
    Status.OFF: GREY,
    Status.INACTIVE: GREY,
}
