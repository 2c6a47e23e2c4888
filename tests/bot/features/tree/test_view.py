"""The lines of a tree."""

from __future__ import annotations

from tests.bot.conftest import Talk
from tests.bot.planting import planted


async def test_a_goal_without_a_target_shows_its_number_and_no_rate(chat: Talk) -> None:
    await planted(chat, "Calm (from 2026-10-01)\n  D: Mood = track\n  D: Sleep = track\n")
    await chat.say("mood 7")
    tree = await chat.tell("/tree")
    assert "🔹 7           D Mood" in tree
    assert "🔹 –           D Sleep" in tree
