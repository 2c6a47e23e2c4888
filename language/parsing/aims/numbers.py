"""How much: amounts with units, changes from one value to another, limits, what is done already, and ramps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from core.errors import InvalidValue
from core.records import record
from core.values import parse_number
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.aims.text import GAP, Sentence
from language.parsing.hearing import Hearing
from language.parsing.measures import THOUSAND
from language.tokens import plain

_DIGITS = r"\d+(?:[ \xa0\u202f'’]\d{3}(?!\d))*(?:[.,]\d+)*"
_MONEY = "[€$£¥₹₽]"
_WORD = r"[^\W\d_][\w'’-]*"
_PERCENT = r"%"
_SETS = re.compile(r"(?<![\w.,])(\d{1,3})\s?[x×]\s?(\d{1,4})(?![\w.,])", re.IGNORECASE)
_MOST_NOUNS = 3
_SHORT = frozenset(
    {"km", "m", "mi", "h", "min", "s", "kg", "g", "lb", "l", "ml", "cl", "dl", "kcal", "€", "$", "£", "₹", "₽"}
)
"""Units that are kept in their shortest spelling. Other units stay as typed."""


@record
class AimAmount:
    """A number with its known unit, or with the nouns behind it that say what is counted. `in_sets`: it is the product
    of two numbers, as in "3x10"."""

    value: Decimal
    unit: str | None = None
    nouns: Sequence[str] = ()
    in_sets: bool = False


@record
class Way:
    """From one value to another."""

    begin: Decimal
    end: Decimal
    unit: str | None = None


def cut_way(sentence: Sentence) -> Way | None:
    """ "from 86 to 78 kg", "86 -> 78 kg", "from page 120 to 480"."""
    match = sentence.search(_shapes(sentence.lexicon).way)
    if match is None:
        return None
    begin = _value(match["begin"], sentence.hearing)
    end = _value(match["end"], sentence.hearing)
    if begin is None or end is None:
        return None
    unit = match["unit"] or match["first"] or match["noun"] or ""
    if plain(unit) == THOUSAND:
        sentence.cut_at(*match.span())
        return Way(1000 * begin, 1000 * end)
    known = unit_of(unit, sentence.lexicon)
    # A word that is no unit belongs to the name.
    sentence.cut_at(match.start(), match.end() if known else match.end("end"))
    known = _several(known, sentence.lexicon) if match["noun"] else known
    return Way(begin, end, known)


def _several(unit: str | None, lexicon: Lexicon) -> str | None:
    """The longest spelling of a unit that stood before its number: "page 120" gives "pages"."""
    spelled = [word for word, short in lexicon.units.items() if unit and short == lexicon.units.get(plain(unit))]
    return unit if unit in _SHORT else max(spelled, key=len, default=unit)


def cut_done(sentence: Sentence) -> Decimal | None:
    """ "already 12,000 words", "12,000 so far", "12,000 done"."""
    match = sentence.search(_shapes(sentence.lexicon).done)
    value = match and _value(match["number"] or match["before"], sentence.hearing)
    if not match or value is None:
        return None
    sentence.cut_at(*match.span())
    return value


def cut_ramp(sentence: Sentence) -> Decimal | None:
    """ "5% more each week": how many percent."""
    match = sentence.search(_shapes(sentence.lexicon).ramp)
    value = match and _value(match["number"], sentence.hearing)
    if not match or value is None:
        return None
    sentence.cut_at(*match.span())
    return value


def cut_limit(sentence: Sentence) -> tuple[Meaning | None, int]:
    """Cut the words of a limit: "at most", "under" before a number, "max" behind one, or "no" at the beginning. Returns
    which of AT_MOST, UNDER and NO it is (None if there is none), and its position."""
    shapes = _shapes(sentence.lexicon)
    for meaning, shape in ((Meaning.AT_MOST, shapes.at_most), (Meaning.UNDER, shapes.under), (Meaning.NO, shapes.none)):
        if match := sentence.cut(shape):
            return meaning, match.start()
    return None, 0


def cut_amount(sentence: Sentence, start: int = 0) -> AimAmount | None:
    """Cut the first amount from a position on, with its unit or what is counted."""
    lexicon = sentence.lexicon
    if sets := _SETS.search(sentence.text, start):
        sentence.cut_at(*sets.span())
        return AimAmount(Decimal(int(sets[1]) * int(sets[2])), in_sets=True)
    for match in _shapes(lexicon).number.finditer(sentence.text, start):
        value = _value(match["number"], sentence.hearing)
        if value is None or _is_name(sentence.text[: match.start()], match["number"], lexicon):
            continue
        factor, unit, end = _measure_behind(sentence.text, match, lexicon)
        nouns: Sequence[str] = ()
        if unit is None and not match["money"]:
            nouns, end = _nouns(sentence.text, end, lexicon)
        sentence.cut_at(match.start(), end)
        return AimAmount(factor * value, match["money"] or unit, nouns)
    return None


def _measure_behind(text: str, number: re.Match[str], lexicon: Lexicon) -> tuple[int, str | None, int]:
    """(factor, unit, end): "5k" is five thousand, or five kilometres if it is a distance."""
    unit, end = _unit_behind(text, number.end(), lexicon)
    if unit != THOUSAND:
        return 1, unit, end
    unit, end = _unit_behind(text, end, lexicon)
    if unit is None and _is_way(text[: number.start()], lexicon):
        return 1, "km", end
    return 1000, unit, end


def most_below(number: Decimal, unit: str | None) -> Decimal:
    """The largest value below a number: one less for things that are counted, the number itself for measures."""
    is_measured = unit == _PERCENT or unit in _SHORT
    return number if is_measured or number % 1 or number < 1 else number - 1


def unit_of(word: str, lexicon: Lexicon) -> str | None:
    """The unit that a word is, in its shortest spelling if it is a measure or money."""
    if word == _PERCENT:
        return word
    short = lexicon.units.get(plain(word))
    return short if short in _SHORT else word if short else None


def _unit_behind(text: str, at: int, lexicon: Lexicon) -> tuple[str | None, int]:
    match = re.compile(rf"\s?({_PERCENT}|{_MONEY}|{_WORD})").match(text, at)
    if match is None:
        return None, at
    if match[1].casefold() == THOUSAND:
        return THOUSAND, match.end()
    unit = unit_of(match[1], lexicon)
    return (None, at) if unit is None else (unit, match.end())


def _nouns(text: str, at: int, lexicon: Lexicon) -> tuple[Sequence[str], int]:
    """The nouns that say what is counted, up to a small word or punctuation."""
    nouns: list[str] = []
    word = re.compile(rf"\s({_WORD})")
    while len(nouns) < _MOST_NOUNS and (match := word.match(text, at)):
        if lexicon.words.get(plain(match[1])) in _BOUNDARIES:
            break
        nouns.append(match[1])
        at = match.end()
    return nouns, at


_BOUNDARIES = frozenset({
    Meaning.OF, Meaning.FOR, Meaning.IN, Meaning.AT, Meaning.ON, Meaning.AND, Meaning.PER, Meaning.A, Meaning.EVERY,
    Meaning.EACH, Meaning.TO, Meaning.BY, Meaning.BEFORE, Meaning.AFTER, Meaning.UNTIL, Meaning.THE, Meaning.FROM,
    Meaning.TIMES, Meaning.THIS, Meaning.WITHIN, Meaning.UNDER, Meaning.BELOW, Meaning.DENIED, Meaning.MORE,
})  # fmt: skip


def _is_way(before: str, lexicon: Lexicon) -> bool:
    """Whether a number is a distance: the k of "run 5k" means kilometres."""
    return any(lexicon.means(plain(word), Meaning.TRAVEL) for word in before.split())


def _is_name(before: str, number: str, lexicon: Lexicon) -> bool:
    """Whether a number belongs to a name ("chapter 5", "in bed by 10", "learn to juggle 3 balls"), or is a mere "one"
    or "a"."""
    last = re.search(rf"({_WORD})\s?$", before)
    word = plain(last[1]) if last else ""
    if re.search(
        rf"{lexicon.any_of(Meaning.DEED, Meaning.TRAVEL)}\s+{lexicon.any_of(Meaning.TO)}\s+{_WORD}\s?$", before, re.I
    ):
        return True
    is_name = lexicon.means(word, Meaning.AT, Meaning.BY, Meaning.BEFORE, Meaning.AFTER, Meaning.NUMBERED)
    return is_name or lexicon.units.get(word) == "chapter" or plain(number) == "one"


def _value(text: str, hearing: Hearing) -> Decimal | None:
    if plain(text) in hearing.lexicon.numbers:
        return Decimal(hearing.lexicon.numbers[plain(text)])
    try:
        return parse_number(text, decimal_comma=hearing.decimal_comma)
    except InvalidValue:
        return None


@record
class _Shapes:
    way: re.Pattern[str]
    done: re.Pattern[str]
    ramp: re.Pattern[str]
    at_most: re.Pattern[str]
    under: re.Pattern[str]
    none: re.Pattern[str]
    number: re.Pattern[str]


@lru_cache(maxsize=16)
def _shapes(lexicon: Lexicon) -> _Shapes:
    def words(*meanings: Meaning) -> str:
        return lexicon.any_of(*meanings)

    named = "|".join(sorted(map(re.escape, lexicon.numbers), key=len, reverse=True))
    measures = "|".join(map(re.escape, lexicon.units))
    number = rf"(?:{_DIGITS}|\b(?:{named})\b)"
    unit = rf"{_PERCENT}|{_MONEY}|{_WORD}"
    to = rf"(?:->|→|–>|{words(Meaning.TO)})"
    each = words(Meaning.A, Meaning.PER, Meaning.EACH, Meaning.EVERY)
    week, more, done = words(Meaning.WEEK), words(Meaning.MORE), words(Meaning.ALREADY)
    already = rf"(?:{done}|{words(Meaning.DONE)}(?:\s+{done})?)"
    return _Shapes(
        way=re.compile(
            rf"(?:(?:{words(Meaning.FROM)}\s+)(?:(?P<noun>{_WORD})\s+)?)?(?P<begin>{_DIGITS})\s?(?P<first>{_PERCENT}|{_WORD})??"
            rf"\s*{to}\s*(?P<end>{_DIGITS})(?:\s?(?P<unit>{unit}))?",
            re.IGNORECASE,
        ),
        done=re.compile(
            rf"{done}\s+(?P<number>{_DIGITS})(?:\s+{_WORD}(?=\s*(?:{GAP}|[,;)]|$)))?"
            rf"|(?P<before>{_DIGITS})(?:\s+{_WORD})??\s+{already}",
            re.IGNORECASE,
        ),
        ramp=re.compile(
            rf"(?:{words(Meaning.AND)}\s+)?(?:\+\s*)?(?P<number>{_DIGITS})\s?{_PERCENT}\s*(?:{more}\s*)?{each}\s*{week}"
            rf"(?:\s+{more})?",
            re.IGNORECASE,
        ),
        at_most=re.compile(
            rf"{words(Meaning.AT_MOST)}|(?:{words(Meaning.ONLY)}|^\s*{words(Meaning.UP_TO)})(?=\s+{_MONEY}?\s?{number})",
            re.IGNORECASE,
        ),
        under=re.compile(
            rf"{words(Meaning.UNDER, Meaning.BELOW)}(?=\s+(?:{_MONEY}?\s?{number}|{words(Meaning.ONCE, Meaning.TWICE)}"
            rf"|{words(Meaning.A)}\s+(?:{measures})\b))",
            re.IGNORECASE,
        ),
        none=re.compile(rf"^\s*{words(Meaning.NO, Meaning.QUIT, Meaning.OFF)}\s+(?=[^\W\d])", re.IGNORECASE),
        number=re.compile(rf"(?P<money>{_MONEY})?\s?(?<![\w.,])(?P<number>{number})", re.IGNORECASE),
    )
