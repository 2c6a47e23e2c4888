"""The words of spreadsheets for done, not done and skipped, and the names of months, in all languages of the
product."""

from __future__ import annotations

from functools import cache

from babel import Locale

from core.importing import StateWords
from language.lexicon import LEXICONS, of_language
from language.meanings import Meaning

_DONE = (Meaning.DONE, Meaning.YES, Meaning.OK)
_UNDONE = (Meaning.UNDONE, Meaning.NO, Meaning.NOT)
_SKIPPED = (Meaning.SKIP,)
_CALENDARS = ("de", "es", "fr", "it", "nl", "pl", "pt", "ru", "tr")
"""Languages whose month names are understood beside the product's own."""
_EVERYWHERE = StateWords()
"""Values that spreadsheets and databases write themselves."""


@cache
def state_words() -> StateWords:
    """The state words of every lexicon. A word that two languages understand differently is left out."""
    meanings: dict[str, set[Meaning]] = {}
    months: dict[str, set[int]] = {}
    for path in sorted(LEXICONS.glob("*.toml")):
        words = of_language(Locale(path.stem))
        for word, meaning in words.words.items():
            meanings.setdefault(word, set()).add(meaning)
        for name, number in words.months.items():
            months.setdefault(name, set()).add(number)
    for tag in _CALENDARS:
        for width in ("wide", "abbreviated"):
            for number, name in Locale(tag).months["format"][width].items():
                months.setdefault(name.lower().rstrip("."), set()).add(number)

    def only(*wanted: Meaning) -> frozenset[str]:
        return frozenset(word for word, meant in meanings.items() if meant <= set(wanted))

    return StateWords(
        done=_EVERYWHERE.done | only(*_DONE),
        undone=_EVERYWHERE.undone | only(*_UNDONE),
        skipped=_EVERYWHERE.skipped | only(*_SKIPPED),
        months={name: numbers.pop() for name, numbers in months.items() if len(numbers) == 1},
    )
