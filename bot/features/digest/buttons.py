"""The buttons that close a quarter below its digest, and the question for another target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.telegram.callback import Callback
from bot.telegram.question import Question


class Verb(StrEnum):
    """What a button does to a goal."""

    CARRY_OVER = "c"
    LET_GO = "l"
    CHANGE = "t"


@dataclass(frozen=True)
class ClosingPage(Callback):
    """Shows another page of the goals of a quarter (its first day)."""

    prefix = "close"
    quarter: date
    page: int


@dataclass(frozen=True)
class CloseGoal(Callback):
    """Carries a goal over, lets it go, or asks for another target."""

    prefix = "close"
    node: int
    quarter: date
    verb: Verb


@dataclass(frozen=True)
class TargetAsked(Question):
    """The target with which a goal is carried over. `message` is the digest (0: too old for Telegram to tell which it
    was), `picture` whether it has one, `answers` what it showed as answered, by goal."""

    name = "close.target"
    node: int
    quarter: date
    message: int
    picture: bool
    answers: Mapping[int, Verb]
