"""The button of the welcome."""

from __future__ import annotations

from dataclasses import dataclass

from bot.callback import Callback


@dataclass(frozen=True)
class ShowExample(Callback):
    """Shows a whole tree to copy."""

    prefix = "example"
