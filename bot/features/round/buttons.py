"""The buttons of a group's round. They carry the round (an outbox id) and its day, and count for whoever taps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.telegram.callback import Callback


@dataclass(frozen=True)
class GoalAnswer(Callback):
    """An answer about one goal of the round."""

    round: int
    node: int
    on: date
    stamp: int


@dataclass(frozen=True)
class Done(GoalAnswer):
    """The goal is done."""

    prefix = "rd:d"


@dataclass(frozen=True)
class Skip(GoalAnswer):
    """The goal is skipped."""

    prefix = "rd:k"


@dataclass(frozen=True)
class OtherTotal(GoalAnswer):
    """Asks for another total."""

    prefix = "rd:o"


@dataclass(frozen=True)
class ReachTotal(GoalAnswer):
    """The day's total is at least this."""

    prefix = "rd:v"
    total: Decimal


@dataclass(frozen=True)
class Confirm(Callback):
    """A buddy confirms what a member did that day."""

    prefix = "rd:c"
    round: int
    member: int
    on: date
    stamp: int
