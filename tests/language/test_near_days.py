"""Words for near days in every language that the product speaks."""

from __future__ import annotations

import pytest
from babel import Locale
from babel.dates import get_day_names

from language.lexicon import lexicon, of_language
from language.near_days import DOUBTFUL, doubtful, near_days
from language.tokens import plain
from tests.language.parsing.hearing import heard

LANGUAGES = (
    "ar", "de", "en", "es", "fa", "fr", "hi", "id", "it", "ja", "kk", "pl", "pt", "ru", "tr", "uk", "uz", "vi", "zh",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("run 10 gestern", "Run: add 10 22 Nov"),
        ("run 5 ayer", "Run: add 5 22 Nov"),
        ("run 5 вчера", "Run: add 5 22 Nov"),
        ("run 10 أمس", "Run: add 10 22 Nov"),
        ("run 10 昨日", "Run: add 10 22 Nov"),
        ("lesen 10 gestern", "Lesen: add 10 22 Nov"),
        ("бегал 5 вчера", "Бег: add 5 22 Nov"),
        ("قراءة 10 أمس", "قراءة: add 10 22 Nov"),
        ("読書 10 昨日", "読書: add 10 22 Nov"),
        ("run 10 vorgestern", "Run: add 10 21 Nov"),
        ("run 5 hier", "asked: like_a_day"),
        ("run 5 कल", "asked: like_a_day"),
        ("run 5 avant'ieri", "Run: add 5 21 Nov"),
        ("run 5 antes de ontem", "Run: add 5 21 Nov"),
        ("run 5 avant hier", "Run: add 5 21 Nov"),
    ],
)
def test_a_near_day_is_known_in_other_languages(text: str, becomes: str) -> None:
    assert heard(text) == [becomes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_near_day_of_any_language_is_known_or_doubted(language: str) -> None:
    own = of_language(Locale(language))
    for word, offset in own.days.items():
        elsewhere = near_days().get(word)
        assert elsewhere in (None, offset)
        if language != "en":
            assert elsewhere == offset or lexicon(Locale("en")).resembles_day(word) is not None, word


def test_no_near_day_is_two_days() -> None:
    assert all(plain(word) == word for word in near_days())


def test_weekdays_of_other_languages_are_those_of_the_cldr() -> None:
    names = {
        plain(str(name).casefold())
        for language in LANGUAGES
        for context in ("format", "stand-alone")
        for name in get_day_names("wide", context, locale=Locale(language)).values()
    }
    assert doubtful() - DOUBTFUL <= names
    assert not (doubtful() - DOUBTFUL) & set(lexicon(Locale("en")).words)
