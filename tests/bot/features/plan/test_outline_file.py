"""An outline is sent back as the file from /tree, and a title stays the same however its accents are encoded."""

from __future__ import annotations

import unicodedata

from tests.bot.conftest import Stage, Talk

LONG = "T\n" + "\n".join(
    f"  D: Practise the piece number {number} for the concert = {number} min" for number in range(1, 90)
)


async def test_an_outline_is_taken_back_as_the_file_that_it_came_as(chat: Talk, stage: Stage) -> None:
    await chat.say("/plan T\n  D: Gym")
    await chat.send("outline.txt", LONG.encode())
    said = await chat.tap("Apply")
    assert "89 goals added" in said[0].text
    again = await chat.send("outline.txt", LONG.encode())
    assert again[0].text == "T: nothing new, it is as it was."


async def test_a_fault_in_the_file_is_named_by_its_line(chat: Talk) -> None:
    wrong = await chat.send("outline.txt", b"T\n  D: Run = = 5")
    assert "line 2" in wrong[0].text


async def test_a_title_is_the_same_in_either_form_of_its_accents(chat: Talk) -> None:
    apart = unicodedata.normalize("NFD", "Möbel\n  D: Café lesen = 5 seiten")
    await chat.say(f"/plan {apart}")
    assert "✅ Café lesen  5 seiten" in await chat.tell("café lesen 5")
    await chat.say("/plan Möbel\n  D: Café lesen = 6 seiten")
    assert "1 goal changed" in (await chat.tap("Apply"))[0].text


async def test_looking_at_the_goals_keeps_the_plan_that_is_being_made(chat: Talk) -> None:
    await chat.say("/plan")
    await chat.say("Run a marathon")
    for command in ("/tree", "/summary", "/streaks", "/digest", "/plan"):
        said = await chat.tell(command)
        assert said.startswith("Your plan is under way; /cancel leaves it. My question was:"), command
        assert "Run a marathon: until when?" in said
    assert "One goal a line" in await chat.tell("no end")
