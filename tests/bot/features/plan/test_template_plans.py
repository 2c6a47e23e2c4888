"""Ready-made plans in a chat."""

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


async def test_each_line_is_a_change_and_all_are_made_or_none(chat: Talk) -> None:
    for text in ("/plan template language", "Spanish", "12 May 2027"):
        shown = await chat.tell(text)
    assert "I do not know what to change by that." in (none := await chat.tell("D: Swim = 1 km\nblah"))
    assert "Swim" not in none
    tree = await chat.tell("D: Swim = 1 km\nD: Yoga\nrename new words to Vocabulary\ndrop listen or read")
    assert "  D: Vocabulary = 10 words\n  D: Swim = 1 km\n  D: Yoga\n" in tree
    assert "Listen" in shown


async def test_the_tree_is_changed_by_words_before_it_is_planted(chat: Talk) -> None:
    for text in ("/plan template language", "Spanish", "12 May 2027"):
        shown = await chat.tell(text)
    assert "such as “speak with somebody 4”, “new words on weekdays” or “drop listen or read”." in shown
    assert "  D: New words = 15 words [weekdays]\n" in await chat.tell("new words 15 on weekdays")
    assert "  D: Vocabulary = 15 words [weekdays]\n" in await chat.tell("rename new words to Vocabulary")
    assert "Listen" not in (await chat.tell("remove listen or read")).partition("Plant it")[0]
    assert "\n  D: Watch a film [sun]\n" in await chat.tell("add Watch a film on sundays")
    assert "until 2027-06-30)" in await chat.tell("by 30 June 2027")
    for words, answer in (
        ("drop the exam", "I do not know what to change by that.\n\nThis is your tree:"),
        ("vocabulary 3 km", "Vocabulary is counted in words, not in “km”: write its target in words."),
        ("vocabulary 8 from 1 Jan", "“8 from 1 Jan” is no target for Vocabulary: write 8, at most 2, or days"),
    ):
        assert (await chat.tell(words)).startswith(answer)
    assert "  D: Vocabulary = 15 words [weekdays]\n" in await chat.tell("/plan")
    await chat.say("yes")
    assert (await chat.tell("/tree outline")).splitlines() == [
        "Learn Spanish (from 2026-11-23 until 2027-06-30)",
        "  Q: A test of what I know",
        "  W: Speak with somebody = 2 times",
        "  D: Vocabulary = 15 words [weekdays]",
        "  D: Watch a film [sun]",
    ]


async def test_the_tree_is_changed_by_buttons_before_it_is_planted(chat: Talk, stage: Stage) -> None:
    for text in ("/plan template language", "Spanish", "12 May 2027"):
        await chat.say(text)
    assert (await chat.tap("Goals"))[0].buttons == [
        "Learn Spanish", "· A test of what I know", "· Speak with somebody", "· New words", "· Listen or read",
        "← Back",
    ]  # fmt: skip
    card = await chat.tap("· New words")
    assert card[0].buttons == ["✏️ Name", "🔢 Number", "🗓 Days", "✖️ Leave it out", "← Back"]
    await chat.tap("Days")
    await chat.tap("Mon")
    assert "✓ Mon" in (await chat.tap("Wed"))[0].buttons
    await chat.tap("Back")
    await chat.tap("Number")
    await stage.restart()
    assert "  D: New words = 12 words [mon wed]\n" in await chat.tell("12")
    for label in ("Goals", "· A test", "Leave it out", "➕ Goal"):
        await chat.tap(label)
    assert "  D: Podcast = 20 min\n" in await chat.tell("Podcast 20 min a day")
    await chat.tap("Date")
    assert "until 2027-05-23)" in (await chat.tap("23 May 2027"))[0].text
    planted = (await chat.tap("Plant it"))[0].text
    assert "test" not in planted
    assert "  D: New words = 12 words [mon wed]\n  D: Listen or read = 15 min\n  D: Podcast = 20 min" in planted
