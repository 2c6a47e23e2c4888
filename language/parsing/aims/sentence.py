"""One sentence that says what somebody wants, as an aim."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from core.goals.model import Aggregate, Direction, Level
from core.goals.terms import EVERY_DAY
from core.planning.generate import Aim
from core.planning.generate.load import is_a_lot
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.aims.ends import cut_span, cut_unknown_end
from language.parsing.aims.heard import MONEY, NAMELESS, WEIGHTS, Heard, Said
from language.parsing.aims.numbers import AimAmount, cut_amount, cut_done, cut_limit, cut_ramp, cut_way, most_below
from language.parsing.aims.rhythms import SaidRhythm, cut_rhythm
from language.parsing.aims.text import Sentence, capital
from language.parsing.fractions import in_figures
from language.tokens import plain

_DIVISIBLE = MONEY | WEIGHTS | {"km", "mi", "h", "l"}
_OF_A_DAY = {
    "h": 16, "min": 600, "l": 10, "dl": 100, "cl": 1_000, "ml": 10_000, "kcal": 10_000, "glass": 30, "glasses": 30,
    "step": 50_000, "steps": 50_000,
}  # fmt: skip
"""Units in which people count what one day brings, and how much it can be."""
_SMALL = frozenset({"km", "mi", "page", "pages", "words", "rep", "reps", "lap", "laps"})
"""Units of which a small amount is a day's, and a large one is not."""
_TIME_OF_DAY = re.compile(
    r"\d{1,2}(?:[:.h]\d{2}|\s?[ap]\.?m\b)|\b(?:by|at|before|after)\s+(?:\d{1,2}|midnight|noon)$", re.IGNORECASE
)
_RANGE = re.compile(r"(?<![\w.,])\d{1,3}\s?[-–—]\s?\d{1,3}(?![\w.,])")
_MOST_TICKS = {Level.WEEKLY: 7, Level.MONTHLY: 31, Level.QUARTERLY: 92, Level.YEARLY: 366}


def read_aim(
    text: str,
    today: date,
    lexicon: Lexicon,
    *,
    decimal_comma: bool = False,
    week_start: int = 0,
    each: Level | None = None,
) -> Heard:
    """What a sentence says somebody wants. `each`: the period of what is to be done again and again, where the sentence
    names none. Raises `NoSuchDay` and `Unclear`."""
    sentence = Sentence(_wishes(lexicon).sub("", text), lexicon)
    unknown_end = cut_unknown_end(sentence)
    span = None if unknown_end else cut_span(sentence, today, week_start)
    ramp = cut_ramp(sentence, decimal_comma=decimal_comma)
    done = cut_done(sentence, decimal_comma=decimal_comma)
    said = _parts(sentence, decimal_comma=decimal_comma)
    heard = _heard(said, lexicon, has_end=span is not None or bool(unknown_end), each=each)
    aim = replace(
        heard.aim,
        starts_on=span.opens_on if span and _begins_then(heard) else None,
        ends_on=span.ends_on if span else None,
        ramp=ramp or Decimal(0),
        done=done or Decimal(0),
    )
    return replace(heard, aim=aim, unknown_end=unknown_end)


def _begins_then(heard: Heard) -> bool:
    """Whether what is wanted in a month or year is done in it, and does not only end in it."""
    return heard.aim.is_total or heard.aim.each is not None


def _parts(sentence: Sentence, *, decimal_comma: bool) -> Said:
    is_noted = sentence.cut(_tracked(sentence.lexicon))
    full = sentence.name
    sentence.text = in_figures(sentence.text, sentence.lexicon)
    is_tracked = bool(is_noted or sentence.cut(_RANGE))
    whole = sentence.text
    is_least = sentence.cut(_least(sentence.lexicon))
    limit = None if is_tracked or is_least else cut_limit(sentence)
    way = None if limit else cut_way(sentence, decimal_comma=decimal_comma)
    rhythm = cut_rhythm(sentence)
    if limit and limit[0] is Meaning.NO and rhythm and rhythm.times is not None:
        # "No meat 3 days a week" is to be done on so many days.
        limit, sentence.text = None, whole
        rhythm = cut_rhythm(sentence)
    amount = None
    if limit is None or limit[0] is not Meaning.NO:
        start = limit[1] if limit else 0
        amount = cut_amount(sentence, start, decimal_comma=decimal_comma) or (
            cut_amount(sentence, decimal_comma=decimal_comma) if start else None
        )
        amount = amount or _one(sentence, rhythm, decimal_comma=decimal_comma)
    kept = sentence.cut(_keeps(sentence.lexicon)) if limit else None
    meaning = limit[0] if limit else None
    said = Said(full, sentence.name, meaning, way, rhythm, amount, is_tracked, meaning is Meaning.UNDER)
    return replace(said, limit=Meaning.KEEP) if kept and said.limit is not Meaning.NO else said


def _one(sentence: Sentence, rhythm: SaidRhythm | None, *, decimal_comma: bool) -> AimAmount | None:
    """ "A glass of water", "a chapter a day": one of what a day brings, and nothing of "write a chapter"."""
    before, sentence.text = sentence.text, in_figures(sentence.text, sentence.lexicon, ones=True)
    amount = cut_amount(sentence, decimal_comma=decimal_comma)
    if amount and (rhythm is not None or amount.unit in _OF_A_DAY or amount.unit in _SMALL):
        return amount
    sentence.text = before
    return None


def _heard(said: Said, lexicon: Lexicon, *, has_end: bool, each: Level | None) -> Heard:
    """What the parts come to, before the days are known."""
    if said.way is not None:
        return Heard(_way(said, lexicon))
    if said.limit is not None and (said.amount is not None or said.limit is Meaning.NO):
        return _limited(said, lexicon)
    if said.rhythm is not None and said.rhythm.times is not None and said.amount is None:
        times = Decimal(said.rhythm.times)
        if said.limit is None:
            return Heard(_times(said, times, lexicon))
        limit = replace(
            _times(said, most_below(times, None) if said.is_under else times, lexicon), direction=Direction.AT_MOST
        )
        return Heard(limit, under=times if said.is_under else None)
    if said.is_tracked:
        return Heard(replace(_habit(said, lexicon), amount=None, is_tracked=True, unit=said.unit))
    if said.amount is not None:
        return _amount(said, said.amount, lexicon, has_end=has_end, each=each)
    if said.rhythm is not None:
        return Heard(_habit(said, lexicon))
    if each is not None:
        return Heard(replace(_habit(said, lexicon), each=each))
    if not has_end and _has_time(said.full):
        return Heard(replace(_habit(said, lexicon), each=Level.DAILY))
    return Heard(Aim(said.full, said.rest or said.full))


def _has_time(text: str) -> bool:
    """Whether a time of day is part of the name: that is a daily matter."""
    return bool(
        re.search(
            r"\d{1,2}(?:[:.h]\d{2}|\s?[ap]\.?m\b)|\b(?:by|at|before|after)\s+(?:\d{1,2}|midnight|noon)$", text, re.I
        )
    )


def _habit(said: Said, lexicon: Lexicon) -> Aim:
    """Something that recurs, so far without a number."""
    each = said.rhythm.each if said.rhythm else Level.DAILY
    schedule = said.rhythm.schedule if said.rhythm else EVERY_DAY
    return Aim(said.full, _goal(said, lexicon), each=each or Level.DAILY, schedule=schedule)


def _goal(said: Said, lexicon: Lexicon) -> str:
    """What is logged: what the sentence has beside numbers and days, or what is counted; empty if it does not say."""
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
    """ "Lose", "gain": a word that says which way, and not what."""
    return lexicon.means(plain(rest), Meaning.LOSE, Meaning.GAIN)


def _limited(said: Said, lexicon: Lexicon) -> Heard:
    """A limit of a day or a longer period; or a time that is to fall: "5 km under 25 min"."""
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
    """Whether a value is to come below a number once, and not on each day: the time of a way ("a 10k under 50 min"), or
    what somebody is to "get" so low."""
    is_of_a_way = bool(re.search(r"\d", said.rest)) or any(
        lexicon.means(plain(word), Meaning.A) for word in said.rest.split()
    )
    is_got = lexicon.means(_first(said.rest), Meaning.DO) or said.unit in WEIGHTS
    return is_got or (is_of_a_way and said.unit is not None)


def _of_which(said: Said, lexicon: Lexicon) -> str:
    """What it is that falls or rises: "my weight" of "get my weight below 80"; empty where its unit says it."""
    is_verb = lexicon.means(_first(said.rest), Meaning.DO, Meaning.WEIGH)
    name = capital(said.rest.partition(" ")[2]) if is_verb else said.rest
    return name or ("" if said.unit in WEIGHTS else said.full)


def _times(said: Said, times: Decimal, lexicon: Lexicon) -> Aim:
    aim = _habit(said, lexicon)
    unit = "times" if aim.each is Level.DAILY and times > 1 else None
    return replace(aim, amount=times, unit=unit, counts_ticks=True)


def _amount(said: Said, amount: AimAmount, lexicon: Lexicon, *, has_end: bool, each: Level | None) -> Heard:
    """An amount: in each period, in all, as a change from now, or as a best value."""
    if said.rhythm is not None and (said.rhythm.times or 1) > 1:
        return _each_time(said, amount, said.rhythm.times or 1, lexicon)
    value = amount.value
    if (verb := _first(said.rest)) and lexicon.means(verb, Meaning.LOSE, Meaning.GAIN):
        change = -value if lexicon.means(verb, Meaning.LOSE) else value
        goal = capital(said.rest.partition(" ")[2]) or ("" if said.unit in WEIGHTS else said.full)
        return Heard(Aim(said.full, goal, unit=said.unit), change=change)
    if said.unit == "%" and said.rhythm is None:
        # A share is no amount that adds up.
        share = Aim(said.full, said.rest or said.full, value, said.unit, aggregate=Aggregate.LAST)
        return Heard(share if has_end else Aim(said.full, said.full))
    if lexicon.means(_first(said.rest), Meaning.DENIED):
        # "100 push-ups without a break" are done at once.
        nouns = capital(" ".join(amount.nouns)) or said.full
        return Heard(Aim(said.full, nouns, value, said.unit, aggregate=Aggregate.MAX))
    habit = replace(_habit(said, lexicon), amount=value, unit=said.counted, is_divisible=said.unit in _DIVISIBLE)
    if said.rhythm is not None and (said.rhythm.schedule == EVERY_DAY or not has_end):
        most = _MOST_TICKS.get(said.rhythm.each or Level.DAILY, 0)
        is_thing = not said.rest and said.unit is None and bool(amount.nouns)
        ticks = is_thing and value <= most and value % 1 == 0
        return Heard(replace(habit, counts_ticks=ticks, unit=None if is_thing else habit.unit))
    if said.unit in WEIGHTS and said.rhythm is None and lexicon.means(_first(said.rest), Meaning.WEIGH):
        return Heard(Aim(said.full, _of_which(said, lexicon), value, said.unit), is_now_asked=True)
    if said.unit in WEIGHTS and said.rhythm is None:
        return Heard(Aim(said.full, said.rest or said.full, value, said.unit, aggregate=Aggregate.MAX))
    if each is not None and not has_end:
        return Heard(replace(habit, each=each), assumed_each=True)
    if amount.in_sets or _is_of_a_day(value, said.unit, has_end=has_end):
        return Heard(habit, assumed_each=True)
    counted = said.counted or (amount.nouns[-1] if amount.nouns else None)
    total = replace(
        habit,
        title=said.rest if len(said.rest.split()) > 1 else said.full,
        goal=_deed(said, lexicon),
        unit=counted,
        each=None,
        finest=Level.MONTHLY if said.unit in MONEY else Level.DAILY,
        counts_ticks=lexicon.means(plain(counted or ""), Meaning.TIMES),
    )
    return Heard(total, assumed_each=not has_end)


def _each_time(said: Said, amount: AimAmount, times: int, lexicon: Lexicon) -> Heard:
    """ "Run 5 km 3 times a week": so much in all of each period."""
    habit = replace(_habit(said, lexicon), amount=amount.value * times, unit=said.counted)
    return Heard(replace(habit, is_divisible=said.unit in _DIVISIBLE), each_time=amount.value)


def _is_of_a_day(value: Decimal, unit: str | None, *, has_end: bool) -> bool:
    """Whether an amount without a period is most likely a day's."""
    if unit in _OF_A_DAY:
        return value <= _OF_A_DAY[unit]
    return not has_end and unit in _SMALL and not is_a_lot(value / 4, unit)


def _deed(said: Said, lexicon: Lexicon) -> str:
    """What is logged of an amount in all: "Write" of "write a book", else what is counted, or the whole name."""
    first = said.rest.partition(" ")[0]
    if lexicon.means(plain(first), Meaning.DEED, Meaning.TRAVEL):
        return first
    nouns = " ".join(said.amount.nouns) if said.amount else ""
    counted = nouns or ("" if said.unit in NAMELESS else said.unit or "")
    return capital(counted) or said.rest


def _first(name: str) -> str:
    return plain(name.partition(" ")[0]) if name else ""


@lru_cache(maxsize=16)
def _wishes(lexicon: Lexicon) -> re.Pattern[str]:
    """What leads to what is wanted: "I want to"."""
    return re.compile(rf"^\s*{lexicon.any_of(Meaning.WISH)}\s+(?=\S)", re.IGNORECASE)


@lru_cache(maxsize=16)
def _tracked(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"\(?{lexicon.any_of(Meaning.TRACKED)}\)?", re.IGNORECASE)


@lru_cache(maxsize=16)
def _least(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(lexicon.any_of(Meaning.AT_LEAST), re.IGNORECASE)


@lru_cache(maxsize=16)
def _keeps(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"^\s*{lexicon.any_of(Meaning.KEEP)}\s+", re.IGNORECASE)
