"""The answers to /forget_me. They carry the `word` of the question that they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.telegram.callback import Callback, text
from bot.telegram.question import Question


@dataclass(frozen=True)
class _Answer(Callback):
    word: Annotated[str, text(16)]


@dataclass(frozen=True)
class Erase(_Answer):
    """Everything is erased."""

    prefix = "forget:yes"


@dataclass(frozen=True)
class Keep(_Answer):
    """Everything stays."""

    prefix = "forget:no"


@dataclass(frozen=True)
class ForgetAsked(Question):
    """Is everything to be erased?"""

    name = "forget"
    word: str
