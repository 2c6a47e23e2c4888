"""The lines about the goals of a quarter or year that closes."""

from __future__ import annotations

from decimal import Decimal

from core.goals.model import Node
from core.goals.periods import Period
from core.goals.progress import ONE, percent
from core.records import record


@record
class ClosingLine:
    """A goal at the end of its `period`; `node` is as it is now.

    `can_carry_over`: it ends with the period, and its vision goes on. `can_let_go`: it goes on if nothing is done.
    """

    node: Node
    period: Period
    value: Decimal | None
    target: Decimal | None
    progress: int
    can_carry_over: bool
    can_let_go: bool

    @property
    def percent(self) -> int:
        """Whole percent, rounded down."""
        return percent(self.progress)

    @property
    def achieved(self) -> bool:
        """Whether the target was reached."""
        return self.progress >= ONE


@record
class Closing:
    """How the goals ended."""

    lines: tuple[ClosingLine, ...]

    @property
    def achieved(self) -> tuple[ClosingLine, ...]:
        """The goals whose target was reached."""
        return tuple(line for line in self.lines if line.achieved)

    @property
    def missed(self) -> tuple[ClosingLine, ...]:
        """The others."""
        return tuple(line for line in self.lines if not line.achieved)
