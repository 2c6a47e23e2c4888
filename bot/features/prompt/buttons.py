"""The buttons of a check-in prompt. They carry the prompt (an outbox id) and its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from bot.telegram.callback import Callback


class Later(Enum):
    """When a prompt is to come again."""

    IN_15_MINUTES = "15"
    IN_AN_HOUR = "60"
    NEXT_MORNING = "m"


@dataclass(frozen=True)
class LeafAnswer(Callback):
    """An answer about one leaf, on a `page` of the prompt."""

    prompt: int
    node: int
    on: date
    stamp: int
    page: int


@dataclass(frozen=True)
class Done(LeafAnswer):
    """The leaf is done."""

    prefix = "ask:d"


@dataclass(frozen=True)
class Skip(LeafAnswer):
    """The leaf is skipped."""

    prefix = "ask:k"


@dataclass(frozen=True)
class OtherTotal(LeafAnswer):
    """Asks for another total."""

    prefix = "ask:o"


@dataclass(frozen=True)
class SetTotal(LeafAnswer):
    """Sets the day's total."""

    prefix = "ask:v"
    total: Decimal


@dataclass(frozen=True)
class TurnPage(Callback):
    """Shows another page of the prompt."""

    prefix = "ask:p"
    prompt: int
    on: date
    page: int


@dataclass(frozen=True)
class Snooze(Callback):
    """Has the prompt come again later."""

    prefix = "ask:z"
    prompt: int
    on: date
    stamp: int
    later: Later
