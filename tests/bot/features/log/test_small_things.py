"""Counts and sentences that must not contradict each other."""

from __future__ import annotations

from datetime import timedelta

from tests.bot.conftest import Stage, Talk

PLAN = "/plan T\n  W: Swim = 3 times\n  W: Call = 2 times\n  D: Gym\n  D: Read = 20 pages"


async def test_the_day_and_the_summary_count_the_same(chat: Talk) -> None:
    await chat.say(PLAN)
    await chat.say("gym")
    assert "1 of 2 done" in await chat.tell("/log")
    assert "1 of 2 done" in await chat.tell("/summary")


async def test_a_day_of_longer_goals_alone_counts_these(chat: Talk) -> None:
    await chat.say("/plan T\n  W: Swim = 3 times\n  W: Call = 2 times")
    assert "0 of 2 done" in await chat.tell("/log")


async def test_only_a_streak_that_is_there_is_safe(chat: Talk, stage: Stage) -> None:
    await chat.say(PLAN)
    assert "safe" not in await chat.tell("gym skip")
    await chat.say("read 20")
    stage.clock.set(stage.clock() + timedelta(days=1))
    assert "your streak is safe" in await chat.tell("read skip")


async def test_an_edit_to_what_cannot_be_read_is_answered(chat: Talk) -> None:
    await chat.say(PLAN)
    await chat.say("xyzzy")
    assert await chat.edit("frobnicate 7")
    await chat.say("gym")
    assert "So I left what this message had logged as it was." in (await chat.edit("frobnicate 7"))[0].text


async def test_a_note_that_may_name_another_goal_is_said_to_be_a_note(chat: Talk) -> None:
    await chat.say(PLAN)
    for said, is_joined in (("gym and sauna", True), ("read 5 + yoga", True), ("swim felt great", False)):
        answer = await chat.tell(said)
        assert answer[0] in "✅🔸", said
        assert ("kept as a note: no goal is called that" in answer) is is_joined, said
    assert "Nothing was logged yet" in await chat.tell("call + sauna 15 min")
