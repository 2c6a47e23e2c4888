"""The answers to /forget_me. They carry the `word` of the question that they belong to."""

from __future__ import annotations

from typing import Annotated

from bot.telegram.callback import Callback, text
from bot.telegram.question import Question


class _ForgetAnswer(Callback):
    word: Annotated[str, text(16)]


class Erase(_ForgetAnswer, prefix="forget:yes"):
    """Everything is erased."""


class Keep(_ForgetAnswer, prefix="forget:no"):
    """Everything stays."""


class ForgetAsked(Question, name="forget"):
    """Is everything to be erased?"""

    word: str
