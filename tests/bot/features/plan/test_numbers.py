"""Titles that carry a number are asked about, never silently ticked."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Stage, Talk


async def test_one_number_is_asked_about_and_becomes_the_target(chat: Talk) -> None:
    asked = await chat.say("/plan Read more\n  D: Read 5 pages")
    assert asked[0].text == "Read 5 pages: is 5 pages the target?"
    assert asked[0].buttons == ["Yes: D: Read = 5 pages", "No, it is the name"]
    planted = await chat.tap("Yes")
    assert planted[0].edited
    assert planted[0].text.startswith("🌱 Planted: Read more\nRead more (from 2026-11-23)\n  D: Read = 5 pages\n")
    assert "✅ Read  5 pages" in await chat.tell("read 5")


async def test_or_it_is_a_part_of_the_name(chat: Talk) -> None:
    await chat.say("/plan Read more\n  D: Read 5 pages [mon]")
    assert '\n  D: "Read 5 pages" [mon]\n' not in (planted := (await chat.tap("No"))[0].text)
    assert "\n  D: Read 5 pages [mon]\n" in planted


async def test_several_are_asked_in_one_message(chat: Talk, stage: Stage) -> None:
    asked = await chat.say("/plan Fit\n  W: 20 km a week\n    D: Run = 5 km\n  D: Push-ups: 30\n  D: Stretch 3x10")
    assert asked[0].text == (
        "Some titles carry a number. Is it the target, or a part of the name?\n"
        "1. 20 km a week → W: 20 km a week = 20 km sum\n"
        "2. Push-ups: 30 → D: Push-ups = 30\n"
        "3. Stretch 3x10 → D: Stretch = 30"
    )
    assert asked[0].buttons[:4] == ["All as targets", "All as names", "1: target", "1: name"]
    await stage.restart()
    rest = await chat.tap("2: name")
    assert "1. 20 km a week" in rest[0].text
    assert "Push-ups" not in rest[0].text
    planted = await chat.tap("All as targets")
    assert "  W: 20 km a week = 20 km sum\n    D: Run = 5 km\n  D: Push-ups: 30\n  D: Stretch = 30" in planted[0].text


async def test_a_button_of_an_earlier_question_does_nothing_more(chat: Talk) -> None:
    asked = await chat.say("/plan Fit\n  D: Run 5 km")
    old = asked[0].raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await chat.tap("No")
    assert await chat.press(old) == []
    assert chat.toasts == ["That plan was changed or planted since."]


@pytest.mark.parametrize("line", ["D: Run = 5 km", 'D: "Run 5 km"', "D: Chapter 5", "D: Be in bed by 10"])
async def test_a_clear_line_is_planted_at_once(chat: Talk, line: str) -> None:
    assert (await chat.tell(f"/plan Fit\n  {line}")).startswith("🌱 Planted: Fit")


async def test_in_a_group_it_may_be_what_each_one_does(stage: Stage) -> None:
    anna = stage.group("Friends", "Anna")
    await anna.say("/plan Read together\n  D: Read 20 pages each")
    assert "  D: Read = 20 pages each" in (await anna.tap("Yes"))[0].text


@pytest.mark.parametrize(
    ("said", "line"), [("yes", "D: Read = 5 pages"), ("ok", "D: Read = 5 pages"), ("no", "D: Read 5 pages")]
)
async def test_the_question_is_answered_in_words_as_well(chat: Talk, said: str, line: str) -> None:
    await chat.say("/plan Read more\n  D: Read 5 pages [mon]")
    assert f"\n  {line} [mon]\n" in await chat.tell(said)
