"""The buttons of plans that are there to be taken, and what is remembered of one."""

from __future__ import annotations

from typing import Annotated

from bot.telegram.callback import Callback, text
from bot.telegram.question import Question


class ShowTemplates(Callback, prefix="tpl:list"):
    """Lists the plans."""


class UseTemplate(Callback, prefix="tpl:use"):
    """Begins with a plan by its key."""

    key: Annotated[str, text(20)]


class AnswerTemplate(Callback, prefix="tpl:say"):
    """An answer in the words that could be typed."""

    said: Annotated[str, text(48)]


class PlantTemplate(Callback, prefix="tpl:plant"):
    """Plants the tree of the preview."""


class TemplateAsked(Question, name="template"):
    """The plan that is being filled in: its key, and the answers so far, one a line."""

    is_draft = True

    key: str
    answers: str = ""

    @property
    def said(self) -> list[str]:
        """The answers, in the order of the questions."""
        return self.answers.splitlines()
