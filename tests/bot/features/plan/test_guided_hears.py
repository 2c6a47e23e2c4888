"""The guided plan understands words that are no answers."""

from __future__ import annotations

import re

import pytest

from core.actions.read import read_trees
from core.group.permissions import Actor
from tests.bot.conftest import MONDAY_EVENING, Talk

OPEN = "Your plan is still open: answer my last question to go on, or /cancel."


async def titles(talk: Talk) -> list[str]:
    readings = await read_trees(talk.stage.store, Actor.host(talk.chat_id), MONDAY_EVENING.date())
    return [reading.tree.vision.title for reading in readings]


@pytest.mark.parametrize("words", ["no idea", "what can you do?", "I don't know", "hello", "what is this?"])
async def test_words_of_the_helpless_are_no_title(chat: Talk, words: str) -> None:
    await chat.say("/plan")
    helped = await chat.say(words)
    assert helped[0].text.startswith("Say in a few words what you would like to be different a year from now.")
    assert helped[0].buttons == ["📋 Plans to begin with"]
    assert "Fit: until when?" in await chat.tell("Fit")


async def test_how_often_alone_is_no_goal(chat: Talk) -> None:
    await chat.say("/plan")
    assert "“3 times a week”: what will you do then?" in await chat.tell("3 times a week")
    await chat.say("Fit")
    assert (await chat.tell("no idea")).startswith("Any day by which you would like to be there will do")
    await chat.say("no end")
    assert "“twice a week”: what will you do then?" in await chat.tell("twice a week")
    assert "What could you do for Fit in ten minutes, today?" in await chat.tell("no idea")
    assert "• Gym = 2 times – weekly" in await chat.tell("gym twice a week")


@pytest.mark.parametrize(
    "said", ["ran 5k this morning, felt great", "I had two coffees", "did 20 push-ups", "went running"]
)
async def test_a_report_is_no_goal(chat: Talk, said: str) -> None:
    await chat.say("/plan")
    assert (await chat.tell("i want to run a marathon in april")).startswith("Run a marathon, until Fri, 30 Apr 2027.")
    assert f"“{said}” sounds like something you have done." in await chat.tell(said)
    assert "• Run = 5 km – daily" in await chat.tell("Run 5 km")


@pytest.mark.parametrize(
    ("said", "goal"), [("I have breakfast at home", "I have breakfast at home"), ("Just one page", "Page = 1 page")]
)
async def test_a_goal_may_begin_like_a_report(chat: Talk, said: str, goal: str) -> None:
    for text in ("/plan", "Fit", "no end"):
        await chat.say(text)
    assert f"• {goal} – daily" in await chat.tell(said)


@pytest.mark.parametrize("said", ["plant it", "yes", "looks good"])
async def test_a_yes_goes_on_from_the_goals(chat: Talk, said: str) -> None:
    for text in ("/plan", "Fit", "no end", "Run 5 km"):
        await chat.say(text)
    assert f"• {said}" not in await chat.tell(said)
    assert "D: Run = 5 km" in await chat.tell("no")


@pytest.mark.parametrize("said", ["stop", "quit", "exit", "back", "never mind", "Stop."])
@pytest.mark.parametrize(
    "before",
    [
        ["/plan"],
        ["/start", "Berlin"],
        ["/plan lose 8 kg"],
        ["/plan read 24 books"],
        ["/add"],
        ["/plan Fit\n  D: Run = 5 km", "/add Fit"],
    ],
)
async def test_a_word_that_leaves_is_no_goal(chat: Talk, before: list[str], said: str) -> None:
    for text in before:
        await chat.say(text)
    assert await chat.tell(said) == "Cancelled. Nothing was changed."
    assert await chat.tell("/cancel") == "There is nothing to cancel."


async def test_back_asks_the_question_before(chat: Talk) -> None:
    for text in ("/plan", "Fit", "no end", "Gym"):
        await chat.say(text)
    assert "until when?" in await chat.tell("back")
    assert "What do you want to become true?" in await chat.tell("go back")
    assert await chat.tell("back") == "Cancelled. Nothing was changed."


async def test_words_instead_of_a_number_are_answered_with_one_that_works(chat: Talk) -> None:
    asked = await chat.tell("/plan lose 8 kg")
    assert await chat.tell("heavy") == "I cannot read “heavy” as a number. Write it in figures, such as 80 kg."
    assert await chat.tell("quite heavy") != asked
    assert "= 86 -> 78 kg" in await chat.tell("86")


async def test_adding_where_there_is_nothing_begins_a_plan(chat: Talk) -> None:
    assert "W: Gym = 3 times" in await chat.tell("/add gym 3 times a week")
    await chat.say("/cancel")
    assert "What do you want to become true?" in await chat.tell("/add")


async def test_until_when_is_not_asked_where_it_was_said(chat: Talk) -> None:
    await chat.say("/plan")
    assert (await chat.tell("Get fit by 30 April 2027")).startswith("Get fit, until Fri, 30 Apr 2027.\n")


async def test_a_title_that_says_more_is_proposed(chat: Talk) -> None:
    await chat.say("/plan")
    assert "M: Read = 2 books" in await chat.tell("read 24 books in 2027")


@pytest.mark.parametrize("command", ["/help", "/settings week sunday", "/remind off", "/nonsense"])
async def test_a_command_in_between_keeps_the_draft_and_says_so(chat: Talk, command: str) -> None:
    await chat.say("/plan")
    await chat.say("Fit")
    assert (await chat.say(command))[-1].text == OPEN
    assert "One goal a line" in await chat.tell("in a year")


async def test_a_question_in_between_keeps_the_draft_too(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Run = 5 km")
    await chat.say("/plan")
    await chat.say("Read more")
    await chat.press("zone:ask")
    await chat.press("zone:Europe/Lisbon")
    assert "One goal a line" in await chat.tell("no end")
    assert await chat.tell("/cancel") == "Cancelled. Nothing was changed."
    assert await chat.tell("/cancel") == "There is nothing to cancel."


async def test_the_preview_can_be_changed(chat: Talk) -> None:
    for text in ("/plan", "Fit", "no end", "Gym"):
        await chat.say(text)
    await chat.tap("That is all")
    assert "Fit (until 2027-04-30)\n  D: Gym" in await chat.tell("until 30 April 2027")
    assert "• Swim = 1 km – daily" in await chat.tell("Swim = 1 km")
    await chat.tap("That is all")
    await chat.tap("No")
    await chat.tap("Date")
    assert "Fit (until 2026-12-31)" in (await chat.tap("End of 2026"))[0].text
    assert "• Gym – daily" in (await chat.tap("Goals"))[0].text


async def test_goals_can_be_left_open(chat: Talk) -> None:
    for text in ("/plan", "Be kinder", "no end"):
        await chat.say(text)
    left = await chat.tap("Leave the goals open")
    assert "Be kinder\n  M: A step each month\n  W: A step each week\n  D: A little each day" in left[0].text
    assert "Planted: Be kinder" in await chat.tell("yes")


async def test_a_plan_that_failed_never_makes_a_vision_of_the_next_log(chat: Talk) -> None:
    await chat.say("/start")
    await chat.tap("London")
    assert "Nothing was changed" in await chat.tell("/plan A\n  X: Run")
    assert "There are no goals here yet." in await chat.tell("run 5")
    assert "Nothing was changed" in await chat.tell("/plan 80,000 words by 1 January 2020")
    assert "There are no goals here yet." in await chat.tell("run 5")
    assert await titles(chat) == []


async def test_every_example_of_the_first_help_works_as_it_stands(chat: Talk) -> None:
    await chat.say("/plan")
    helped = (await chat.say("no idea"))[0].raw
    examples = [
        helped["text"].encode("utf-16-le")[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in helped["entities"]
        if one["type"] == "code"
    ]
    assert len(examples) == 3
    for example in examples:
        assert (await chat.tell(f"/plan {example}")).startswith("🌱 This is the tree that I propose:"), example
        assert (await chat.tell("yes")).startswith("🌱 Planted: ")
    assert len(await titles(chat)) == 3


async def test_every_example_of_the_goals_works_as_it_stands(chat: Talk) -> None:
    for text in ("/plan", "Fit"):
        await chat.say(text)
    asked = await chat.tell("no end")
    examples = re.findall(r"^(.+) – something|^(.+) – on some", asked, re.MULTILINE)
    lines = [one or other for one, other in examples]
    assert len(lines) == 3
    listed = await chat.tell("\n".join(lines))
    assert all(f"• {line}" in listed for line in lines)


@pytest.mark.parametrize(
    ("said", "answer"),
    [("how am I doing?", "📋 Mon 23 Nov"), ("my goals", "★ Health"), ("sick today", "Skip all on Mon 23 Nov")],
)
@pytest.mark.parametrize(
    "before", [["learn spanish"], ["learn spanish", "2027", "30 minutes a day", "that is all", "no"]]
)
async def test_words_that_are_no_answer_are_answered_in_between(
    chat: Talk, before: list[str], said: str, answer: str
) -> None:
    for text in ("/plan Health\n  D: Gym", "/plan", *before):
        await chat.say(text)
    said_in_turn = [one.text for one in await chat.say(said)]
    assert answer in said_in_turn[0]
    assert said_in_turn[1:] == [OPEN]


async def test_an_amount_alone_is_done_for_the_whole(chat: Talk) -> None:
    for text in ("/plan", "learn spanish", "in june"):
        await chat.say(text)
    assert "• Learn spanish = 30 min – daily" in await chat.tell("30 minutes a day")
    await chat.say("that is all")
    assert "Learn spanish (until 2027-06-30)\n  D: Learn spanish = 30 min" in await chat.tell("no")


async def test_a_change_without_both_values_is_refused(chat: Talk) -> None:
    for text in ("/plan", "fit", "2027"):
        await chat.say(text)
    assert "write both, such as T: Weight = 86 -> 78 kg" in await chat.tell("lose 5 kg")
    assert "• Weight = 86 -> 78 kg – by its last day" in await chat.tell("T: Weight = 86 -> 78 kg")


async def test_goals_named_too_early_are_kept(chat: Talk) -> None:
    for text in ("/plan", "be happy"):
        await chat.say(text)
    noted = await chat.tell("meditate 10 minutes a day, gym on mon and thu")
    assert noted.startswith("Noted:\n• Meditate = 10 min – daily\n• Gym [mon thu] – daily\n\nBe happy: until when?")
    assert "I cannot read “journal” as a date." in await chat.tell("journal")
    assert "Be happy\n  D: Meditate = 10 min\n  D: Gym [mon thu]" in await chat.tell("someday")
