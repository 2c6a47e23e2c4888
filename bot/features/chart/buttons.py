"""The buttons that draw a goal and a group's week."""

from __future__ import annotations

from bot.telegram.callback import Callback


class DrawGoal(Callback, prefix="chart"):
    """Sends the picture of a goal, as it stands now."""

    node: int


class DrawBoard(Callback, prefix="chart:board"):
    """Sends the picture of a group's week, as it stands now."""
