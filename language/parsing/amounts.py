"""Amounts with their units: "5", "5 km", "=7", "+3", "five", "1h30", "7:30", "€5", "500 ml" of a goal in litres."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from core.actions.logged import How
from core.errors import GoaltreeError
from core.records import record
from core.values import parse_number
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.errors import Unclear
from language.parsing.fractions import part_behind
from language.parsing.line import Context, KnownGoal
from language.parsing.measures import THOUSAND, converted, is_counted, is_time, is_unit, same_unit, unit_words
from language.parsing.spelled import number_in_words
from language.tokens import Token, plain, tokens

AMOUNT = re.compile(r"(?P<number>[-−]?[.,]?\d(?:[\d.,'’\xa0\u202f\u2009]*\d)?\.?(?:[eE][+-]?\d+)?)(?P<unit>\D*)")
_NO_NUMBERS = frozenset({"nan", "inf", "infinity"})
_MARKS = ",;!?)"
_ROUGHLY = "~≈"
_DOTS = re.compile(r"(\.{2,}|…)$")
"""Punctuation that is no decimal separator: "5... slow"."""
_HOURS_AND_MINUTES = re.compile(r"(\d{1,3})(:|h)([0-5]\d)(?:m|min|mins|h)?")
_MINUTES = re.compile(r"(\d+)(\D*)")
_THOUSANDS = re.compile(r"\d{3}(?:[.,]\d+)?")


@record
class Amount:
    """A number, whether it is added or replaces the day's value, and its length in words. `measured`: it has a unit."""

    value: Decimal
    how: How
    words: int
    measured: bool


def looks_like_amount(token: Token) -> bool:
    """Whether a word begins like an amount, even if it cannot be logged."""
    text = token.text.lstrip(_ROUGHLY)
    return text[:1] in ("=", "+") or bool(AMOUNT.match(_uncoined(text)[0])) or token.word.lstrip("-") in _NO_NUMBERS


def begins_amount(heard: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether an amount may begin here, in digits or in words: "20", "five", "half an hour", "a litre"."""
    word = heard[at].word
    is_one = lexicon.means(word, Meaning.A) and at + 1 < len(heard) and heard[at + 1].word in lexicon.units
    return (
        is_one or word in lexicon.numbers or looks_like_amount(heard[at]) or number_in_words(heard, at, lexicon)[1] > 0
    )


def is_bare_number(token: Token) -> bool:
    """Whether a word is a number without a unit, signed or not."""
    match = AMOUNT.fullmatch(token.text.casefold().rstrip(",;.!?)").lstrip("=+" + _ROUGHLY))
    return bool(match and not match["unit"])


def is_measured(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word is a number with its unit: "5km"."""
    match = AMOUNT.fullmatch(token.text.rstrip(_MARKS + "."))
    return bool(match and is_unit(plain(match["unit"]), lexicon))


def amount_at(heard: Sequence[Token], at: int, goals: Sequence[KnownGoal], context: Context) -> Amount:
    """The amount that begins at `at`, in the goals' unit.

    Raises `InvalidValue` for a number that cannot be logged, and `Unclear` for hours that may be minutes or, if there
    is only one goal, for a unit that cannot be converted to its own.
    """
    how, text, used = _signed(heard, at)
    part, before = number_in_words(heard, at, context.lexicon)
    if before:
        text, used = f"{part:f}", before
    if clock := _HOURS_AND_MINUTES.fullmatch(text):
        return Amount(_of_clock(clock, goals, context), how, used, measured=True)
    text, unit = _uncoined(text)
    text, grouped = _grouped(text, heard, at + used, context)
    used += grouped
    match = AMOUNT.fullmatch(text)
    if match and match["unit"]:
        unit = match["unit"]
        value = _in_unit(_number(match["number"], context), unit, goals, context)
        if value is None:
            _refuse_unit(unit, goals, context)
            value = _number(text, context)
        elif plain(unit) == THOUSAND:  # "2.5k €"
            used += unit_words(heard, at + used, units_of(goals), context.lexicon)
        return _with_minutes(Amount(value, how, used, measured=True), unit, heard, at, goals, context)
    value = _number(text, context)
    part, more = part_behind(heard, at + used, context.lexicon)
    value, used = value + part, used + more
    if unit and _in_unit(value, unit, goals, context) is None:
        _refuse_unit(unit, goals, context)
    return _with_unit_behind(Amount(value, how, used, measured=bool(unit)), heard, at, goals, context)


def _with_unit_behind(
    amount: Amount, heard: Sequence[Token], at: int, goals: Sequence[KnownGoal], context: Context
) -> Amount:
    """The amount in the unit that follows it, perhaps with a fraction: "an hour and a half"."""
    place, lexicon = at + amount.words, context.lexicon
    if place + 1 < len(heard) and lexicon.means(heard[place].word, Meaning.MORE):  # "2 more glasses"
        behind = Amount(amount.value, amount.how, amount.words + 1, amount.measured)
        longer = _with_unit_behind(behind, heard, at, goals, context)
        return longer if longer.measured else amount
    own = unit_words(heard, place, units_of(goals), lexicon)
    words = own or int(place < len(heard) and is_unit(heard[place].word, lexicon))
    if not words:
        return amount
    part, more = part_behind(heard, place + words, lexicon)
    unit = heard[place].word
    value = amount.value + part if own else _in_unit(amount.value + part, unit, goals, context)
    if value is None:
        return amount
    measured = Amount(value, amount.how, amount.words + words + more, measured=True)
    return _with_minutes(measured, unit, heard, at, goals, context)


def units_of(goals: Sequence[KnownGoal]) -> list[str]:
    return [goal.unit for goal in goals if goal.unit]


def _number(text: str, context: Context) -> Decimal:
    """A number in digits, or as a word. Raises `InvalidValue`."""
    named = None if text[:1].isdigit() else context.lexicon.count(plain(text))
    return parse_number(text, decimal_comma=context.decimal_comma) if named is None else Decimal(named)


def _in_unit(value: Decimal, unit: str, goals: Sequence[KnownGoal], context: Context) -> Decimal | None:
    """The value in the goals' unit; None if they do not count in this unit, or count in several."""
    units = units_of(goals)
    if any(same_unit(unit, known, context.lexicon) for known in units):
        return value
    if not units:
        return converted(value, unit, "", context.lexicon) if unit.casefold() == THOUSAND else None
    return converted(value, unit, units[0], context.lexicon) if len({*map(plain, units)}) == 1 else None


def _refuse_unit(unit: str, goals: Sequence[KnownGoal], context: Context) -> None:
    """Raise `Unclear` for a known unit that is not the unit of the only goal."""
    if len(goals) == 1 and goals[0].unit and plain(unit) in context.lexicon.units:
        raise Unclear("other_unit", unit, title=goals[0].title, unit=goals[0].unit)


def _of_clock(clock: re.Match[str], goals: Sequence[KnownGoal], context: Context) -> Decimal:
    """ "1h30", "7:30" in the unit of the goals. Raises `Unclear`."""
    minutes = int(clock[1]) * 60 + int(clock[3])
    units = units_of(goals)
    # "1:30" for a goal in minutes may be an hour and a half, or a minute and a half.
    is_plain = clock[2] == "h" or all(same_unit("h", unit, context.lexicon) for unit in units)
    value = _in_unit(Decimal(minutes), "min", goals, context) if is_plain else None
    if value is None:
        raise Unclear("unclear_time", clock[0])
    return value


def _with_minutes(
    hours: Amount, unit: str, heard: Sequence[Token], at: int, goals: Sequence[KnownGoal], context: Context
) -> Amount:
    """The amount with the minutes that follow its hours: "1 h 30 min", "1h 30"."""
    lexicon = context.lexicon
    if lexicon.units.get(plain(unit)) != "h" or not any(is_time(u, lexicon) for u in units_of(goals)):
        return hours
    minutes, words = _minutes_at(heard, at + hours.words, lexicon)
    added = _in_unit(minutes, "min", goals, context) if words else None
    return hours if added is None else Amount(hours.value + added, hours.how, hours.words + words, measured=True)


def _minutes_at(heard: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[Decimal, int]:
    """(the minutes of an hour at this position, their length in words); (_, 0) if there are none."""
    match = _MINUTES.fullmatch(heard[at].word) if at < len(heard) else None
    if match is None or int(match[1]) > 59:
        return Decimal(0), 0
    number, unit = match.groups()
    if not unit and at + 1 == len(heard):  # "1h 30" with nothing behind it
        return Decimal(number), int(len(number) == 2)
    spelled, words = (unit, 1) if unit else (heard[at + 1].word, 2)
    is_minutes = spelled == "m" or lexicon.units.get(spelled) == "min"
    return Decimal(number), words if is_minutes else 0


def _signed(heard: Sequence[Token], at: int) -> tuple[How, str, int]:
    """(whether the number sets or adds, its text, its length in words): "=7" and "= 7"."""
    text, used = heard[at].text, 1
    if text in ("=", "+") and at + 1 < len(heard):
        text, used = text + heard[at + 1].text, 2
    how = How.SET if text.startswith("=") else How.ADD
    number = (text[1:] if text[0] in "=+" else text).lstrip(_ROUGHLY).rstrip(_MARKS)
    return how, _DOTS.sub("", number), used


def _uncoined(text: str) -> tuple[str, str]:
    """A number without the currency sign before it: "€5"."""
    has_sign = text[:1] != "" and (text[0] == "$" or text[0] > "\x7f") and unicodedata.category(text[0]) == "Sc"
    return (text[1:], text[0]) if has_sign else (text, "")


def _grouped(text: str, heard: Sequence[Token], at: int, context: Context) -> tuple[str, int]:
    """The number with the groups of three digits behind it, if the writer's locale separates thousands by blanks, and
    how many groups there are."""
    count = 0
    if context.spaced_thousands and text.isdecimal() and len(text) <= 3:
        while at + count < len(heard) and _THOUSANDS.fullmatch(group := heard[at + count].text.rstrip(_MARKS)):
            text, count = f"{text} {group}", count + 1
    return text, count


def counts_other(heard: Sequence[Token], goals: Sequence[KnownGoal], lexicon: Lexicon) -> str | None:
    """A number and a noun that no goal counts, such as "12 books" for a goal in minutes; None if there are none."""
    if not goals or not all(goal.unit for goal in goals):
        return None
    for number, thing in pairwise(heard):
        is_number = is_bare_number(number) or lexicon.numbers.get(number.word, 0) > 1
        if is_number and lexicon.is_plural(thing.word) and not _is_counted_by(goals, thing.word, lexicon):
            return f"{number.text} {thing.text}"
    return None


def _is_counted_by(goals: Sequence[KnownGoal], word: str, lexicon: Lexicon) -> bool:
    """Whether a word is a goal's unit, or part of its title."""
    named = {token.word for goal in goals for token in tokens(goal.title)}
    return word in named or any(same_unit(word, unit, lexicon) for unit in units_of(goals))


def may_be_thousands(heard: Sequence[Token], goals: Sequence[KnownGoal], context: Context) -> str | None:
    """A number such as "1.200" that the writer's locale reads as a decimal although whole things are counted; else
    None."""
    if any(not is_counted(unit, context.lexicon) for unit in units_of(goals)):
        return None
    mark = re.escape("," if context.decimal_comma else ".")
    number = re.compile(rf"(?<![\d.,])[1-9]\d{{0,2}}{mark}\d{{3}}(?![.,]?\d)")
    return next((token.text for token in heard if number.search(token.text)), None)


def amount_among(text: str, goal: KnownGoal, context: Context) -> Decimal | None:
    """The only number in an answer of several words that name no other day: "only 2 today". None if there is none."""
    heard, amounts, at = tokens(text), list[Decimal](), 0
    try:
        while at < len(heard):
            if dated := context.calendar.date_at(heard, at):
                if dated.on != context.usual_day:
                    return None
                at += dated.words
            elif begins_amount(heard, at, context.lexicon):
                amount = amount_at(heard, at, [goal], context)
                amounts.append(amount.value)
                at += amount.words
            else:
                at += 1
    except GoaltreeError:
        return None
    return amounts[0] if len(amounts) == 1 else None


def read_amount(text: str, goal: KnownGoal, context: Context) -> Decimal:
    """The number in the answer to a question for one, perhaps with a unit. Raises `InvalidValue`."""
    heard = tokens(text.strip().removeprefix("="))
    if not heard:
        return parse_number(text)
    try:
        amount = amount_at(heard, 0, [goal], context)
    except Unclear:
        return parse_number(text)
    return amount.value if amount.words == len(heard) else parse_number(text, decimal_comma=context.decimal_comma)
