"""The buttons of plan templates, and their open question."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from bot.telegram.callback import Callback, text
from bot.telegram.question import Question


class ShowTemplates(Callback, prefix="tpl:list"):
    """Lists the templates."""


class UseTemplate(Callback, prefix="tpl:use"):
    """Begins with a template, by its key."""

    key: Annotated[str, text(20)]


class AnswerTemplate(Callback, prefix="tpl:say"):
    """Gives an answer, in words that could be typed."""

    said: Annotated[str, text(48)]


class PlantTemplate(Callback, prefix="tpl:plant"):
    """Plants the tree of the preview."""


class ChangePlan(Enum):
    """The part of the tree to be changed."""

    NOTHING = "-"
    GOALS = "goals"
    GOAL = "goal"
    TITLE = "title"
    NUMBER = "number"
    DAYS = "days"
    ADD = "add"
    UNTIL = "until"
    DROP = "drop"


class ChangeTemplate(Callback, prefix="tpl:edit"):
    """Asks for the change of a part of the goal at a place, or goes back; DROP removes the goal."""

    at: int
    part: ChangePlan


class TemplateAsked(Question, name="template"):
    """The template being filled in: its key, the answers so far (one a line), and the later changes of the tree
    (`DraftEdit`). `at` and `part` say what is being asked about the tree."""

    is_draft = True
    takes_lines = True

    key: str
    answers: str = ""
    edits: str | None = None
    at: int | None = None
    part: ChangePlan | None = None

    @property
    def said(self) -> list[str]:
        """The answers, in the order of the questions."""
        return self.answers.splitlines()

    @property
    def changes(self) -> list[str]:
        """The changes, the oldest first."""
        return (self.edits or "").splitlines()

    @property
    def place(self) -> int:
        """The place of the goal in question."""
        return self.at or 0
