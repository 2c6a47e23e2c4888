"""The buttons of a goal's card, and the questions that they lead to.

A button that changes something names the final state, not the step, so that a second tap changes nothing.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated

from bot.features.plan.outline_buttons import NumberMeaning
from bot.telegram.callback import PLAIN_NUMBER, Callback
from bot.telegram.question import Question


class GoalAction(Enum):
    """An action on a goal. CARD: only show its card."""

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


class BeginChange(Callback, prefix="goal:do"):
    """Begins a change of a goal: asks what is missing, or makes it."""

    node: int
    what: GoalAction


class ChooseGoal(Callback, prefix="goal:this"):
    """Chooses the goal that ambiguous or unknown words meant."""

    node: int


class MoveBelow(Callback, prefix="goal:below"):
    """Moves a goal below another."""

    node: int
    parent: int


class MoveBefore(Callback, prefix="goal:at"):
    """Moves a goal before a sibling (0: behind all of them), and updates its card."""

    node: int
    before: int


class FromDay(Callback, prefix="goal:from"):
    """Applies the terms last said from a day on."""

    node: int
    on: date


class PauseDays(Callback, prefix="goal:off"):
    """Pauses a goal for some days (0: everything)."""

    node: int
    first: date
    last: date


class EndPause(Callback, prefix="goal:back"):
    """Ends a pause, with yesterday as its last day."""

    pause: int


class TakeUp(Callback, prefix="goal:again"):
    """Resumes an ended goal."""

    node: int


class DeleteGoal(Callback, prefix="goal:gone"):
    """Deletes a goal with all its entries."""

    node: int


class ChooseToArchive(Callback, prefix="arch:ask"):
    """Asks whether a goal has ended."""

    node: Annotated[int, PLAIN_NUMBER]


class ArchiveGoal(Callback, prefix="arch:yes"):
    """Ends a goal."""

    node: Annotated[int, PLAIN_NUMBER]


class KeepGoal(Callback, prefix="arch:no"):
    """Keeps a goal from ending."""


class Leave(Callback, prefix="goal:leave"):
    """Cancels a question that is not about one goal."""


class EditAsked(Question, name="edit"):
    """The words that an edit waits for: which goal is meant (`node` None), or the change of it. `said` is what was
    already said about it."""

    takes_lines = True

    what: GoalAction
    node: int | None = None
    said: str | None = None


class AddWithNumber(Callback, prefix="goal:number"):
    """Says whether the number in a new goal's title is its target."""

    meant: NumberMeaning


class NumberAsked(Question, name="edit.number"):
    """Is the number in the title the target of the new goal below `node`? `line` is the goal's line as it was
    written."""

    takes_lines = True

    node: int
    line: str


class SinceAsked(Question, name="edit.since"):
    """From when do the new terms of a goal apply? `said` is the words of them."""

    node: int
    said: str
