"""The buttons of a group's round. They carry the round (an outbox id) and its day, and count for the person who
taps."""

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
    """Ticks the goal."""


class RoundSkip(RoundAnswer, prefix="rd:k"):
    """Skips the goal."""


class RoundOtherTotal(RoundAnswer, prefix="rd:o"):
    """Asks for another total."""


class RoundReachTotal(RoundAnswer, prefix="rd:v"):
    """Raises the day's total to at least this."""

    total: Decimal


class RoundAllDone(Callback, prefix="rd:a"):
    """Ticks everything open for the person who taps."""

    round: int
    on: date
    stamp: int


class Confirm(Callback, prefix="rd:c"):
    """Confirms a member's check-offs of the day."""

    round: int
    member: int
    on: date
    stamp: int
