"""The buttons below a digest: its picture and the closing of its period; and the question for another target."""

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
    """Sends the picture of a digest that came without one, identified by its level and the first day of its period."""

    level: Level
    start: date


class ClosingPage(Callback, prefix="close"):
    """Shows another page of the goals of a quarter, given by its first day."""

    quarter: date
    page: int


class CloseGoal(Callback, prefix="close"):
    """Carries a goal over from a period (given by its first day), lets it go, or asks for another target."""

    node: int
    start: date
    verb: Verb


class ClosingYearPage(Callback, prefix="year"):
    """Shows another page of the goals of a year, given by its first day."""

    year: date
    page: int


class CloseInYear(Callback, prefix="year"):
    """`CloseGoal` below a year's digest, which closes the last quarter as well."""

    node: int
    start: date
    verb: Verb


AnyClose: TypeAlias = CloseGoal | CloseInYear


class TargetAsked(Question, name="close.target"):
    """The target with which a goal is carried over. `quarter` is the first day of its period, even if that is a year.
    `message` is the digest (0: unknown, since Telegram no longer tells), `picture` whether it has a picture, `answers`
    the answers it showed, by goal; `is_year` is set for a year's digest."""

    node: int
    quarter: date
    message: int
    picture: bool
    answers: Mapping[int, Verb]
    is_year: bool | None = None
