"""Words that the bot once misread or did not understand. It is Monday 2026-11-23."""

from __future__ import annotations

import pytest

from sandbox.objects import Json
from tests.bot.conftest import Stage, Talk
from tests.bot.logged import told
from tests.bot.planting import planted


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("gym was closed", "so was it done or not?"),
        ("run 5 next week", "is still ahead"),
        ("gym yesteray", "I know no day called “yesteray”"),
        ("gym before the run", "may be another goal"),
        ("stretch for Timmy", "everybody logs what they did themselves"),
        ("run easy 5 km", "may be an amount, too"),
        ("gym?", "is a question"),
    ],
)
async def test_words_that_no_note_has_are_asked_about_and_nothing_is_logged(chat: Talk, text: str, why: str) -> None:
    await planted(chat)
    assert why in await chat.tell(text)
    assert await told(chat) == []


@pytest.mark.parametrize("text", ["will run tomorrow", "run tomorrow?"])
async def test_a_day_ahead_is_not_offered(chat: Talk, text: str) -> None:
    await planted(chat)
    [answer] = await chat.say(text)
    assert "tap what is right" not in answer.text
    assert not answer.buttons


@pytest.mark.parametrize(
    ("text", "label", "entry"),
    [
        ("gym was closed", "⏭", ("11-23", "skip", "was closed")),
        ("gym was closed", "✅ Gym", ("11-23", "1", "was closed")),
        ("gym yesteray", "22 Nov", ("11-22", "1", "yesteray")),
        ("run easy 5 km", "5 km", ("11-23", "5", "easy 5 km")),
    ],
)
async def test_one_tap_says_what_was_meant(chat: Talk, text: str, label: str, entry: tuple[str, str, str]) -> None:
    await planted(chat)
    await chat.tell(text)
    await chat.tap(label)
    assert await told(chat) == [entry]


async def test_a_number_far_outside_is_asked_back_once(chat: Talk) -> None:
    await planted(chat)
    assert "far more than “Run” had before" in await chat.tell("run 1,000")
    assert await told(chat) == []
    await chat.tap("1,000 km")
    assert await told(chat) == [("11-23", "1000", None)]
    assert (await chat.tell("run 1,000")).startswith("✅")
    assert "20,270 is far more" in await chat.tell("run = 20,270 km")


async def test_a_denial_takes_no_number_away_unasked(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 6")
    assert "has 6 km" in await chat.tell("run no")
    assert await told(chat) == [("11-23", "6", None)]
    await chat.tap("= 0 km")
    assert await told(chat) == [("11-23", "0", None)]


async def test_a_range_of_days_is_skipped_after_one_question(chat: Talk) -> None:
    await planted(chat)
    assert "4" in await chat.tell("/log run skip 4 nov to 17 nov")
    assert await told(chat) == []
    assert "14 days logged" in (await chat.tap("14 days"))[-1].text
    assert [kept[:2] for kept in await told(chat)] == [(f"11-{day:02}", "skip") for day in range(4, 18)]


async def test_a_note_on_what_is_done_is_kept(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("gym hard")
    await chat.tell("gym - felt great")
    await chat.tell("run 5")
    await chat.tell("run - easy")
    assert await told(chat) == [("11-23", "1", "hard; felt great"), ("11-23", "5", "easy")]


async def test_a_number_answers_what_was_asked_in_plain_words(chat: Talk) -> None:
    await planted(chat)
    assert "needs a number" in await chat.tell("run done")
    await chat.tell("5")
    assert await told(chat) == [("11-23", "5", None)]


async def test_a_whole_day_is_settled_after_one_question(chat: Talk) -> None:
    await planted(chat)
    assert "“Gym”" in await chat.tell("all done")
    assert await told(chat) == []
    await chat.tap("✅ All done")
    assert {kept[1] for kept in await told(chat)} == {"5", "1"}


async def test_a_sick_day_is_skipped_after_one_question(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("sick today")
    await chat.tap("⏭ Skip all")
    assert {kept[1] for kept in await told(chat)} == {"skip"}


@pytest.mark.parametrize(("text", "said"), [("done", "Tap what you did."), ("skip", "Which one do you skip?")])
async def test_done_or_skip_alone_shows_the_day(chat: Talk, text: str, said: str) -> None:
    await planted(chat)
    assert said in await chat.tell(text)


async def test_undo_and_help_need_no_slash(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("gym")
    await chat.tell("undo")
    assert await told(chat) == []
    assert "/plan" in await chat.tell("Help!")


async def test_unknown_words_offer_no_goal_that_shares_letters(chat: Talk) -> None:
    await planted(chat)
    assert "/plan adds goals" in await chat.tell("jogged around")


async def test_a_mention_in_a_group_is_a_command(stage: Stage) -> None:
    group = stage.group("Friends", "Ann")
    await planted(group)
    username = stage.world.bot.username
    assert (await group.tell(f"@{username} run 5")).startswith("✅ Run")
    assert await told(group) == [("11-23", "5", None)]


PHOTO = {"photo": [{"file_id": "a", "file_unique_id": "a", "width": 90, "height": 90, "file_size": 1}]}
AS_FILE = {"document": {"file_id": "c", "file_unique_id": "c", "file_name": "run.jpg", "mime_type": "image/jpeg"}}
VOICE = {"voice": {"file_id": "b", "file_unique_id": "b", "duration": 3}}


@pytest.mark.parametrize("what", [PHOTO, VOICE, AS_FILE])
async def test_a_caption_is_read(chat: Talk, stage: Stage, what: Json) -> None:
    await planted(chat)
    captioned = {**what, "caption": "run 5 along the river"}
    [said] = await chat._after(
        lambda: stage.world.push("message", stage.world.store(chat.chat, chat.person, captioned))
    )
    assert said.text.startswith("✅ Run  5 km · today done")
    assert await told(chat) == [("11-23", "5", "along the river")]
    [said] = await chat._after(lambda: stage.world.push("message", stage.world.store(chat.chat, chat.person, what)))
    assert said.text.startswith("I cannot see pictures or hear voices: write what you did, also below a picture.")


async def test_a_slash_before_a_goal_is_a_log(chat: Talk) -> None:
    await planted(chat)
    assert "Run  4 km" in await chat.tell("/run 4")
    assert "I do not know /runn" in await chat.tell("/runn 4")


async def test_a_denial_that_resembles_a_goal_offers_to_skip_it(chat: Talk) -> None:
    await planted(chat)
    [said] = await chat.say("never made it to that gyym")
    assert said.buttons == ["⏭ Gym"]


async def test_words_without_a_number_about_a_limit_are_asked_about(chat: Talk) -> None:
    await planted(chat, "Calm (from 2026-10-01)\n  D: Coffee <= 2 cups\n")
    await chat.say("coffee 1")
    assert "how much in all?" in await chat.tell("coffee at 4pm")
