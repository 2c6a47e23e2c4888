"""A language is a file: the bot speaks it once there is a catalogue."""

from __future__ import annotations

import shutil
from pathlib import Path

from language.i18n import languages
from tests.bot.conftest import Stage
from tests.language.test_i18n import pseudo


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
