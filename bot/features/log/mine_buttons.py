"""The buttons for a member's part in a group, in their private chat. They carry the group (an owner's id)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.telegram.callback import Callback


class MyAnswer(Callback):
    """An answer about one goal of a group. `prompt` is the prompt (an outbox id) that contains the button, or 0."""

    group: int
    node: int
    on: date
    stamp: int
    prompt: int


class MyDone(MyAnswer, prefix="my:d"):
    """Ticks the goal."""


class MySkip(MyAnswer, prefix="my:k"):
    """Skips the goal."""


class MyOtherTotal(MyAnswer, prefix="my:o"):
    """Asks for another total."""


class MyReachTotal(MyAnswer, prefix="my:v"):
    """Raises the day's total to at least this."""

    total: Decimal
