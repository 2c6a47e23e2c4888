"""How updates get through the bot: once, in order, and without anybody's mistake stopping it."""

from __future__ import annotations

from tests.bot.conftest import Talk


async def test_help_names_the_commands(chat: Talk) -> None:
    answer = await chat.tell("/help")
    assert "/plan" in answer
