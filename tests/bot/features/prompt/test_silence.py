"""After four evenings without an answer the bot asks once whether to go on. It is Monday 2026-11-23, 21:00."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.actions.edit.pauses import list_pauses
from core.actions.log import log
from core.actions.logged import How, Log
from core.group.permissions import Actor
from tests.bot.company import PLAN, Company
from tests.bot.conftest import Said, Stage, Talk
from tests.bot.features.prompt.test_prompt import DAYS_OWN, reminded

QUESTION = "👋 I asked on 4 evenings and heard nothing."


def day(number: int, hour: int = 22) -> datetime:
    return datetime(2026, 11, 1, hour, tzinfo=UTC) + timedelta(days=number - 1)


async def evenings(chat: Talk, first: int, last: int) -> list[str]:
    """The first words of the message on each of some evenings."""
    said = [await chat.until(day(number)) for number in range(first, last + 1)]
    return [one[-1].text.partition("\n")[0] if one else "" for one in said]


async def unheard(chat: Talk) -> Said:
    """The question, on the fifth evening."""
    await reminded(chat, DAYS_OWN)
    asked = await evenings(chat, 23, 26)
    assert [text[:2] for text in asked] == ["🔔 "] * 4
    [said] = await chat.until(day(27))
    assert said.text.startswith(QUESTION)
    assert said.buttons == ["Go on", "Pause 2 weeks", "Ask less often"]
    return said


async def test_it_is_asked_once_and_then_it_is_still_until_something_is_heard(chat: Talk) -> None:
    await unheard(chat)
    assert await chat.until(day(34)) == []
    await chat.say("gym")
    assert (await evenings(chat, 35, 35))[0].startswith("🔔")


async def test_any_message_in_the_evening_restarts_the_count(chat: Talk) -> None:
    await reminded(chat, DAYS_OWN)
    await evenings(chat, 23, 25)
    await chat.say("hello there")
    assert [text[:2] for text in await evenings(chat, 26, 29)] == ["🔔 "] * 4


async def test_going_on_asks_as_before(chat: Talk) -> None:
    await unheard(chat)
    [said] = await chat.tap("Go on")
    assert said.text == "I'll go on asking as before. /log shows what is open today."
    assert [text[:2] for text in await evenings(chat, 28, 29)] == ["🔔 "] * 2


async def test_a_pause_covers_two_weeks_and_is_a_pause_like_any_other(chat: Talk) -> None:
    await unheard(chat)
    said, *_ = await chat.tap("Pause 2 weeks")
    assert said.text.startswith("⏸ Everything is paused until Thu 10 Dec")
    [pause] = await list_pauses(chat.stage.store, Actor.host(chat.chat_id))
    assert (pause.last - pause.first).days == 13
    assert await chat.until(day(40)) == []
    assert (await evenings(chat, 41, 41))[0].startswith("🔔")


async def test_asking_less_often_comes_twice_a_week(chat: Talk) -> None:
    await unheard(chat)
    [said] = await chat.tap("Ask less often")
    assert said.text.startswith("I'll ask only on Wed and Sun from now on.")
    asked = await evenings(chat, 28, 34)
    assert [at for at, text in enumerate(asked, 28) if text.startswith("🔔")] == [29, 32]


async def test_logs_from_elsewhere_show_too(chat: Talk) -> None:
    nodes = await reminded(chat, DAYS_OWN)
    await evenings(chat, 23, 26)
    wanted = Log(nodes["Gym"].id, day(26).date(), How.SET, None, None, "api:1")
    await log(chat.stage.store, Actor.alone(chat.chat_id), wanted, day(26))
    assert [text[:2] for text in await evenings(chat, 27, 28)] == ["🔔 "] * 2


async def test_a_group_whose_rounds_nobody_answers_is_left_in_peace_too(stage: Stage) -> None:
    company = await Company(stage).settled()
    anna, ben = company.anna, company.ben
    await anna.say("/plan " + PLAN)
    for number in range(24, 28):
        assert "🔔" in "".join(said.text for said in await anna.until(day(number)))
    assert QUESTION in "".join(said.text for said in await anna.until(day(28)))
    assert not any(said.text.startswith(("🔔", "👋")) for said in await anna.until(day(36)))
    await ben.say("/join")
    assert "🔔" in "".join(said.text for said in await anna.until(day(37)))
