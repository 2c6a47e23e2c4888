"""The button that asks why."""

from __future__ import annotations

from bot.telegram.callback import Callback


class AskWhy(Callback, prefix="why"):
    """Explains a goal's progress in a new message (0: every vision)."""

    node: int
