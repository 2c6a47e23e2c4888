"""The button that opens a goal's card, wherever a goal is shown."""

from __future__ import annotations

from bot.telegram.callback import Callback


class ShowGoal(Callback, prefix="goal:see"):
    """A goal's card: how it stands, and what can be changed."""

    node: int
