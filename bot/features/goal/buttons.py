"""The buttons of a goal's card, and the questions that they lead to.

A button that changes something says what is to be so, and not what is to be done to it: tapped twice, it changes
nothing twice.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated

from bot.features.plan.outline_buttons import Meant
from bot.telegram.callback import PLAIN_NUMBER, Callback
from bot.telegram.question import Question


class What(Enum):
    """The wish about a goal. CARD: only its card is wanted."""

    CARD = "card"
    RENAME = "rename"
    TARGET = "target"
    DAYS = "days"
    MOVE = "move"
    PAUSE = "pause"
    BACK = "back"
    END = "end"
    DELETE = "delete"
    ADD = "add"


class Begin(Callback, prefix="goal:do"):
    """Asks what a change of a goal needs, or makes it."""

    node: int
    what: What


class ChooseGoal(Callback, prefix="goal:this"):
    """The goal that was meant by words which several goals, or none, go by."""

    node: int


class MoveBelow(Callback, prefix="goal:below"):
    """A goal goes below another."""

    node: int
    parent: int


class MoveBefore(Callback, prefix="goal:at"):
    """A goal goes before one of those beside it; behind all of them if that is 0. The card shows it."""

    node: int
    before: int


class FromDay(Callback, prefix="goal:from"):
    """The last terms that were said hold for a goal from a day on."""

    node: int
    on: date


class PauseDays(Callback, prefix="goal:off"):
    """Days off for a goal; for everything if it is 0."""

    node: int
    first: date
    last: date


class EndPause(Callback, prefix="goal:back"):
    """A pause ends with yesterday."""

    pause: int


class TakeUp(Callback, prefix="goal:again"):
    """An ended goal is taken up again."""

    node: int


class Delete(Callback, prefix="goal:gone"):
    """A goal goes with all that was logged of it."""

    node: int


class ChooseToArchive(Callback, prefix="arch:ask"):
    """Asks whether a goal has ended."""

    node: Annotated[int, PLAIN_NUMBER]


class ArchiveGoal(Callback, prefix="arch:yes"):
    """A goal has ended."""

    node: Annotated[int, PLAIN_NUMBER]


class KeepGoal(Callback, prefix="arch:no"):
    """It has not."""


class Leave(Callback, prefix="goal:leave"):
    """Leaves a question that is about no one goal."""


class EditAsked(Question, name="edit"):
    """What words are awaited: which goal is meant (`node` None), or what is to become of it. `said` is what was said of
    it already."""

    takes_lines = True

    what: What
    node: int | None = None
    said: str | None = None


class AddWithNumber(Callback, prefix="goal:number"):
    """The meaning of the number in a new goal's title."""

    meant: Meant


class NumberAsked(Question, name="edit.number"):
    """Is the number in a title the target of the new goal below `node`? `line` is what was written of it."""

    takes_lines = True

    node: int
    line: str


class SinceAsked(Question, name="edit.since"):
    """From when is something else to be asked of a goal? `said` is what."""

    node: int
    said: str
