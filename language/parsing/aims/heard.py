"""The contents of one sentence, in parts and as an aim."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from core.planning.generate import Aim
from language.meanings import Meaning
from language.parsing.aims.numbers import AimAmount, Way
from language.parsing.aims.rhythms import SaidRhythm

NAMELESS = frozenset({"km", "m", "mi", "h", "min", "s", "kg", "g", "lb", "l", "ml", "€", "$", "£", "¥", "₹", "₽"})
"""Units that do not say what is done."""
MONEY = frozenset({"€", "$", "£", "¥", "₹", "₽"})
WEIGHTS = frozenset({"kg", "lb", "g"})


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard. `change`: so much more or less than now is wanted, and the value now was not said; `is_now_asked`
    is that for a value that is to fall to a number. `assumed_each`: whether the amount is meant for each day was not
    said. `unknown_end`: the end that was named, of which nobody knows the day. `under`: the number that a limit stays
    below, as in "fewer than 3". `each_time`: the amount of each of several times a week."""

    aim: Aim
    change: Decimal | None = None
    is_now_asked: bool = False
    assumed_each: bool = False
    unknown_end: str = ""
    under: Decimal | None = None
    each_time: Decimal | None = None

    @property
    def needs_now(self) -> bool:
        """Whether the value now has to be asked for."""
        return self.change is not None or self.is_now_asked

    @property
    def is_open(self) -> bool:
        """Whether nothing was said that could be counted or ticked."""
        return self.aim.is_open and not self.needs_now

    @property
    def needs_end(self) -> bool:
        """Whether the day that was meant by the end has to be asked for."""
        return bool(self.unknown_end) and self.aim.ends_on is None

    def from_now(self, now: Decimal) -> Heard:
        """The same from the value that there is now."""
        amount = self.aim.amount if self.change is None else now + self.change
        return Heard(replace(self.aim, baseline=now, amount=amount))


@dataclass(frozen=True, slots=True)
class Said:
    """The parts of the sentence."""

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
        """Whether it is to be at most some amount, or none."""
        return self.limit is Meaning.NO or (self.limit is not None and self.amount is not None)

    @property
    def unit(self) -> str | None:
        if self.way is not None and self.way.unit:
            return self.way.unit
        return None if self.amount is None else self.amount.unit

    @property
    def times(self) -> Decimal | None:
        """How often in each period, where nothing else is counted."""
        if self.rhythm is None or self.rhythm.times is None or self.amount is not None:
            return None
        return Decimal(self.rhythm.times)

    @property
    def counted(self) -> str | None:
        """The unit, or the word for what is counted."""
        nouns = self.amount.nouns if self.amount else ()
        return self.unit or (nouns[-1] if nouns and self.rest else None)
