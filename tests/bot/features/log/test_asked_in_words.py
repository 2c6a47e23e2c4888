"""Plain words that ask for what a command shows."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Talk
from tests.bot.planting import planted


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("what's left?", "Tap what you did."),
        ("How am I doing?", "done"),
        ("show me my goals", "Run a marathon"),
        ("yesterday", "Sun 22 Nov"),
        ("Thanks!", "You are welcome."),
        ("Hi!", "Hello! 🌳 Tell me what you did"),
        ("How are you?", "Hello! 🌳 Tell me what you did"),
        ("what can you do?", "/log"),
        ("👍", "👍"),
        ("lol", "👍"),
        ("ok", "👍"),
    ],
)
async def test_plain_words_ask_for_what_a_command_shows(chat: Talk, text: str, shows: str) -> None:
    await planted(chat)
    assert shows in await chat.tell(text)


async def test_a_goal_of_that_name_goes_first(chat: Talk) -> None:
    await planted(chat, "Order (from 2026-10-01)\n  D: Status\n")
    assert "Status · today done" in await chat.tell("status")
