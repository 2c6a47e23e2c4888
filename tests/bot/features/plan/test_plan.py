"""Planning: by an outline in one message, and by one question after the other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.actions.read import read_trees
from core.group.permissions import Actor
from tests.bot.conftest import MONDAY_EVENING, Stage, Talk

TODAY = MONDAY_EVENING.date()
MARATHON = """/plan Run a marathon (until 2027-04-30)
  Q: 600 km a quarter = 600 km sum
    M: 200 km a month = 200 km sum
      W: 50 km a week = 50 km sum
        D: Run = 5 km
        D: Stretch [mon wed fri] x2"""


async def outline(talk: Talk) -> str:
    return await talk.tell("/tree outline")


async def test_a_whole_tree_in_one_message(chat: Talk) -> None:
    planted = await chat.tell(MARATHON)
    assert planted.startswith(
        "🌱 Planted: Run a marathon\nRun a marathon (from 2026-11-23 until 2027-04-30)\n  Q: 600 km"
    )
    assert "Log the first thing: /log run 5, or tap through today with /log.\n\n⏰ I'll ask you" in planted
    assert "W  50 km a week" in await chat.tell("/log run 5")


async def test_the_same_title_extends_and_the_same_again_changes_nothing(chat: Talk) -> None:
    await chat.say(MARATHON)
    await chat.say("/plan run a marathon\n  D: Swim = 1 km")
    assert "🌿 Run a marathon: 1 goal added\n" in (await chat.tap("Apply"))[0].text
    await chat.say("/plan Run a marathon\n  D: Swim = 2 km")
    assert "Run a marathon: 1 goal changed" in (await chat.tap("Apply"))[0].text
    assert await chat.tell("/plan Run a marathon\n  D: Swim = 2 km") == (
        "Run a marathon: nothing new, it is as it was."
    )


async def test_the_outline_may_begin_on_the_next_line(chat: Talk) -> None:
    assert "Planted: A\n" in await chat.tell("/plan\n  A\n    D: Run\n    D: Read")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("/plan A\n  W: B = 0 km", ["line 2, column 3"]),
        ("/plan A\n  D: Run\n D: Swim", ["line 3, column 2"]),
        ("/plan\nA\n  X: Run", ["line 3, column 3"]),
        ("/plan A (until 2027-13-01)\n  D: Run", ["line 1, column 10"]),
    ],
)
async def test_faults_come_with_line_and_column(chat: Talk, text: str, places: list[str]) -> None:
    answer = await chat.tell(text)
    assert answer.startswith("Nothing was changed.")
    for place in places:
        assert f"• {place}: " in answer
    assert "nothing" in (await chat.tell("/tree")).lower() or "/plan" in chat.last[0].text


async def test_an_end_that_has_passed_is_called_so(chat: Talk) -> None:
    answer = await chat.tell("/plan Foo (until 2020-01-01)")
    assert "That day has passed: today is 2026-11-23." in answer
    assert "swap" not in answer


async def test_only_the_first_faults_are_shown(chat: Talk) -> None:
    answer = await chat.tell("/plan A\n" + "\n".join(f"  X: goal {n}" for n in range(8)))
    assert answer.count("•") == 5
    assert answer.endswith("… and 3 more.\n\nSend just the corrected line, or edit your message.")


async def test_a_fault_is_mended_by_editing_the_message(chat: Talk) -> None:
    assert "Nothing was changed" in await chat.tell("/plan A\n  X: Run")
    assert "Planted: A" in (await chat.edit("/plan A\n  D: Run"))[0].text


async def test_titles_are_shown_as_they_were_typed(chat: Talk) -> None:
    assert "Planted: <b>Fit & free</b>\n" in await chat.tell("/plan <b>Fit & free</b>\n  D: Run <i>\n  D: Read")


async def test_a_title_alone_is_a_vision_to_be_filled(chat: Talk) -> None:
    answer = await chat.say("/plan Learn Spanish (until 2027-05-12)")
    assert "It has no goals yet." in answer[0].text
    assert answer[0].buttons == ["Add goals to Learn Spanish"]
    await chat.tap("Add goals")
    await chat.say("Vocabulary")
    await chat.tap("That is all")
    assert "Learn Spanish: 1 goal added" in (await chat.tap("Plant it"))[0].text


async def test_the_guided_way_from_the_first_question_to_the_tree(chat: Talk) -> None:
    assert "What do you want to become true?" in await chat.tell("/plan")
    asked = await chat.say("Run a marathon")
    assert asked[0].text == "Run a marathon: until when? Tap, or type a date such as 30 April 2027."
    assert asked[0].buttons == ["End of 2026", "In 6 months", "In a year", "No end"]
    assert "One goal a line" in await chat.tell("30 April 2027")
    listed = await chat.say("Run = 5 km\nMeditate")
    assert "• Run = 5 km – daily\n• Meditate – daily" in listed[0].text
    assert "• Gym – daily" in await chat.tell("Gym")
    weekly = await chat.tap("Gym: weekly instead")
    assert weekly[0].edited
    assert "• Gym – weekly" in weekly[0].text
    aim = await chat.tap("That is all")
    assert aim[0].text.startswith("Shall Run add up to something?")
    assert aim[0].buttons == ["35 km a week", "150 km a month", "460 km a quarter", "No"]
    preview = await chat.say("50 km a week, 200 a month")
    assert preview[0].text == (
        "This is your tree:\n"
        "Run a marathon (until 2027-04-30)\n"
        "  M: Run 200 km a month = 200 km sum\n"
        "    W: Run 50 km a week = 50 km sum\n"
        "      D: Run = 5 km\n"
        "  D: Meditate\n"
        "  W: Gym"
    )
    assert preview[0].buttons == ["🌳 Plant it", "✏️ Goals", "📅 Date", "Start over", "Cancel"]
    planted = await chat.tap("Plant it")
    assert planted[0].edited
    assert planted[0].text.startswith("🌱 Planted: Run a marathon")
    assert (await chat.tell("meditate")).startswith("✅ Meditate")


async def test_it_survives_a_restart_at_every_step(chat: Talk, stage: Stage) -> None:
    for text in ("/plan", "Read more", "no end", "Read = 20 pages"):
        await chat.say(text)
        await stage.restart()
    await chat.tap("That is all")
    await stage.restart()
    await chat.tap("140 pages a week")
    await stage.restart()
    assert "Planted: Read more" in (await chat.tap("Plant it"))[0].text
    assert "  W: Read 140 pages a week = 140 pages sum\n    D: Read = 20 pages" in await outline(chat)


async def test_other_commands_in_between_leave_it_intact(chat: Talk) -> None:
    await chat.say("/plan")
    await chat.say("Fit")
    await chat.say("/help")
    await chat.say("/settings week sunday")
    await chat.say("/log")
    assert "One goal a line" in await chat.tell("in a year")


@pytest.mark.parametrize("word", ["done", "That is all.", "no more", "OK", "finish", "skip", "no"])
async def test_words_that_say_finished_go_on(chat: Talk, word: str) -> None:
    for text in ("/plan", "Fit", "no end", "Meditate"):
        await chat.say(text)
    assert "This is your tree:\nFit\n  D: Meditate" in await chat.tell(word)


async def test_a_goal_is_taken_off_the_list(chat: Talk) -> None:
    for text in ("/plan", "Fit"):
        await chat.say(text)
    assert "There is no such day as “2027-02-30”." in await chat.tell("2027-02-30")
    assert "Fit, until Fri, 31 Dec 2027." in await chat.tell("end of 2027")
    listed = await chat.say("Swimm, run 5 km")
    assert "• Swimm – daily\n• Run = 5 km – daily" in listed[0].text
    old = listed[0].raw["reply_markup"]["inline_keyboard"][0][1]["callback_data"]
    assert "• Swimm" not in (await chat.tap("✕"))[0].text
    assert await chat.press(old) == []
    assert "One goal a line" in (await chat.tap("✕"))[0].text


async def test_there_is_nothing_to_log_before_the_first_plan_is_planted(chat: Talk) -> None:
    await chat.say("/plan")
    await chat.say("Fit")
    answer = await chat.say("/log")
    assert answer[0].text.startswith("Nothing to log yet: your plan is under way. My question was:\n\nFit: until when?")
    assert "No end" in answer[0].buttons


async def test_a_check_off_in_between_is_logged_and_the_question_stays(chat: Talk) -> None:
    await chat.say(MARATHON)
    await chat.say("/plan")
    for text in ("run 5", "stretch"):
        logged = await chat.say(text)
        assert logged[0].text.startswith(f"✅ {text.split()[0].title()}")
        assert logged[1].text == "Your plan is still open: answer my last question to go on, or /cancel."
    assert "Fit: until when?" in await chat.tell("Fit")
    await chat.tap("No end")
    assert (await chat.say("run 3"))[0].text.startswith("✅ Run")
    assert "• Run = 3 km – daily" in await chat.tell("Run = 3 km")
    assert "• Running shoes – daily" in await chat.tell("Running shoes")


async def test_a_plan_that_was_begun_two_weeks_ago_has_lapsed(chat: Talk, stage: Stage) -> None:
    await chat.say(MARATHON)
    await chat.say("/plan")
    stage.clock.advance(timedelta(days=13))
    assert "Fit: until when?" in await chat.tell("Fit")
    stage.clock.advance(timedelta(days=14, hours=1))
    assert "did not find a goal" in await chat.tell("tomorrow maybe")
    assert await chat.tell("/cancel") == "There is nothing to cancel."


async def test_a_date_that_is_none_or_past_is_asked_again(chat: Talk) -> None:
    await chat.say("/plan")
    await chat.say("Fit")
    assert "cannot read “soon-ish” as a date" in await chat.tell("soon-ish")
    assert "“2020-01-01” is not ahead: today is Mon, 23 Nov 2026." in await chat.tell("2020-01-01")
    assert "One goal a line" in (await chat.tap("End of 2026"))[0].text


async def test_an_impossible_goal_is_refused_and_the_question_stays(chat: Talk) -> None:
    await chat.say("/plan")
    await chat.say("Fit")
    await chat.tap("No end")
    assert "“Run = km”: " in await chat.tell("Run = km\nSwim")
    assert "• Swim – daily" in await chat.tell("Swim")
    await chat.say("Run = 5 km")
    await chat.tap("That is all")
    assert "a number above zero" in await chat.tell("lots")
    assert "a number above zero" in await chat.tell("-5")
    assert "W: Run 12.5 km a week" in await chat.tell("12.5 km")


async def test_starting_over_and_cancelling(chat: Talk) -> None:
    await chat.say("/plan")
    await chat.say("Fit")
    await chat.tap("No end")
    await chat.say("Run")
    await chat.tap("That is all")
    assert "What do you want" in (await chat.tap("Start over"))[0].text
    await chat.say("Fitter")
    assert await chat.tell("/cancel") == "Cancelled. Nothing was changed."
    assert await chat.tell("/cancel") == "There is nothing to cancel."
    assert await chat.press("plan:plant") == []
    assert chat.toasts == ["These questions are over. /plan begins anew."]
    assert await read_trees(chat.stage.store, Actor.host(chat.chat_id), TODAY) == []


async def test_a_tap_that_comes_twice_plants_once(chat: Talk) -> None:
    for text in ("/plan", "Fit", "no end", "Run"):
        await chat.say(text)
    await chat.tap("That is all")
    await chat.tap("Plant it")
    assert await chat.again() == []
    assert len(await read_trees(chat.stage.store, Actor.host(chat.chat_id), TODAY)) == 1


async def test_in_a_group_each_has_their_own_questions(stage: Stage) -> None:
    anna, bob = stage.group("Friends", "Anna"), stage.group("Friends", "Bob")
    asked = await anna.say("/plan")
    assert "as a reply" in asked[0].text
    question = asked[0].raw["message_id"]
    assert await anna.say("Hike together") == []
    assert await bob.say("Something else", reply_to=question) == []
    assert "Hike together: until when?" in (await anna.say("Hike together", reply_to=question))[0].text


async def test_a_yes_to_the_preview_plants(chat: Talk) -> None:
    await chat.say("/plan")
    for answer in ("Learn Spanish", "no end", "speak with Maria once a week", "done"):
        preview = await chat.tell(answer)
    assert preview == "This is your tree:\nLearn Spanish\n  W: Speak with Maria"
    assert (await chat.tell("hm?")).endswith(f"changes it.\n\n{preview}")
    assert (await chat.tell("Yes!")).startswith("🌱 Planted: Learn Spanish")
