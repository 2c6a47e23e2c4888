"""The buttons of an outline that is asked about or previewed. Each names the message that holds the plan."""

from __future__ import annotations

from enum import Enum

from bot.telegram.callback import Callback
from bot.telegram.question import Question


class Meant(Enum):
    """The meaning of the number in a title."""

    TARGET = "t"
    NAME = "n"


class Leaving(Enum):
    """The future of goals that an outline does not mention."""

    KEEP = "k"
    END = "e"


class NumberMeans(Callback, prefix="outline:number"):
    """The number in the title of a line is its target, or a part of its name. `mark` tells the line from another that
    stood there earlier."""

    message: int
    line: int
    mark: int
    meant: Meant


class NumbersMean(Callback, prefix="outline:numbers"):
    """The same of all titles that are asked about."""

    message: int
    meant: Meant


class SameGoal(Callback, prefix="outline:same"):
    """A goal is the same under another name, or it is not."""

    message: int
    node: int
    is_same: int


class ApplyPlan(Callback, prefix="outline:apply"):
    """Makes the changes of a preview; `mark` is that of the changes that it showed."""

    message: int
    mark: int
    left: Leaving


class LeavePlan(Callback, prefix="outline:leave"):
    """Changes nothing."""

    message: int


class PutBelow(Callback, prefix="outline:below"):
    """Lines without a vision go below one that is there."""

    message: int
    vision: int


class VisionAsked(Question, name="vision"):
    """The place for lines without a vision; `message` holds them."""

    message: int
