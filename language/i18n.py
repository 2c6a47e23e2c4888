"""A person's language: gettext for sentences, Babel for numbers and dates.

English is the source. A new language is a catalogue `locales/<language>/LC_MESSAGES/goaltree.po` and no code; the .po
file is read directly, without compiling. Mark sentences for extraction with `w.t` and `w.n`, or with `mark` and
`several` if they are translated later.
"""

from __future__ import annotations

import datetime as dt
import gettext
import io
from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from functools import cache, cached_property, lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton, format_time, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

LOCALES = Path(__file__).parent / "locales"
DOMAIN = "goaltree"
SOURCE = "en"
_SHORT = 3
"""The longest unit that has no plural form: "kms", "lbs"."""
_NO_PLURALS = frozenset({"series", "species", "news"})
_TYPED, _CENT = 4, Decimal("0.01")
"""The most decimals that people type; a number with more was computed."""

# Telegram reports plain "en" for most people, and most of them write the day before the month.
_ASSUMED_REGION = {"en": "en_GB"}


def mark(message: str) -> str:
    """Return the sentence unchanged, marked for extraction; it is translated when it is shown."""
    return message


def several(singular: str, plural: str) -> tuple[str, str]:
    """Mark a sentence with its plural, as `mark` does."""
    return singular, plural


class Words:
    """The voice of one locale. Values put into a sentence are not escaped here: the view does that."""

    def __init__(self, locale: str, catalogues: Path = LOCALES) -> None:
        self.locale = parse_locale(locale) or Locale("en", "GB")
        self._catalogue = _catalogue(self.locale.language, catalogues)
        has_sentences = self.locale.language in languages(catalogues)
        self._speech = self.locale if has_sentences else Locale(SOURCE)
        self._name = str(self.locale)
        """The cache goes by it: Babel takes longer to compare two locales than to look a number up."""

    def t(self, message: str, **values: object) -> str:
        """A sentence, translated, with its values."""
        text = self._catalogue.gettext(message)
        return text.format(**values) if values else text

    def n(self, singular: str, plural: str, count: int, **values: object) -> str:
        """A translated sentence that depends on a count, which is also the value `{count}`."""
        return self.plural(singular, plural, count).format(count=self.number(Decimal(count)), **values)

    def plural(self, singular: str, plural: str, count: int) -> str:
        """The translated sentence for a count, with its placeholders still empty."""
        return self._catalogue.ngettext(singular, plural, count)

    def number(self, value: Decimal | int | None) -> str:
        """A number with the reader's separators and without trailing zeros: 1,234.5. An unending mean is rounded to two
        decimals; None becomes a dash."""
        if value is None:
            return "–"
        return _number(Decimal(value), self._name)

    def cents(self, value: Decimal) -> str:
        """An amount of money with two decimals: 1,200.50."""
        return str(format_decimal(value, "#,##0.00", locale=self.locale))

    def unit(self, unit: str, value: Decimal | None) -> str:
        """A unit as it follows a value: "1 page", although the goal counts "pages"."""
        is_one = value == 1 and self._speech.language == SOURCE and len(unit) > _SHORT and unit not in _NO_PLURALS
        if not is_one or not unit.endswith("s") or unit.endswith(("ss", "us", "is")):
            return unit
        if unit.endswith("ies"):
            return unit.removesuffix("ies") + "y"
        return unit.removesuffix("es" if unit.endswith(("sses", "shes", "ches", "xes")) else "s")

    def date(self, on: dt.date, *, year: bool = False) -> str:
        """A date such as "Mon, 23 Nov", with the year if asked for."""
        return _date(on, self._name, "yMMMEd" if year else "MMMEd")

    def day(self, on: dt.date) -> str:
        """A date without its weekday: "23 Nov 2026"."""
        return _date(on, self._name, "yMMMd")

    def short_day(self, on: dt.date) -> str:
        """A date without weekday and year: "23 Nov"."""
        return _date(on, self._name, "MMMd")

    def span(self, first: dt.date, last: dt.date) -> str:
        """A range of dates: "23–29 Nov 2026"."""
        return str(format_interval(first, last, "yMMMd", locale=self.locale)).replace("\u2009", "")

    def month(self, on: dt.date) -> str:
        """The short name of a date's month: "Nov"."""
        return str(format_date(on, "LLL", locale=self.locale))

    def time(self, at: dt.datetime | dt.time) -> str:
        """A time of day: "21:40"."""
        return str(format_time(at, "short", locale=self.locale)).replace("\u202f", " ")

    @cached_property
    def decimal_comma(self) -> bool:
        """Whether "1,5" is one and a half here."""
        return str(get_decimal_symbol(self.locale)) == ","

    @cached_property
    def spaced_thousands(self) -> bool:
        """Whether "12 345" is one number here."""
        return str(get_group_symbol(self.locale)).isspace()

    def weekday(self, number: int, *, short: bool = False) -> str:
        """A weekday's name in the language of the sentences; Monday is 0. With `short`: "Mon"."""
        return str(get_day_names("abbreviated" if short else "wide", "stand-alone", locale=self._speech)[number])

    def listed(self, parts: Sequence[str], *, choice: bool = False) -> str:
        """A list in a sentence: "Mon, Wed and Fri"; with "or" if it is a choice."""
        return str(format_list(parts, "or" if choice else "standard", locale=self._speech))


def parse_locale(name: str) -> Locale | None:
    """The locale named "de", "pt-br" or "en_GB"; None if there is none."""
    known = name.strip().replace("_", "-")
    known = _ASSUMED_REGION.get(known.lower(), known)
    try:
        return Locale.parse(known.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        language, _, rest = known.partition("-")
        return parse_locale(language) if rest else None


def languages(catalogues: Path = LOCALES) -> list[str]:
    """The languages that have a catalogue of sentences."""
    return [SOURCE, *sorted(path.parent.parent.name for path in catalogues.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))]


@lru_cache(maxsize=256)
def words(locale: str, catalogues: Path = LOCALES) -> Words:
    """The words of a locale, made once per process."""
    return Words(locale, catalogues)


@cache
def _catalogue(language: str, catalogues: Path) -> gettext.NullTranslations:
    path = catalogues / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.exists():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # only where a language is in use: English needs neither
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=4096)
def _number(value: Decimal, locale: str) -> str:
    if -int(value.normalize().as_tuple().exponent) > _TYPED and abs(value) >= _CENT:
        value = value.quantize(_CENT, ROUND_DOWN)
    exact = Decimal(f"{value.normalize():f}")
    return str(format_decimal(exact, locale=locale, decimal_quantization=False))


@lru_cache(maxsize=4096)
def _date(on: dt.date, locale: str, skeleton: str) -> str:
    return str(format_skeleton(skeleton, dt.datetime.combine(on, dt.time(), dt.UTC), locale=locale))
