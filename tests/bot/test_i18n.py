"""Every sentence can be translated, and a language is a file."""

from __future__ import annotations

import ast
import io
import shutil
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import bot
from bot.i18n import LOCALES, Words, languages
from bot.menu import MENU
from tests.bot.conftest import Stage

BOT = Path(bot.__file__).parent
KEYWORDS = {"t": None, "n": (1, 2), "mark": None}
# Sentences that were marked elsewhere are translated by variable here.
TRANSLATES_MARKED = {"application.py"}


def extracted() -> Catalog:
    catalogue = Catalog()
    for _, _, message, _, _ in extract_from_dir(BOT, keywords=KEYWORDS):
        catalogue.add(message)
    return catalogue


def test_the_template_holds_every_sentence() -> None:
    with (LOCALES / "goaltree.pot").open("rb") as file:
        template = {message.id for message in read_po(file) if message.id}
    found = {message.id for message in extracted() if message.id}
    assert found - template == set(), "run the command in bot/locales/README.md"
    assert template - found == set(), "run the command in bot/locales/README.md"
    assert set(MENU.values()) <= template


@pytest.mark.parametrize("path", sorted(BOT.rglob("*.py")), ids=lambda path: str(path.relative_to(BOT)))
def test_sentences_are_literals_so_that_extraction_finds_them(path: Path) -> None:
    if path.name in TRANSLATES_MARKED or path.name == "i18n.py":
        return
    for call in ast.walk(ast.parse(path.read_text())):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("t", "n"):
            spoken = call.args[: 1 if call.func.attr == "t" else 2]
            assert all(isinstance(arg, ast.Constant) for arg in spoken), f"line {call.lineno}"


def pseudo(folder: Path, language: str) -> Path:
    """A catalogue that puts every sentence into brackets."""
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


async def test_a_language_is_added_by_a_file(stage: Stage, tmp_path: Path) -> None:
    folder = pseudo(tmp_path / "locales", "nl")
    assert languages(folder) == ["en", "nl"]
    await stage.restart(catalogues=folder)
    chat = stage.talk("Piet", language="nl")
    welcome = await chat.tell("/start")
    assert welcome.startswith("⟦Hello, Piet!")
    assert (await chat.tell("/help")).count("⟦") == (await chat.tell("/help")).count("⟧") > 3
    settings = await chat.say("/settings")
    assert "⟦Language⟧" in settings[0].buttons
    assert "maandag" in settings[0].text
    await chat.tap("⟦Language⟧")
    await chat.tap("English")
    assert (await chat.tell("/settings")).startswith("Settings")
    shutil.rmtree(folder)


def test_numbers_and_dates_are_the_persons_own() -> None:
    english, german, american = Words("en"), Words("de"), Words("en-US")
    assert english.number(Decimal("1234.50")) == "1,234.5"
    assert german.number(Decimal("1234.50")) == "1.234,5"
    assert english.number(Decimal(100)) == "100"
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
