"""The buttons of a day's message, and the question for an amount. The `stamp` of each rendering makes a button differ
from the same one shown before, so that a repeated tap is recognised."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from bot.telegram.callback import BadButton, Callback, Codec, amount_unpacked
from bot.telegram.question import Question
from core.actions.logged import How
from core.values import plain_text


class _Page(Callback):
    on: date
    page: int


class ShowDay(_Page, prefix="log:d"):
    """Shows a page of the day."""


class ShowSkips(_Page, prefix="log:s"):
    """Shows a page of the leaves that may be skipped."""


class LeafButton(Callback):
    """A button about one leaf on a day."""

    node: int
    on: date
    stamp: int


class TapLeaf(LeafButton, prefix="log:t"):
    """Ticks a check; opens the amounts of a number."""


class MoreOfLeaf(LeafButton, prefix="log:m"):
    """Opens the menu of a leaf that is done or skipped."""


class SkipLeaf(LeafButton, prefix="log:k"):
    """Skips the leaf."""


class LeafNotDone(LeafButton, prefix="log:n"):
    """Marks the leaf as not done."""


class OtherAmount(LeafButton, prefix="log:o"):
    """Asks for another amount."""


class SetAmount(LeafButton, prefix="log:v"):
    """Sets the day's amount."""

    amount: Decimal


class AmountAsked(Question, name="amount"):
    """How much of a goal was done on a day? `prompt` is the prompt (an outbox id) that the answer belongs to, if
    any."""

    node: int
    on: date
    prompt: int | None = None


_LETTERS = {How.ADD: "a", How.SET: "s", How.REACH: "r", How.SKIP: "k"}
_HOW = {letter: how for how, letter in _LETTERS.items()}


Origin = tuple[int, int]
"""A message, and the line of it that a button logs."""


class LogAct(NamedTuple):
    """The act that a button logs: a letter and a number, such as "a5"; without a number a tick or a skip."""

    how: How
    value: Decimal | None = None


def _write(act: LogAct) -> str:
    return _LETTERS[act.how] + ("" if act.value is None else plain_text(act.value))


def _read(text: str) -> LogAct:
    if not text or text[0] not in _HOW:
        raise BadButton
    return LogAct(_HOW[text[0]], amount_unpacked(text[1:]) if text[1:] else None)


ACT: Codec[LogAct] = Codec(_write, _read)
ACT_DONE, ACT_SKIP = LogAct(How.ADD), LogAct(How.SKIP)


class Pick(Callback, prefix="pick"):
    """Logs a line (`part`) of a message on a goal."""

    node: int
    on: date
    act: Annotated[LogAct, ACT]
    message: int
    part: int


class PickDays(Callback, prefix="pick:d"):
    """Logs a line of a message on each day from `on` to `last`."""

    node: int
    on: date
    last: date
    act: Annotated[LogAct, ACT]
    message: int
    part: int


class SettleDay(Callback, prefix="log:all"):
    """Ticks or skips everything that is open on a day."""

    on: date
    act: Annotated[LogAct, ACT]
    stamp: int


class Choosing(Question, name="choosing"):
    """The notes of a message's lines whose goals are still to be chosen: a button has no room for them."""

    message: int
    notes: Mapping[int, str]
