"""The buttons of one's own part of a group, in the private chat. They carry the group (an owner's id)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.telegram.callback import Callback


@dataclass(frozen=True)
class GoalAnswer(Callback):
    """An answer about one goal of a group. `prompt` is the prompt (an outbox id) that the button stands in, or 0."""

    group: int
    node: int
    on: date
    stamp: int
    prompt: int


@dataclass(frozen=True)
class Done(GoalAnswer):
    """The goal is done."""

    prefix = "my:d"


@dataclass(frozen=True)
class Skip(GoalAnswer):
    """The goal is skipped."""

    prefix = "my:k"


@dataclass(frozen=True)
class OtherTotal(GoalAnswer):
    """Asks for another total."""

    prefix = "my:o"


@dataclass(frozen=True)
class ReachTotal(GoalAnswer):
    """The day's total is at least this."""

    prefix = "my:v"
    total: Decimal
