"""Buttons that choose the goal which somebody's words meant, and the notes that are kept meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from bot.callback import BadButton, Callback, Codec, amount_unpacked
from bot.question import Question
from core.actions.logged import How
from core.values import plain_text

_LETTERS = {How.ADD: "a", How.SET: "s", How.REACH: "r", How.SKIP: "k"}
_HOW = {letter: how for how, letter in _LETTERS.items()}


class Act(NamedTuple):
    """What is to be logged: a letter and a number, such as "a5"; without a number a tick or a skip."""

    how: How
    value: Decimal | None = None


def _write(act: Act) -> str:
    return _LETTERS[act.how] + ("" if act.value is None else plain_text(act.value))


def _read(text: str) -> Act:
    if not text or text[0] not in _HOW:
        raise BadButton
    return Act(_HOW[text[0]], amount_unpacked(text[1:]) if text[1:] else None)


ACT: Codec[Act] = Codec(_write, _read)


@dataclass(frozen=True)
class Pick(Callback):
    """Logs on a goal what a line (`part`) of a message says."""

    prefix = "pick"
    node: int
    on: date
    act: Annotated[Act, ACT]
    message: int
    part: int


@dataclass(frozen=True)
class Choosing(Question):
    """The notes of the lines of a message whose goals are still to be chosen: a button has no room for them."""

    name = "choosing"
    message: int
    notes: Mapping[int, str]
