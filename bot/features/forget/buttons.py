"""The answers to /forget_me. They carry the `word` of their question."""

from __future__ import annotations

from typing import Annotated

from bot.telegram.callback import Callback, text
from bot.telegram.question import Question


class _ForgetAnswer(Callback):
    word: Annotated[str, text(16)]


class Erase(_ForgetAnswer, prefix="forget:yes"):
    """Erases everything."""


class Keep(_ForgetAnswer, prefix="forget:no"):
    """Keeps everything."""


class ForgetAsked(Question, name="forget"):
    """Is everything to be erased?"""

    word: str
