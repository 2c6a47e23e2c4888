"""The button that opens a goal's card, wherever a goal is shown."""

from __future__ import annotations

from bot.telegram.callback import Callback


class ShowGoal(Callback, prefix="goal:see"):
    """Opens a goal's card: its state, and what can be changed."""

    node: int
