"""The words that people write."""

from __future__ import annotations

import subprocess
import sys

import pytest
from babel import Locale

from language.lexicon import LEXICONS, claims, lexicon, of_language
from language.meanings import Meaning

LANGUAGES = [path.stem for path in LEXICONS.glob("*.toml")]
AMBIGUOUS = {"es": {"mar"}, "hi": {"कल", "परसों"}}
"""Spanish "mar" is Tuesday and March; Hindi has one word for the day before and the day after."""


@pytest.mark.parametrize("name", [*LANGUAGES, "en_GB", "de", "es", "fa", "fr", "hi", "id", "ja", "pt_BR", "ru", "uk"])
def test_no_two_meanings_share_a_word(name: str) -> None:
    shared = {word for word, meanings in claims(Locale.parse(name)).items() if len(meanings) > 1}
    assert shared == AMBIGUOUS.get(name, set())


def test_english_has_words_for_every_meaning() -> None:
    assert set(of_language(Locale("en")).words.values()) == set(Meaning)


@pytest.mark.parametrize("name", LANGUAGES)
def test_homographs_are_names_of_days_or_months(name: str) -> None:
    result = of_language(Locale.parse(name))
    assert result.homographs <= set(result.weekdays) | set(result.months)


def test_names_come_in_every_form_that_the_language_has() -> None:
    russian = lexicon(Locale("ru"))
    assert russian.months["ноябрь"] == russian.months["ноября"] == russian.months["нояб"] == 11
    assert russian.days["позавчера"] == -2
    assert lexicon(Locale("de")).months["marz"] == 3  # "März", without its accent


def test_english_is_understood_beside_every_language() -> None:
    german = lexicon(Locale("de"))
    assert german.days["yesterday"] == german.days["gestern"] == -1
    assert german.means("skip", Meaning.SKIP)
    assert german.weekday("sun") == german.weekday("so") == 6


def test_a_word_for_two_days_is_not_understood() -> None:
    assert "कल" not in lexicon(Locale("hi")).days


def test_a_number_is_in_digits_or_words() -> None:
    english = lexicon(Locale("en"))
    assert [english.number(word) for word in ("7", "twelve", "a", "many")] == [7, 12, None, None]
    assert english.count("a") == 1


def test_nothing_is_read_when_the_package_is_imported() -> None:
    code = "import language.lexicon as it; print(it.lexicon.cache_info().misses, it.of_language.cache_info().misses)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.split() == [b"0", b"0"]
