"""Plans that are there to be taken, in a chat."""

from __future__ import annotations

import pytest

from language.templates import templates
from tests.bot.conftest import Stage, Talk

ANSWERS = {"what": "Piano", "now": "86 kg", "amount": "78", "until": "in 4 months"}


@pytest.mark.parametrize("key", list(templates()))
async def test_each_is_asked_for_what_it_needs_and_planted(chat: Talk, key: str) -> None:
    said = await chat.tell(f"/plan template {key}")
    for asked in templates()[key].asks:
        assert templates()[key].questions[asked] in said
        said = await chat.tell(ANSWERS[asked])
    assert said.startswith("This is your tree:\n")
    planted = (await chat.tap("Plant it"))[0].text
    assert planted.startswith("🌱 Planted: ")
    assert "Log the first thing: /log " in planted


async def test_the_list_leads_to_each(chat: Talk) -> None:
    listed = await chat.say("/plan template")
    assert len(listed[0].buttons) == 12
    assert "On which day is the race?" in (await chat.tap("Marathon"))[0].text
    assert "On which day is the race?" in await chat.tell("/plan")
    assert (await chat.say("/plan template foo"))[0].text.startswith(
        "I have no plan called “foo”.\n\nPlans to begin with."
    )


async def test_a_sentence_that_wants_a_plan_gets_it_with_what_it_said(chat: Talk) -> None:
    said = await chat.tell("/plan run a marathon by 25 April 2027")
    assert "Kilometres each week, week by week: 24 · 27 · 30 · 24" in said
    assert (await chat.tell("/plan learn Spanish until the exam on 12 May")).startswith(
        "This is your tree:\nLearn Spanish (from 2026-11-23 until 2027-05-12)\n"
    )


async def test_an_answer_that_is_none_is_asked_again_after_a_restart_too(chat: Talk, stage: Stage) -> None:
    await chat.say("/plan template weight")
    assert "I need a number above zero.\n\n" in await chat.tell("heavy")
    await chat.say("86 kg")
    await stage.restart()
    assert "And what do you want to weigh?" in await chat.tell("/plan")
    await chat.say("78")
    assert "I need a day that lies ahead" in await chat.tell("yesterday")
    assert "From 86 to 78 kg" in (await chat.tap("23 May 2027"))[0].text
    assert await chat.tap("Cancel")
    assert await chat.press("tpl:plant") == []
    assert chat.toasts == ["These questions are over. /plan begins anew."]


async def test_the_guided_way_offers_the_plan_for_a_title(chat: Talk) -> None:
    for text in ("/plan", "Run a marathon"):
        await chat.say(text)
    asked = await chat.say("25 April 2027")
    assert asked[0].buttons == ["📋 My plan for this: Marathon", "Leave the goals open"]
    assert "On which day is the race?" in (await chat.tap("My plan"))[-1].text
