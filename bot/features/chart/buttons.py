"""The button that draws a goal."""

from __future__ import annotations

from bot.telegram.callback import Callback


class DrawGoal(Callback, prefix="chart"):
    """Sends the picture of a goal, as it stands now."""

    node: int
