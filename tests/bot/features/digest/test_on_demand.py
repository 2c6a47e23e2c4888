"""/digest: a report on demand."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Talk
from tests.bot.features.digest.week import first_line
from tests.bot.planting import planted


@pytest.mark.parametrize(
    ("words", "headed"),
    [
        ("", "📊 Week of 23 Nov, so far"),
        ("week", "📊 Week of 23 Nov, so far"),
        ("Weekly", "📊 Week of 23 Nov, so far"),
        ("last week", "📊 Week of 16 Nov"),
        ("month", "📊 November 2026, so far"),
        ("previous month", "📊 October 2026"),
        ("this quarter", "📊 Q4 2026, so far"),
        ("last quarter", "📊 Q3 2026"),
        ("Q4", "📊 Q4 2026, so far"),
        ("q 3", "📊 Q3 2026"),
        ("quarter 1", "📊 Q1 2026"),
        ("q4 2025", "📊 Q4 2025"),
        ("october", "📊 October 2026"),
        ("nov", "📊 November 2026, so far"),
        ("Dec", "📊 December 2025"),
        ("october 2025", "📊 October 2025"),
    ],
)
async def test_one_is_made_on_demand(chat: Talk, words: str, headed: str) -> None:
    await planted(chat)
    await chat.say("run 6")
    [said] = await chat.say(f"/digest {words}")
    assert first_line(said) == headed


async def test_an_impossible_digest_is_refused_in_one_sentence(chat: Talk) -> None:
    await planted(chat)
    for words in ("decade", "last", "last decade", "week week", "😀", "q5", "q", "ju", "octopus", "last last week"):
        assert await chat.tell(f"/digest {words}") == (
            "I make digests of a week, a month, a quarter or a year: /digest week, /digest last month, /digest q3, "
            "/digest 2026."
        )
    for words in ("today", "day", "yesterday"):
        assert await chat.tell(f"/digest {words}") == (
            "A digest is of a week or longer: /summary shows today, /digest the week."
        )
    assert await chat.tell("/digest q1 2027") == "Q1 2027 has not begun yet: there is nothing to report."
    assert await chat.tell("/digest 2027") == "2027 has not begun yet: there is nothing to report."


async def test_goals_that_have_ended_are_not_said_to_be_missing(chat: Talk) -> None:
    await planted(chat, "Swim (from 2026-10-01 until 2026-11-20)\n  D: Lengths\n")
    [said] = await chat.say("/digest")
    assert said.text == (
        "📊 Week of 23 Nov, so far\n"
        "Your goals have ended, the last one on Fri 20 Nov. To go on, name one again in /plan with a later end, or "
        "plant a new one."
    )
    assert said.buttons == ["🌱 Plan a goal"]
    assert "There was no goal at that time" in (await chat.say("/digest q3"))[0].text
    await chat.say("/plan Swim (until 2026-12-20)")
    await chat.tap("Apply")
    assert "Nothing is logged yet." in (await chat.say("/digest"))[0].text


async def test_future_goals_are_mentioned(chat: Talk) -> None:
    await planted(chat, "Swim (from 2026-12-07)\n  D: Lengths\n")
    [said] = await chat.say("/digest")
    assert said.text.endswith("Your goals begin on Mon 7 Dec: there is nothing to report before.")


async def test_on_demand_without_goals(chat: Talk) -> None:
    [said] = await chat.say("/digest month")
    assert "There is no goal to report on yet." in said.text
    [question] = await chat.tap("Plan a goal")
    assert "become true" in question.text
