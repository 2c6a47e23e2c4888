"""Messages about a plan without its command: corrected lines, second parts and edits, in a group and alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.bot.conftest import Said, Stage, Talk
from tests.bot.features.plan.test_long_plans import FIRST, LINES, SECOND

FAULTY = "/plan Fit\n  D: Run = many km\n  D: Gym"
Begun = Callable[[Stage], Talk]


@pytest.fixture(params=["alone", "in a group"])
def anna(stage: Stage, request: pytest.FixtureRequest) -> Talk:
    """Anna, in her private chat or in a group, where the bot sees only commands and replies to it."""
    return stage.talk("Anna") if request.param == "alone" else stage.group("Friends", "Anna")


async def answer(anna: Talk, text: str, to: Said) -> Said:
    """Words in reply to a message of the bot."""
    return (await anna.say(text, reply_to=to.raw["message_id"]))[0]


async def outline(anna: Talk) -> str:
    said = (await anna.say("/tree outline"))[0]
    return anna.content(said).decode() if said.document else said.text


async def test_a_corrected_line_answers_what_was_wrong(anna: Talk) -> None:
    wrong = (await anna.say(FAULTY))[0]
    assert "line 2" in wrong.text
    again = await answer(anna, "D: Run = some km", wrong)
    assert "line 2" in again.text
    assert "🌱 Planted: Fit" in (await answer(anna, "D: Run = 5 km", again)).text
    assert "  D: Run = 5 km\n  D: Gym" in await outline(anna)


async def test_a_corrected_line_that_is_still_wrong_may_be_edited(anna: Talk) -> None:
    wrong = (await anna.say(FAULTY))[0]
    await answer(anna, "D: Run = some km", wrong)
    assert "🌱 Planted: Fit" in (await anna.edit("D: Run = 5 km"))[0].text


async def test_the_second_part_of_a_plan_that_waits_for_it(anna: Talk, stage: Stage) -> None:
    waiting = (await anna.say(FIRST.replace("min sum", "km sum")))[0]
    assert waiting.text.startswith("⏳ That plan fills a whole message.")
    stage.clock.advance(timedelta(seconds=40))
    assert "🌱 Planted: Practise" in (await answer(anna, f"{SECOND}\n    D: Walk = 2 km", waiting)).text


async def test_the_second_part_of_a_plan_that_is_planted_and_its_edit(anna: Talk) -> None:
    planted = (await anna.say(FIRST))[0]
    assert "goals added" in (await answer(anna, SECOND, planted)).text
    changed = (await anna.edit(SECOND.replace(LINES[-1].strip(), "D: Scales = 10 min")))[0]
    assert changed.text.startswith("🌿 Practise: 1 goal changed")
    assert (await outline(anna)).splitlines()[2:] == [*LINES[:-1], "    D: Scales = 10 min"]


async def test_an_edited_first_message_changes_what_it_planted(anna: Talk) -> None:
    await anna.say("/plan Fit\n  D: Run = 5 km\n  D: Gym")
    assert "🌿 Fit: 1 goal changed" in (await anna.edit("/plan Fit\n  D: Run = 6 km\n  D: Gym"))[0].text
    assert "  D: Run = 6 km\n  D: Gym" in await outline(anna)


async def test_in_a_group_other_words_are_not_heard(stage: Stage) -> None:
    anna, bob = stage.group("Friends", "Anna"), stage.group("Friends", "Bob")
    wrong = (await anna.say(FAULTY))[0]
    assert await anna.say("D: Run = 5 km") == []
    assert (await answer(anna, "D: Run = 5 km", wrong)).text.startswith("🌱 Planted: Fit")
    assert await anna.say("D: Run = 5 km") == []
    assert await anna.edit("W: nothing to see") == []
    assert await bob.say("D: hello") == []


async def test_lines_answer_the_question_that_asks_for_one(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Run = 5 km\n  W: Mind\n    D: Read")
    await chat.say("/plan Other\n  D: Gym = many")
    asked = await chat.tell("/add mind")
    assert "Mind" in asked
    assert "Below Mind there is now D: Meditate = 10 min." in await chat.tell("D: Meditate = 10 min")
