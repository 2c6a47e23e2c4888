"""Words that are not logged, and the bot's answers."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Talk
from tests.bot.logged import told
from tests.bot.planting import planted


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("run nan", "“nan” is no number"),
        ("run 1e400", "too large"),
        ("run 5x", "“5x” is no number"),
        ("run 0.0000001", "too fine"),
        ("run 5 tomorrow", "Tue 24 Nov lies ahead: today is Mon 23 Nov."),
        ("run 5 2026-09-30", "is too early: this goal starts on"),
        ("run 5 30 feb", "There is no such day: “30 feb”."),
        ("run 30 min", "Run is counted in km, not in “min”. Nothing was logged."),
        ("run 3 5 km", "I cannot tell which number is meant in “3 5”: write one."),
        ("run 5 skip", "“5 skip” is a number and a skip: write one of them."),
        ("run 5 5/11/2026", "I cannot tell which day “5/11/2026” is"),
        ("run 5 next friday", "Fri 27 Nov lies ahead"),
        ("gym 5", "“Gym” is done or not done: it takes no number."),
        ("/log <b>x</b> 5", "I know no goal called “<b>x</b>”."),
    ],
)
async def test_an_impossible_log_is_refused_with_a_sentence(chat: Talk, text: str, sentence: str) -> None:
    await planted(chat)
    assert sentence in await chat.tell(text)
    assert await told(chat) == []


@pytest.mark.parametrize("words", ["run 5 yesteray", "run 5 next week", "gym later"])
async def test_a_possible_other_day_is_asked_about(chat: Talk, words: str) -> None:
    await planted(chat)
    assert "Nothing was logged." in await chat.tell(words)
    assert await told(chat) == []


@pytest.mark.parametrize("words", ["no gym today", "all done", "not today", "nothing"])
async def test_words_that_are_no_goals_name_tick_nothing(chat: Talk, words: str) -> None:
    await planted(chat, "Be well (from 2026-11-01)\n  D: No sugar\n  D: Not too late to bed\n  W: Call mom")
    await chat.say(words)
    assert await told(chat) == []


@pytest.mark.parametrize("words", ["gym missed", "gym cancelled", "gym failed"])
async def test_a_failed_goal_is_not_ticked(chat: Talk, words: str) -> None:
    await planted(chat)
    await chat.say(words)
    assert [value for _, value, _ in await told(chat) if value != "0"] == []
