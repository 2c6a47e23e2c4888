"""A lexicon per language: the words that people write, and what each means.

Names of weekdays, months and near days come from Babel (CLDR), all else from `language/lexicons/<language>.toml`. A
language without such a file has only the names. English is understood beside every language.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from pathlib import Path
from typing import Any, Literal, TypeAlias

from babel import Locale
from babel.dates import get_day_names, get_month_names, get_relative_name

from core.likeness import most_alike
from language.meanings import Meaning
from language.near_days import doubtful, near_days
from language.tokens import plain

LEXICONS = Path(__file__).parent / "lexicons"
SHORTEST = 3
"""The shortest name that is matched within other words: German "so" is a Sunday and much else."""

_LONG_ENOUGH, _TOO_LONG, _ALIKE = 5, 20, 80
"""The shortest mistyped name of a day, and how similar (in percent) it must be to the real name."""
_FEASTS = (Meaning.CHRISTMAS, Meaning.CHRISTMAS_EVE, Meaning.NEW_YEARS_EVE, Meaning.NEW_YEARS_DAY)
_NEAR = range(-2, 3)
"""Day offsets for which languages have words."""
_CONTEXTS: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")
_Width: TypeAlias = Literal["wide", "abbreviated", "short"]
_PERIODS = {"week": Meaning.WEEK, "month": Meaning.MONTH, "quarter": Meaning.QUARTER, "year": Meaning.YEAR}


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of a language, in small letters and without accents, and their meanings.

    A word has one meaning. A word that its language uses for two is left out: Hindi कल is yesterday and tomorrow.
    """

    words: Mapping[str, Meaning]
    days: Mapping[str, int]
    """Days from today: "yesterday" is -1."""
    weekdays: Mapping[str, int]
    """Full and short names; Monday is 0."""
    full_weekdays: frozenset[str]
    months: Mapping[str, int]
    """Full and short names; January is 1."""
    periods: Mapping[str, tuple[Meaning, int]]
    """Phrases such as "last week": (WEEK, -1)."""
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    """Days of a month in words: "first" is 1. They name a day only behind "on the"; elsewhere they may mean
    anything."""
    units: Mapping[str, str]
    """The spellings of a unit → its shortest."""
    forms: Mapping[str, str]
    """Verb forms that tell what was done → the form in a goal's title: "ran" → "run"."""
    endings: Mapping[str, str]
    """Endings of such forms → their replacements: walked → walk, studied → study."""
    homographs: frozenset[str]
    """Names of days and months that are ordinary words as well."""
    plurals: frozenset[str]
    """Plural endings."""
    singulars: frozenset[str]
    """Words with a plural ending that are no plurals."""
    weekday_names: tuple[Mapping[str, int], ...]
    """All names of weekdays of two letters or more, a table per language, English first."""

    def means(self, text: str, *meanings: Meaning) -> bool:
        """Whether a word or phrase has one of these meanings."""
        return self.words.get(text) in meanings

    def weekday(self, text: str) -> int | None:
        """The weekday that a word names: its name, its plural, or an unambiguous beginning."""
        name = plain(text).rstrip(".")
        if len(name) < 2:
            return None
        for names in self.weekday_names:
            exact = {number for known, number in names.items() if name in (known, known + "s")}
            begun = exact or {number for known, number in names.items() if known.startswith(name)}
            if len(begun) == 1:
                return begun.pop()
        return None

    def number(self, word: str) -> int | None:
        """The whole number that digits or a word name; "twice" is 2."""
        if self.means(word, Meaning.ONCE, Meaning.TWICE):
            return 1 if self.means(word, Meaning.ONCE) else 2
        return int(word) if re.fullmatch(r"\d{1,4}", word) else self.numbers.get(word)

    def count(self, word: str) -> int | None:
        """The count that a word names; "a" is 1."""
        return 1 if self.means(word, Meaning.A) else self.number(word)

    @cached_property
    def begins_day(self) -> frozenset[str]:
        """The words, apart from digits, that can begin a day."""
        small = (Meaning.ON, Meaning.FOR, Meaning.THE, Meaning.IN, Meaning.LAST, Meaning.NEXT, Meaning.A)
        names = {*self.weekdays, *self.months, *self.numbers}
        leads = {word for word in self.words if self.means(word, *small)}
        return frozenset(leads | {name.split()[0] for name in names} | self.begins_near_day | self.begins_feast)

    @cached_property
    def begins_near_day(self) -> frozenset[str]:
        """The words that can begin the name of a day near today."""
        return frozenset(name.split()[0] for name in (*self.days, *near_days()))

    @cached_property
    def begins_feast(self) -> frozenset[str]:
        """The words that can begin the name of a feast."""
        return frozenset(word.split()[0] for word in self.words if self.means(word, *_FEASTS))

    def near_day(self, phrase: str) -> int | None:
        """The offset from today of a day's name, in this language or any other."""
        offset = self.days.get(phrase)
        return near_days().get(phrase) if offset is None and phrase not in self.words else offset

    def is_ahead(self, text: str) -> bool:
        """Whether a phrase postpones: "later", "next week"."""
        return self.means(text, Meaning.LATER) or self.periods.get(text, (Meaning.WEEK, 0))[1] > 0

    def resembles_day(self, word: str) -> str | None:
        """The day's name that a word resembles: a misspelling ("yesteray"), or an ambiguous name from another language
        ("hier")."""
        if word in doubtful() and word not in self.days and word not in self.weekdays:
            return word
        if not _LONG_ENOUGH <= len(word) <= _TOO_LONG or word in self.days or word in self.weekdays:
            return None
        names = (*self.days, *self.full_weekdays)
        return next(iter(most_alike(word, names, _ALIKE)), None)

    def stems(self, word: str) -> list[str]:
        """The title words that a verb form may stand for: "ran", "jogged" and "studied" give run, jog and study."""
        stems = [self.forms[word]] if word in self.forms else []
        for ending, instead in self.endings.items():
            stem = word.removesuffix(ending)
            if stem != word and len(stem) >= SHORTEST:
                stems += [stem + instead, *([stem[:-1]] if stem[-1] == stem[-2] else [])]
        return stems

    def is_plural(self, word: str) -> bool:
        """Whether a word without a meaning of its own looks like a plural: "books"."""
        known = word in self.words or word in self.units or word in self.days or word in self.weekdays
        ends = len(word) > SHORTEST and word.isalpha() and word.endswith(tuple(self.plurals))
        return ends and not known and word not in self.singulars and self.weekday(word) is None

    def any_of(self, *meanings: Meaning) -> str:
        """A regular expression for the words of these meanings, with a word boundary wherever one begins or ends in a
        letter."""
        known = sorted((word for word, meaning in self.words.items() if meaning in meanings), key=len, reverse=True)
        return "(?:" + "|".join(_whole(word) for word in known) + ")"


def _whole(word: str) -> str:
    """A regular expression that matches a word only as a whole."""
    return (r"\b" if word[0].isalnum() else "") + re.escape(word) + (r"\b" if word[-1].isalnum() else "")


@lru_cache(maxsize=64)
def lexicon(locale: Locale) -> Lexicon:
    """The words of a locale and of English; the locale wins where they differ."""
    english = of_language(Locale("en"))
    if locale.language == "en":
        return of_language(locale)
    own = of_language(locale)
    return Lexicon(
        words={**english.words, **own.words},
        days={**english.days, **own.days},
        weekdays={**english.weekdays, **own.weekdays},
        full_weekdays=english.full_weekdays | own.full_weekdays,
        months={**english.months, **own.months},
        periods={**english.periods, **own.periods},
        numbers={**english.numbers, **own.numbers},
        ordinals={**english.ordinals, **own.ordinals},
        units={**english.units, **own.units},
        forms={**english.forms, **own.forms},
        endings={**english.endings, **own.endings},
        homographs=english.homographs | own.homographs,
        plurals=english.plurals | own.plurals,
        singulars=english.singulars | own.singulars,
        weekday_names=(*english.weekday_names, *own.weekday_names),
    )


@lru_cache(maxsize=64)
def of_language(locale: Locale) -> Lexicon:
    """The words of one language alone."""
    tables: dict[str, dict[str, Any]] = defaultdict(dict)
    for word, meanings in claims(locale).items():
        if len(meanings) == 1:
            [(table, value)] = meanings
            tables[table][word] = value
    names = {name: number for name, number in _weekday_names(locale, "wide", "abbreviated", "short") if len(name) > 1}
    full = frozenset(name for name, _ in _weekday_names(locale, "wide"))
    return Lexicon(
        words=tables["words"],
        days=tables["days"],
        weekdays=tables["weekdays"],
        full_weekdays=full & frozenset(tables["weekdays"]),
        months=tables["months"],
        periods=tables["periods"],
        numbers=tables["numbers"],
        ordinals={plain(word): int(day) for day, words in _file(locale).get("ordinals", {}).items() for word in words},
        units=tables["units"],
        forms={plain(form): base for base, forms in _file(locale).get("forms", {}).items() for form in forms},
        endings=_file(locale).get("endings", {}),
        homographs=frozenset(_file(locale).get("homographs", ())),
        plurals=frozenset(_file(locale).get("plurals", ())),
        singulars=frozenset(_file(locale).get("singulars", ())),
        weekday_names=(names,),
    )


def claims(locale: Locale) -> dict[str, set[tuple[str, Any]]]:
    """Every word of a language → the meanings that it has, as (table, value)."""
    claimed: dict[str, set[tuple[str, Any]]] = defaultdict(set)
    for table, word, value in (*_from_babel(locale), *_from_file(locale)):
        claimed[word].add((table, value))
    return claimed


def _from_babel(locale: Locale) -> Iterator[tuple[str, str, Any]]:
    yield from _relative_names(locale)
    yield from (("weekdays", *named) for named in _weekday_names(locale, "wide"))
    yield from (("weekdays", *named) for named in _weekday_names(locale, "abbreviated") if len(named[0]) >= SHORTEST)
    yield from (("months", *named) for named in _month_names(locale, "wide"))
    yield from (("months", *named) for named in _month_names(locale, "abbreviated") if len(named[0]) >= SHORTEST)


def _relative_names(locale: Locale) -> Iterator[tuple[str, str, Any]]:
    for offset, field in product(_NEAR, ("day", *_PERIODS)):
        name = get_relative_name(field, offset, locale=locale)
        if name and field == "day":
            yield "days", plain(name), offset
        elif name:
            yield "periods", plain(name), (_PERIODS[field], offset)


def _weekday_names(locale: Locale, *widths: _Width) -> Iterator[tuple[str, int]]:
    for width, context in product(widths, _CONTEXTS):
        for number, name in get_day_names(width, context, locale=locale).items():
            yield plain(str(name)).rstrip("."), number


def _month_names(locale: Locale, width: Literal["wide", "abbreviated"]) -> Iterator[tuple[str, int]]:
    for context in _CONTEXTS:
        for number, name in get_month_names(width, context, locale=locale).items():
            yield plain(str(name)).rstrip("."), number


def _from_file(locale: Locale) -> Iterator[tuple[str, str, Any]]:
    file = _file(locale)
    for meaning, words in file.get("words", {}).items():
        yield from (("words", plain(word), Meaning(meaning)) for word in words)
    for table in ("days", "weekdays", "months", "numbers"):
        for number, words in file.get(table, {}).items():
            yield from ((table, plain(word), int(number)) for word in words)
    for unit, words in file.get("units", {}).items():
        yield from (("units", plain(word), unit) for word in words)


@lru_cache(maxsize=64)
def _file(locale: Locale) -> dict[str, Any]:
    path = LEXICONS / f"{locale.language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
