"""From the parts of a sentence to an aim."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.goals.model import Aggregate, Direction, Level
from core.goals.terms import EVERY_DAY
from core.planning.generate import Aim
from core.planning.generate.load import is_a_lot
from core.records import record
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.aims.heard import MONEY, NAMELESS, WEIGHTS, Heard, Said
from language.parsing.aims.numbers import AimAmount, most_below
from language.parsing.aims.text import capital
from language.tokens import plain

_DIVISIBLE = MONEY | WEIGHTS | {"km", "mi", "h", "l"}
OF_A_DAY = {
    "h": 16, "min": 600, "l": 10, "dl": 100, "cl": 1_000, "ml": 10_000, "kcal": 10_000, "glass": 30, "glasses": 30,
    "step": 50_000, "steps": 50_000,
}  # fmt: skip
"""Units in which people count a day's work, and the most that one day can have."""
SMALL = frozenset({"km", "mi", "page", "pages", "words", "rep", "reps", "lap", "laps"})
"""Units of which a small amount is for a day, and a large one is not."""
_TIME_OF_DAY = re.compile(
    r"\d{1,2}(?:[:.h]\d{2}|\s?[ap]\.?m\b)|\b(?:by|at|before|after)\s+(?:\d{1,2}|midnight|noon)$", re.IGNORECASE
)
_MOST_TICKS = {Level.WEEKLY: 7, Level.MONTHLY: 31, Level.QUARTERLY: 92, Level.YEARLY: 366}


def meaning_of(said: Said, lexicon: Lexicon, *, has_end: bool, each: Level | None) -> Heard:
    """The meaning of the parts, before the days are known."""
    if said.way is not None:
        return Heard(_way(said, lexicon))
    if said.is_limited:
        return _limited(said, lexicon)
    if said.times is not None:
        return _often(said, said.times, lexicon)
    if said.is_tracked:
        return Heard(replace(_habit(said, lexicon), amount=None, is_tracked=True, unit=said.unit))
    if said.amount is not None:
        return _amount(_Amount(said, said.amount, lexicon, has_end, each))
    if said.rhythm is not None:
        return Heard(_habit(said, lexicon))
    if each is None and not has_end and _TIME_OF_DAY.search(said.full):
        each = Level.DAILY
    return Heard(_named(said, lexicon, each))


def _named(said: Said, lexicon: Lexicon, each: Level | None) -> Aim:
    """An aim with a name only: a habit if the sentence says how often, else an open aim."""
    return replace(_habit(said, lexicon), each=each) if each else Aim(said.full, said.rest or said.full)


def _often(said: Said, times: Decimal, lexicon: Lexicon) -> Heard:
    """So many times in each period, or at most so many."""
    if said.limit is None:
        return Heard(_times(said, times, lexicon))
    most = most_below(times, None) if said.is_under else times
    limit = replace(_times(said, most, lexicon), direction=Direction.AT_MOST)
    return Heard(limit, under=times if said.is_under else None)


def _habit(said: Said, lexicon: Lexicon) -> Aim:
    """A habit that has no number yet."""
    each = said.rhythm.each if said.rhythm else Level.DAILY
    schedule = said.rhythm.schedule if said.rhythm else EVERY_DAY
    return Aim(said.full, _goal(said, lexicon), each=each or Level.DAILY, schedule=schedule)


def _goal(said: Said, lexicon: Lexicon) -> str:
    """The title of the logged goal: the words beside numbers and days, else what is counted; may be empty."""
    nouns = " ".join(said.amount.nouns) if said.amount else ""
    if said.rest and not (said.amount and lexicon.means(plain(said.rest), Meaning.DO, Meaning.DID)):
        return said.rest
    return capital(nouns or ("" if said.unit is None or said.unit in NAMELESS else said.unit))


def _way(said: Said, lexicon: Lexicon) -> Aim:
    assert said.way is not None  # what led here
    name = "" if _is_change(said.rest, lexicon) else said.rest
    goal = name or ("" if said.unit in NAMELESS else said.full)
    return Aim(said.full, goal, said.way.end, said.unit, baseline=said.way.begin)


def _is_change(rest: str, lexicon: Lexicon) -> bool:
    """ "Lose", "gain": whether the rest is only a verb for the direction, without a noun."""
    return lexicon.means(plain(rest), Meaning.LOSE, Meaning.GAIN)


def _limited(said: Said, lexicon: Lexicon) -> Heard:
    """A limit for each day or longer period, or a time that is to fall: "5 km under 25 min"."""
    habit = _habit(said, lexicon)
    if said.limit is Meaning.NO or said.amount is None:
        return Heard(replace(habit, amount=Decimal(0), direction=Direction.AT_MOST))
    if said.limit is Meaning.UNDER and said.rhythm is None and _falls_once(said, lexicon):
        return Heard(Aim(said.full, _of_which(said, lexicon), said.amount.value, said.unit), is_now_asked=True)
    amount = said.amount.value
    most = most_below(amount, said.unit) if said.is_under else amount
    aim = replace(habit, amount=most, unit=said.counted, direction=Direction.AT_MOST)
    if said.limit is Meaning.KEEP:
        aim = replace(aim, aggregate=Aggregate.LAST)
    return Heard(aim, under=amount if said.is_under else None)


def _falls_once(said: Said, lexicon: Lexicon) -> bool:
    """Whether a value is to fall below a number once, rather than stay below it each day: a time for a distance ("a 10k
    under 50 min"), or something to "get" below the number."""
    is_of_a_way = bool(re.search(r"\d", said.rest)) or any(
        lexicon.means(plain(word), Meaning.A) for word in said.rest.split()
    )
    is_got = lexicon.means(_first(said.rest), Meaning.DO) or said.unit in WEIGHTS
    return is_got or (is_of_a_way and said.unit is not None)


def _of_which(said: Said, lexicon: Lexicon) -> str:
    """The name of the value that falls or rises: "my weight" in "get my weight below 80"; empty if its unit says it."""
    is_verb = lexicon.means(_first(said.rest), Meaning.DO, Meaning.WEIGH)
    name = capital(said.rest.partition(" ")[2]) if is_verb else said.rest
    return name or ("" if said.unit in WEIGHTS else said.full)


def _times(said: Said, times: Decimal, lexicon: Lexicon) -> Aim:
    aim = _habit(said, lexicon)
    unit = "times" if aim.each is Level.DAILY and times > 1 else None
    return replace(aim, amount=times, unit=unit, counts_ticks=True)


@record
class _Amount:
    """An amount, and all that bears on its meaning."""

    said: Said
    amount: AimAmount
    lexicon: Lexicon
    has_end: bool
    each: Level | None

    @property
    def habit(self) -> Aim:
        """The amount in each period."""
        said = self.said
        habit = _habit(said, self.lexicon)
        return replace(habit, amount=self.amount.value, unit=said.counted, is_divisible=said.unit in _DIVISIBLE)

    def begins_with(self, *meanings: Meaning) -> bool:
        """Whether the first word beside the amount has one of these meanings."""
        return self.lexicon.means(_first(self.said.rest), *meanings)

    def alone(self, name: str, **more: Any) -> Aim:
        """A value to be reached, which does not add up."""
        return Aim(self.said.full, name, self.amount.value, self.said.unit, **more)


def _amount(here: _Amount) -> Heard:
    """The reading of an amount: per period, in total, as a change from now, or as a best value."""
    heard = (reading(here) for reading in _READINGS)
    return next((one for one in heard if one is not None), None) or _in_all(here)


def _each_time(here: _Amount) -> Heard | None:
    """ "Run 5 km 3 times a week": the total of each period."""
    rhythm, value = here.said.rhythm, here.amount.value
    if rhythm is None or (rhythm.times or 1) == 1:
        return None
    return Heard(replace(here.habit, amount=value * (rhythm.times or 1)), each_time=value)


def _change(here: _Amount) -> Heard | None:
    """ "Lose 5 kg"."""
    said, value = here.said, here.amount.value
    if not here.begins_with(Meaning.LOSE, Meaning.GAIN):
        return None
    goal = capital(said.rest.partition(" ")[2]) or ("" if said.unit in WEIGHTS else said.full)
    change = -value if here.begins_with(Meaning.LOSE) else value
    return Heard(Aim(said.full, goal, unit=said.unit), change=change)


def _share(here: _Amount) -> Heard | None:
    """A percentage, which does not add up."""
    said = here.said
    if said.unit != "%" or said.rhythm is not None:
        return None
    share = here.alone(said.rest or said.full, aggregate=Aggregate.LAST)
    return Heard(share if here.has_end else Aim(said.full, said.full))


def _at_once(here: _Amount) -> Heard | None:
    """ "100 push-ups without a break" are done at once."""
    if not here.begins_with(Meaning.DENIED):
        return None
    nouns = capital(" ".join(here.amount.nouns)) or here.said.full
    return Heard(here.alone(nouns, aggregate=Aggregate.MAX))


def _recurring(here: _Amount) -> Heard | None:
    said, rhythm, value = here.said, here.said.rhythm, here.amount.value
    if rhythm is None or (here.has_end and rhythm.schedule != EVERY_DAY):
        return None
    is_thing = not said.rest and said.unit is None and bool(here.amount.nouns)
    ticks = is_thing and value <= _MOST_TICKS.get(rhythm.each or Level.DAILY, 0) and value % 1 == 0
    return Heard(replace(here.habit, counts_ticks=ticks, unit=None if is_thing else said.counted))


def _weight(here: _Amount) -> Heard | None:
    """ "Weigh 80 kg" starts from the present weight; "squat 120 kg" is a best value."""
    said = here.said
    if said.unit not in WEIGHTS or said.rhythm is not None:
        return None
    if here.begins_with(Meaning.WEIGH):
        return Heard(here.alone(_of_which(said, here.lexicon)), is_now_asked=True)
    return Heard(here.alone(said.rest or said.full, aggregate=Aggregate.MAX))


def _perhaps_daily(here: _Amount) -> Heard | None:
    """An amount that is probably for each day, or for the period that was asked about."""
    if here.each is not None and not here.has_end:
        return Heard(replace(here.habit, each=here.each), assumed_each=True)
    if here.amount.in_sets or _is_of_a_day(here.amount.value, here.said.unit, has_end=here.has_end):
        return Heard(here.habit, assumed_each=True)
    return None


_READINGS = (_each_time, _change, _share, _at_once, _recurring, _weight, _perhaps_daily)
"""The readings of an amount, in the order in which they are tried."""


def _in_all(here: _Amount) -> Heard:
    said, lexicon = here.said, here.lexicon
    counted = said.counted or (here.amount.nouns[-1] if here.amount.nouns else None)
    total = replace(
        here.habit,
        title=said.rest if len(said.rest.split()) > 1 else said.full,
        goal=_deed(said, lexicon),
        unit=counted,
        each=None,
        finest=Level.MONTHLY if said.unit in MONEY else Level.DAILY,
        counts_ticks=lexicon.means(plain(counted or ""), Meaning.TIMES),
    )
    return Heard(total, assumed_each=not here.has_end)


def _is_of_a_day(value: Decimal, unit: str | None, *, has_end: bool) -> bool:
    """Whether an amount without a period is probably for a day."""
    if unit in OF_A_DAY:
        return value <= OF_A_DAY[unit]
    return not has_end and unit in SMALL and not is_a_lot(value / 4, unit)


def _deed(said: Said, lexicon: Lexicon) -> str:
    """The title of the logged goal of a total: "Write" for "write a book", else what is counted, else the whole
    name."""
    first = said.rest.partition(" ")[0]
    if lexicon.means(plain(first), Meaning.DEED, Meaning.TRAVEL):
        return first
    nouns = " ".join(said.amount.nouns) if said.amount else ""
    counted = nouns or ("" if said.unit in NAMELESS else said.unit or "")
    return capital(counted) or said.rest


def _first(name: str) -> str:
    return plain(name.partition(" ")[0]) if name else ""
