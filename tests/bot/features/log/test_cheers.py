"""Cheers, and their occasions."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Talk
from tests.bot.planting import planted


async def test_a_streak_of_seven_and_a_goal_that_is_reached_are_cheered(chat: Talk) -> None:
    await planted(chat, "Move (from 2026-10-01)\n  W: Ten a week = 10 km sum\n    D: Walk = 1 km\n")
    for days in range(6, 0, -1):
        await chat.tell(f"walk 1 {days} days ago")
    answer = await chat.tell("walk 10")
    assert "🎉 7 days in a row!" in answer
    assert "🏆 Ten a week: reached!" in answer
    assert "🏆 Move" not in answer
    assert "W  Ten a week  ▓▓▓▓▓▓▓▓▓▓ 100%  +100   done" in answer


@pytest.mark.parametrize(
    ("vision", "cheered"),
    [
        ("Write", "🏆 Write (this quarter): reached!"),
        ("Write (until 2026-12-31)", "🏆 Write: reached!"),
        ("Write\n  Y: Poem", "🏆 Write (this year): reached!"),
    ],
)
async def test_a_vision_without_an_end_is_reached_for_now(chat: Talk, vision: str, cheered: str) -> None:
    await chat.say(f"/plan {vision}\n  Q!: Essay")
    await chat.say("/log poem")
    assert cheered in await chat.tell("/log essay")


async def test_hundred_percent_is_not_shown_before_it_is_reached(chat: Talk) -> None:
    await planted(chat, "Move (from 2026-10-01)\n  W: Much = 1000 km sum\n    D: Walk = 999.999 km\n")
    answer = await chat.tell("walk 999.999")
    assert "99%" in answer
    assert "100%" not in answer
