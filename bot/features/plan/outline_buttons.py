"""The buttons of an outline's questions and preview. Each names the message that holds the plan."""

from __future__ import annotations

from enum import Enum

from bot.telegram.callback import Callback
from bot.telegram.question import Question


class NumberMeaning(Enum):
    """The meaning of the number in a title."""

    TARGET = "t"
    NAME = "n"


class LeftGoals(Enum):
    """What to do with goals that an outline does not mention."""

    KEEP = "k"
    END = "e"


class NumberMeans(Callback, prefix="outline:number"):
    """Says whether the number in a line's title is its target or part of its name. `mark` tells the line from one that
    stood there earlier."""

    message: int
    line: int
    mark: int
    meant: NumberMeaning


class NumbersMean(Callback, prefix="outline:numbers"):
    """The same for all titles in question."""

    message: int
    meant: NumberMeaning


class SameGoal(Callback, prefix="outline:same"):
    """Says whether a goal is the same under another name."""

    message: int
    node: int
    is_same: int


class ApplyPlan(Callback, prefix="outline:apply"):
    """Applies a preview; `mark` identifies the changes that it showed."""

    message: int
    mark: int
    left: LeftGoals


class LeavePlan(Callback, prefix="outline:leave"):
    """Drops the plan."""

    message: int


class PutBelow(Callback, prefix="outline:below"):
    """Puts lines without a vision below an existing one."""

    message: int
    vision: int


class VisionAsked(Question, name="vision"):
    """Where do lines without a vision belong? `message` holds them."""

    message: int
