"""The buttons of a day's message, and the question for an amount. Each rendering has its own `stamp`: it makes a
button distinct from the same one shown before, so that an echo of an earlier tap is recognised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.callback import Callback
from bot.question import Question


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
