"""A sentence in parts, and as an aim."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.planning.generate import Aim
from core.records import record
from language.meanings import Meaning
from language.parsing.aims.numbers import AimAmount, Way
from language.parsing.aims.rhythms import SaidRhythm

NAMELESS = frozenset({"km", "m", "mi", "h", "min", "s", "kg", "g", "lb", "l", "ml", "€", "$", "£", "¥", "₹", "₽"})
"""Units that do not say what is done."""
MONEY = frozenset({"€", "$", "£", "¥", "₹", "₽"})
WEIGHTS = frozenset({"kg", "lb", "g"})


@record
class Heard:
    """The meaning of a sentence.

    - `change`: by how much the value is to change, while its present value is unknown
    - `is_now_asked`: the present value is unknown, and the value is to fall to a number
    - `assumed_each`: the sentence did not say whether the amount is for each day
    - `unknown_end`: an end of unknown date, such as "Easter"
    - `under`: the number that a limit stays below, as in "fewer than 3"
    - `each_time`: the amount for one of several times a week
    """

    aim: Aim
    change: Decimal | None = None
    is_now_asked: bool = False
    assumed_each: bool = False
    unknown_end: str = ""
    under: Decimal | None = None
    each_time: Decimal | None = None

    @property
    def needs_now(self) -> bool:
        """Whether the present value has to be asked for."""
        return self.change is not None or self.is_now_asked

    @property
    def is_open(self) -> bool:
        """Whether there is nothing to count or tick."""
        return self.aim.is_open and not self.needs_now

    @property
    def needs_end(self) -> bool:
        """Whether the date of the named end has to be asked for."""
        return bool(self.unknown_end) and self.aim.ends_on is None

    def from_now(self, now: Decimal) -> Heard:
        """The same aim, starting from the present value."""
        amount = self.aim.amount if self.change is None else now + self.change
        return Heard(replace(self.aim, baseline=now, amount=amount))


@record
class Said:
    """The parts of a sentence."""

    full: str
    rest: str
    limit: Meaning | None
    way: Way | None
    rhythm: SaidRhythm | None
    amount: AimAmount | None
    is_tracked: bool
    is_under: bool
    """The limit is below its number."""

    @property
    def is_limited(self) -> bool:
        """Whether there is a limit: at most some amount, or none at all."""
        return self.limit is Meaning.NO or (self.limit is not None and self.amount is not None)

    @property
    def unit(self) -> str | None:
        if self.way is not None and self.way.unit:
            return self.way.unit
        return None if self.amount is None else self.amount.unit

    @property
    def times(self) -> Decimal | None:
        """How often in each period, if nothing else is counted."""
        if self.rhythm is None or self.rhythm.times is None or self.amount is not None:
            return None
        return Decimal(self.rhythm.times)

    @property
    def counted(self) -> str | None:
        """The unit, or the noun that is counted."""
        nouns = self.amount.nouns if self.amount else ()
        return self.unit or (nouns[-1] if nouns and self.rest else None)
