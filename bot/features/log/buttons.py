"""The buttons of a day's message, and the question for an amount. Each rendering has its own `stamp`: it makes a
button distinct from the same one shown before, so that an echo of an earlier tap is recognised."""

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
    """Shows a page of what may be skipped."""


class LeafButton(Callback):
    """A button about one leaf on a day."""

    node: int
    on: date
    stamp: int


class TapLeaf(LeafButton, prefix="log:t"):
    """A check is done; a number opens its amounts."""


class MoreOfLeaf(LeafButton, prefix="log:m"):
    """Opens what else can be said of a leaf that is done or skipped."""


class SkipLeaf(LeafButton, prefix="log:k"):
    """The leaf is skipped."""


class LeafNotDone(LeafButton, prefix="log:n"):
    """The leaf is not done after all."""


class OtherAmount(LeafButton, prefix="log:o"):
    """Asks for another amount."""


class SetAmount(LeafButton, prefix="log:v"):
    """Sets the day's amount."""

    amount: Decimal


class AmountAsked(Question, name="amount"):
    """How much of a goal on a day? `prompt` is the prompt (an outbox id) that the answer belongs to, if any."""

    node: int
    on: date
    prompt: int | None = None


_LETTERS = {How.ADD: "a", How.SET: "s", How.REACH: "r", How.SKIP: "k"}
_HOW = {letter: how for how, letter in _LETTERS.items()}


class LogAct(NamedTuple):
    """The log of a button: a letter and a number, such as "a5"; without a number a tick or a skip."""

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
    """Logs on a goal what a line (`part`) of a message says."""

    node: int
    on: date
    act: Annotated[LogAct, ACT]
    message: int
    part: int


class PickDays(Callback, prefix="pick:d"):
    """Logs on each day from `on` to `last` what a line of a message says of a goal."""

    node: int
    on: date
    last: date
    act: Annotated[LogAct, ACT]
    message: int
    part: int


class SettleDay(Callback, prefix="log:all"):
    """All that is open on a day is done, or skipped."""

    on: date
    act: Annotated[LogAct, ACT]
    stamp: int


class Choosing(Question, name="choosing"):
    """The notes of the lines of a message whose goals are still to be chosen: a button has no room for them."""

    message: int
    notes: Mapping[int, str]
