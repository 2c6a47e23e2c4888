"""Every sentence can be translated, and a language is a file."""

from __future__ import annotations

import ast
import io
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import bot
import language
import web
from bot.features import features
from bot.telegram.feature import Audience
from language.i18n import LOCALES, Words

ROOT = Path(bot.__path__[0]).parent
PACKAGES = [Path(package.__path__[0]) for package in (bot, language)]
FILES = sorted(file for package in PACKAGES for file in package.rglob("*.py"))
KEYWORDS = {"t": None, "n": (1, 2), "mark": None, "several": (1, 2), "MenuLine": (2,), "HelpLine": (2,)}
SPOKEN = {".t": 1, ".n": 2, "mark": 1, "several": 2}
# Sentences that were marked elsewhere are translated through a variable here.
TRANSLATES_MARKED = {
    "language/previews.py",
    "bot/menus.py",
    "bot/common/terms.py",
    "bot/features/digest/closing_view.py",
    "bot/features/digest/headline.py",
    "bot/features/export/view.py",
    "bot/features/goal/ask_view.py",
    "bot/features/help/view.py",
    "bot/features/log/undo_view.py",
    "bot/features/settings/digests_view.py",
    "bot/features/token/view.py",
    "language/refusals/__init__.py",
    "language/feed.py",
    "language/i18n.py",
    "language/template_plans.py",
    "bot/features/plan/template_view.py",
}


def extracted() -> Catalog:
    catalogue = Catalog()
    for package in PACKAGES:
        for _, _, message, _, _ in extract_from_dir(package, keywords=KEYWORDS):
            catalogue.add(message)
    scripts = [("**.js", "language.scripts:extract")]
    for _, _, message, _, _ in extract_from_dir(Path(web.__path__[0]), scripts, keywords=KEYWORDS):
        catalogue.add(message)
    files = [("**/templates/*.toml", "language.template_titles:extract")]
    for _, _, message, _, _ in extract_from_dir(Path(language.__path__[0]), files, keywords=KEYWORDS):
        catalogue.add(message)
    return catalogue


def test_the_template_holds_every_sentence() -> None:
    with (LOCALES / "goaltree.pot").open("rb") as file:
        template = {message.id for message in read_po(file) if message.id}
    result = {message.id for message in extracted() if message.id}
    assert result - template == set(), "run the command in language/locales/README.md"
    assert template - result == set(), "run the command in language/locales/README.md"
    assert set(features().menu(*Audience).values()) <= template


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_sentences_are_literals_so_that_extraction_finds_them(path: Path) -> None:
    if path.relative_to(ROOT).as_posix() in TRANSLATES_MARKED:
        return
    for call in ast.walk(ast.parse(path.read_text())):
        if isinstance(call, ast.Call) and (count := SPOKEN.get(name_of(call.func))):
            assert all(isinstance(arg, ast.Constant) for arg in call.args[:count]), f"line {call.lineno}"


def name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return f".{function.attr}"
    return function.id if isinstance(function, ast.Name) else ""


def pseudo(folder: Path, language: str) -> Path:
    """A catalogue that puts every sentence in brackets."""
    catalogue = extracted()
    translated = Catalog(locale=language)
    for message in catalogue:
        if isinstance(message.id, tuple):
            translated.add(message.id, tuple(f"⟦{text}⟧" for text in message.id))
        elif message.id:
            translated.add(message.id, f"⟦{message.id}⟧")
    path = folder / language / "LC_MESSAGES" / "goaltree.po"
    path.parent.mkdir(parents=True)
    written = io.BytesIO()
    write_po(written, translated)
    path.write_bytes(written.getvalue())
    return folder


def test_numbers_and_dates_are_the_persons_own() -> None:
    english, german, american = Words("en"), Words("de"), Words("en-US")
    assert english.number(Decimal("1234.50")) == "1,234.5"
    assert german.number(Decimal("1234.50")) == "1.234,5"
    assert english.number(Decimal(100)) == "100"
    assert english.number(Decimal("2.166666")) == "2.16"
    assert english.number(Decimal("-2.999999")) == "-2.99"
    assert english.number(Decimal("100.00001")) == "100"
    assert english.number(Decimal("2.1667")) == "2.1667"
    assert english.number(Decimal("0.000125")) == "0.000125"
    assert english.date(date(2026, 11, 23)) == "Mon 23 Nov"
    assert german.date(date(2026, 11, 23)) == "Mo., 23. Nov."
    assert american.time(time(21, 40)) == "9:40 PM"
    assert german.time(time(21, 40)) == "21:40"
    assert german.weekday(0) == "Monday"


def test_plurals_count() -> None:
    w = Words("en")
    assert w.n("{count} day", "{count} days", 1) == "1 day"
    assert w.n("{count} day", "{count} days", 1200) == "1,200 days"


@pytest.mark.parametrize("name", ["", "xx", "de-XX", "zh-hans", "../..", "pt-br", "en-GB-oed"])
def test_any_language_code_of_telegram_has_words(name: str) -> None:
    assert Words(name).t("hello") == "hello"


@pytest.mark.parametrize(
    ("unit", "value", "said"),
    [
        ("pages", "1", "page"), ("pages", "2", "pages"), ("cups", "1", "cup"), ("glasses", "1", "glass"),
        ("stories", "1", "story"), ("boxes", "1", "box"), ("km", "1", "km"), ("press", "1", "press"),
        ("series", "1", "series"), ("lbs", "1", "lbs"), ("pages", "1.5", "pages"), ("pages", "0", "pages"),
    ],
)  # fmt: skip
def test_a_unit_of_one_has_no_plural(unit: str, value: str, said: str) -> None:
    assert Words("en").unit(unit, Decimal(value)) == said
