"""The buttons of one's own part of a group, in the private chat. They carry the group (an owner's id)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.telegram.callback import Callback


class MyAnswer(Callback):
    """An answer about one goal of a group. `prompt` is the prompt (an outbox id) that the button stands in, or 0."""

    group: int
    node: int
    on: date
    stamp: int
    prompt: int


class MyDone(MyAnswer, prefix="my:d"):
    """The goal is done."""


class MySkip(MyAnswer, prefix="my:k"):
    """The goal is skipped."""


class MyOtherTotal(MyAnswer, prefix="my:o"):
    """Asks for another total."""


class MyReachTotal(MyAnswer, prefix="my:v"):
    """The day's total is at least this."""

    total: Decimal
