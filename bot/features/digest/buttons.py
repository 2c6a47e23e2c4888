"""The buttons below a digest: its picture, the closing of a quarter, and the question for another target."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from bot.telegram.callback import Callback
from bot.telegram.question import Question
from core.goals.model import Level


class Verb(StrEnum):
    """What a button does to a goal."""

    CARRY_OVER = "c"
    LET_GO = "l"
    CHANGE = "t"


class DrawDigest(Callback, prefix="digest"):
    """Sends the picture of a digest that came without one: that of the period of a level that begins on a day."""

    level: Level
    start: date


class ClosingPage(Callback, prefix="close"):
    """Shows another page of the goals of a quarter (its first day)."""

    quarter: date
    page: int


class CloseGoal(Callback, prefix="close"):
    """Carries a goal over, lets it go, or asks for another target."""

    node: int
    quarter: date
    verb: Verb


class TargetAsked(Question, name="close.target"):
    """The target with which a goal is carried over. `message` is the digest (0: too old for Telegram to tell which it
    was), `picture` whether it has one, `answers` what it showed as answered, by goal."""

    node: int
    quarter: date
    message: int
    picture: bool
    answers: Mapping[int, Verb]
