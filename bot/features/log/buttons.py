"""The buttons of a day's message, and the question for an amount. Each rendering has its own `stamp`: it makes a
button distinct from the same one shown before, so that an echo of an earlier tap is recognised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, NamedTuple

from bot.telegram.callback import BadButton, Callback, Codec, amount_unpacked
from bot.telegram.question import Question
from core.actions.logged import How
from core.values import plain_text


@dataclass(frozen=True)
class _Page(Callback):
    on: date
    page: int


@dataclass(frozen=True)
class ShowDay(_Page):
    """Shows a page of the day."""

    prefix = "log:d"


@dataclass(frozen=True)
class ShowSkips(_Page):
    """Shows a page of what may be skipped."""

    prefix = "log:s"


@dataclass(frozen=True)
class LeafButton(Callback):
    """A button about one leaf on a day."""

    node: int
    on: date
    stamp: int


@dataclass(frozen=True)
class TapLeaf(LeafButton):
    """A check is done; a number opens its amounts."""

    prefix = "log:t"


@dataclass(frozen=True)
class OpenLeaf(LeafButton):
    """Opens what else can be said of a leaf that is done or skipped."""

    prefix = "log:m"


@dataclass(frozen=True)
class SkipLeaf(LeafButton):
    """The leaf is skipped."""

    prefix = "log:k"


@dataclass(frozen=True)
class LeafNotDone(LeafButton):
    """The leaf is not done after all."""

    prefix = "log:n"


@dataclass(frozen=True)
class OtherAmount(LeafButton):
    """Asks for another amount."""

    prefix = "log:o"


@dataclass(frozen=True)
class SetAmount(LeafButton):
    """Sets the day's amount."""

    prefix = "log:v"
    amount: Decimal


@dataclass(frozen=True)
class AmountAsked(Question):
    """How much of a goal on a day? `prompt` is the prompt (an outbox id) that the answer belongs to, if any."""

    name = "amount"
    node: int
    on: date
    prompt: int | None = None


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
