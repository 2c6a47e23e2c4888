"""The buttons of a check-in prompt. They carry the prompt (an outbox id) and its day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from bot.telegram.callback import Callback


class Later(Enum):
    """When a prompt should come again."""

    IN_15_MINUTES = "15"
    IN_AN_HOUR = "60"
    NEXT_MORNING = "m"


class LeafAnswer(Callback):
    """An answer about one leaf, on a `page` of the prompt."""

    prompt: int
    node: int
    on: date
    stamp: int
    page: int


class Done(LeafAnswer, prefix="ask:d"):
    """Ticks the leaf."""


class Skip(LeafAnswer, prefix="ask:k"):
    """Skips the leaf."""


class OtherTotal(LeafAnswer, prefix="ask:o"):
    """Asks for another total."""


class SetTotal(LeafAnswer, prefix="ask:v"):
    """Sets the day's total."""

    total: Decimal


class AllDone(Callback, prefix="ask:a"):
    """Ticks all open checks, and sets numbers to their usual amounts."""

    prompt: int
    on: date
    stamp: int


class TurnPage(Callback, prefix="ask:p"):
    """Shows another page of the prompt."""

    prompt: int
    on: date
    page: int


class QuietWish(Enum):
    """The wish of a person who has not answered for some evenings."""

    GO_ON = "g"
    PAUSE = "p"
    LESS = "l"


class AskOn(Callback, prefix="ask:w"):
    """Says whether to go on asking."""

    wish: QuietWish


class Snooze(Callback, prefix="ask:z"):
    """Postpones the prompt."""

    prompt: int
    on: date
    stamp: int
    later: Later
