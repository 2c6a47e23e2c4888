"""The buttons below a digest: its picture, the closing of a quarter or a year, and the question for another target."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from bot.telegram.callback import Callback
from bot.telegram.question import Question
from core.goals.model import Level


class Verb(StrEnum):
    """The effect of a button on a goal."""

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
    """Carries a goal over from its period (its first day), lets it go, or asks for another target."""

    node: int
    start: date
    verb: Verb


class ClosingYearPage(Callback, prefix="year"):
    """Shows another page of the goals of a year (its first day)."""

    year: date
    page: int


class CloseInYear(Callback, prefix="year"):
    """The same as `CloseGoal` below a year's digest, which closes the year's last quarter as well."""

    node: int
    start: date
    verb: Verb


AnyClose: TypeAlias = CloseGoal | CloseInYear


class TargetAsked(Question, name="close.target"):
    """The target with which a goal is carried over from its period, of which `quarter` is the first day, also where
    that is a year. `message` is the digest (0: too old for Telegram to tell which it was), `picture` whether it has
    one, `answers` what it showed as answered, by goal, `is_year` is set where it is a year's."""

    node: int
    quarter: date
    message: int
    picture: bool
    answers: Mapping[int, Verb]
    is_year: bool | None = None
