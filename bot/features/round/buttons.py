"""The buttons of a group's round. They carry the round (an outbox id) and its day, and count for whoever taps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.telegram.callback import Callback


class RoundAnswer(Callback):
    """An answer about one goal of the round."""

    round: int
    node: int
    on: date
    stamp: int


class RoundDone(RoundAnswer, prefix="rd:d"):
    """The goal is done."""


class RoundSkip(RoundAnswer, prefix="rd:k"):
    """The goal is skipped."""


class RoundOtherTotal(RoundAnswer, prefix="rd:o"):
    """Asks for another total."""


class RoundReachTotal(RoundAnswer, prefix="rd:v"):
    """The day's total is at least this."""

    total: Decimal


class RoundAllDone(Callback, prefix="rd:a"):
    """All that is open with whoever taps is done."""

    round: int
    on: date
    stamp: int


class Confirm(Callback, prefix="rd:c"):
    """A buddy confirms what a member did that day."""

    round: int
    member: int
    on: date
    stamp: int
