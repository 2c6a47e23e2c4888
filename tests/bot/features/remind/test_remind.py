"""/remind: prompts at a time of one's choosing, and everything that can be done with them."""

from __future__ import annotations

from datetime import UTC, datetime, time
from itertools import permutations

import pytest

from bot.telegram.callback import packed
from core.actions.reminders import add_check_in
from core.asking.reminders import MessageKind, Reminder
from core.asking.schedule import Schedule
from core.group.permissions import Actor
from tests.bot.conftest import Stage, Talk
from tests.bot.planting import planted
from tests.core.reminders import list_reminders

PLAN = "/plan Fit\n  D: Gym\n  D: Run = 5 km"
ADD = "Add one: /remind 21:00, /remind weekdays 8:30, or for one goal /remind gym 7:00. /remind off pauses them all."


async def reminders(talk: Talk) -> list[Reminder]:
    return await list_reminders(talk.stage.store, Actor.host(talk.chat_id))


async def check_ins(talk: Talk) -> list[str]:
    """The time, days and pause of each reminder, such as "20:00 0123456" or "07:00 024 paused"."""
    return [
        f"{result.schedule.at:%H:%M} {''.join(map(str, sorted(result.schedule.weekdays)))}{' paused' * result.paused}"
        for result in await reminders(talk)
        if result.kind is MessageKind.CHECK_IN
    ]


# --- adding ---


async def test_one_is_added_and_told_back(chat: Talk) -> None:
    await planted(chat)
    [said] = await chat.say("/remind 21:30")
    assert said.text == "⏰ I'll ask you every day at 21:30 how it went.\nNext: today."
    assert said.buttons == ["Change or delete"]
    assert await check_ins(chat) == ["21:30 0123456"]
    assert (await reminders(chat))[0].next_due == datetime(2026, 11, 23, 21, 30, tzinfo=UTC)


async def test_several_on_days_of_their_own(chat: Talk) -> None:
    await planted(chat)
    assert "on weekdays at 08:30 how it went.\nNext: tomorrow." in await chat.tell("/remind weekdays 8:30")
    assert "on Mon, Wed and Fri at 18:00" in await chat.tell("/remind mon wed fri 18:00")
    said = await chat.tell("/remind sundays 10:00")
    assert "every Sunday at 10:00 how it went. That is one more beside 08:30 and 18:00.\nNext: on Sun 29 Nov." in said
    assert "on weekends at 09:15" in await chat.tell("/remind weekends 9:15")
    assert await check_ins(chat) == ["08:30 01234", "18:00 024", "10:00 6", "09:15 56"]


async def test_about_one_goal_or_a_whole_branch(chat: Talk) -> None:
    nodes = await planted(chat)
    assert "I'll ask you about Gym every day at 07:00." in await chat.tell("/remind gym 7:00")
    assert "I'll ask you about Strength every Monday at 07:00." in await chat.tell("/remind 7:00 strength mon")
    assert [result.node_id for result in await reminders(chat)] == [nodes["Gym"].id, nodes["Strength"].id]


async def test_a_name_that_fits_two_goals_gives_buttons(chat: Talk) -> None:
    await planted(chat, "Fit (from 2026-10-01)\n  W: Strength\n    D: Walk home\n  D: Walk to work\n")
    [asked] = await chat.say("/remind walk weekdays 8:00")
    assert (asked.text, asked.buttons) == ("Which one is “walk”?", ["Walk home", "Walk to work"])
    assert await check_ins(chat) == []
    [said] = await chat.tap("Walk to work")
    assert said.edited
    assert "I'll ask you about Walk to work on weekdays at 08:00." in said.text
    await chat.again()
    assert await check_ins(chat) == ["08:00 01234"]


async def test_a_name_that_fits_none_gives_the_nearest(chat: Talk) -> None:
    await planted(chat)
    [asked] = await chat.say("/remind gim 7:00")
    assert asked.text == "I know no goal called “gim”. Did you mean one of these?"
    assert asked.buttons[0] == "Gym"
    assert "about Gym every day at 07:00" in (await chat.tap("Gym"))[0].text


async def test_a_name_is_unknown_if_there_are_no_goals(chat: Talk) -> None:
    assert await chat.tell("/remind gym 7:00") == (
        "I know no goal called “gym”. /tree shows your goals, /plan adds one."
    )
    assert await reminders(chat) == []


async def test_an_hour_alone_can_be_moved_to_the_evening(chat: Talk) -> None:
    await planted(chat)
    [said] = await chat.say("/remind at 8")
    assert "every day at 08:00" in said.text
    assert said.buttons == ["I meant 20:00", "Change or delete"]
    assert "Every day at 20:00 · next tomorrow" in (await chat.tap("I meant 20:00"))[0].text
    assert await check_ins(chat) == ["20:00 0123456"]


@pytest.mark.parametrize(
    ("first", "then", "stands", "offer"),
    [
        ("weekdays 8:30", "sat 8:30", ("on Mon, Tue, Wed, Thu, Fri and Sat", "012345"), "Only every Saturday"),
        ("weekdays 8:30", "weekends 8:30", ("every day", "0123456"), "Only on weekends"),
        ("8:30", "mon 8:30", ("every day", "0123456"), "Only every Monday"),
        ("mon 8:30", "every day 8:30", ("every day", "0123456"), None),
        ("gym mon 8:30", "gym tue 8:30", ("on Mon and Tue", "01"), "Only every Tuesday"),
    ],
)
async def test_the_same_time_again_unites_the_days_and_says_what_stands(
    chat: Talk, first: str, then: str, stands: tuple[str, str], offer: str | None
) -> None:
    await planted(chat)
    await chat.say(f"/remind {first}")
    [said] = await chat.say(f"/remind {then}")
    assert f"{stands[0]} at 08:30" in said.text
    assert "(There was one for that time; this is how it is now.)" in said.text
    assert said.buttons == [*([offer] if offer else []), "Change or delete"]
    assert await check_ins(chat) == [f"08:30 {stands[1]}"]


async def test_only_the_days_that_were_said_last_are_one_tap_away(chat: Talk) -> None:
    await planted(chat)
    await chat.say("/remind weekdays 8:30")
    await chat.say("/remind sat 8:30")
    assert "Every Saturday at 08:30" in (await chat.tap("Only every Saturday"))[0].text
    assert await check_ins(chat) == ["08:30 5"]


async def test_a_paused_one_goes_on_with_the_days_that_are_said(chat: Talk) -> None:
    await planted(chat)
    await chat.say("/remind weekdays 8:30")
    await chat.say("/remind off")
    await chat.say("/remind sat 8:30")
    assert await check_ins(chat) == ["08:30 5"]


async def test_another_time_than_the_default_is_instead_of_it_unless_it_is_kept(chat: Talk) -> None:
    await chat.say(PLAN)
    [said] = await chat.say("/remind 21:30")
    assert said.text.startswith(
        "⏰ I'll ask you every day at 21:30 how it went. That is instead of 20:00.\nNext: today."
    )
    assert said.buttons == ["Keep 20:00 too", "Change or delete"]
    assert await check_ins(chat) == ["21:30 0123456"]
    assert "every day at 20:00 how it went." in (await chat.tap("Keep 20:00 too"))[0].text
    assert await check_ins(chat) == ["21:30 0123456", "20:00 0123456"]


@pytest.mark.parametrize(
    ("said", "stand"),
    [
        (["20:00", "21:30"], ["20:00 0123456", "21:30 0123456"]),  # asked for by name, so no longer a default
        (["gym 7:00", "21:30"], ["07:00 0123456", "21:30 0123456"]),
        (["weekdays 21:00"], ["21:00 01234"]),
        (["weekdays 21:00", "9:00"], ["09:00 0123456", "21:00 01234"]),
        (["weekdays 20:00"], ["20:00 01234"]),
        (["gym 8:30"], ["08:30 0123456", "20:00 0123456"]),
        (["weekdays 8:30", "weekends 8:30", "20:00"], ["08:30 0123456", "20:00 0123456"]),
    ],
)
async def test_the_default_yields_to_the_first_reminder_for_all_goals_in_any_order(
    chat: Talk, stage: Stage, said: list[str], stand: list[str]
) -> None:
    for order in permutations(said):
        talk = stage.talk(f"Anna {order}")
        await talk.say(PLAN)
        for wish in order:
            await talk.say(f"/remind {wish}")
        assert sorted(await check_ins(talk)) == stand, order


async def test_another_one_says_that_it_stands_beside_the_first(chat: Talk) -> None:
    await chat.say(PLAN)
    assert "That is instead of 20:00." in await chat.tell("/remind weekdays 21:00")
    assert "That is one more beside 21:00." in await chat.tell("/remind 9:00")
    assert "beside" not in await chat.tell("/remind gym 7:00")


async def test_a_paused_default_gives_way_too(chat: Talk) -> None:
    await chat.say(PLAN)
    await chat.say("/remind off")
    await chat.say("/remind 21:30")
    assert await check_ins(chat) == ["21:30 0123456"]


async def test_the_reminders_of_one_branch_are_turned_off_and_on(chat: Talk) -> None:
    await planted(chat)
    await chat.say("/remind gym 7:00")
    await chat.say("/remind strength mon 8:00")
    await chat.say("/remind run 9:00")
    [said] = await chat.say("/remind gym off")
    assert said.text == "Paused: I will not ask about Gym on its own any more."
    assert await check_ins(chat) == ["07:00 0123456 paused", "08:00 0", "09:00 0123456"]
    assert await chat.tell("/remind gym off") == "I don't ask about Gym on its own: that is paused already."
    await chat.tap("Resume")
    await chat.say("/remind 21:30")
    off = "Paused: I will not ask about Strength on its own any more. It still comes up with all the others."
    assert await chat.tell("/remind strength off") == off
    assert await check_ins(chat) == ["07:00 0123456 paused", "08:00 0 paused", "09:00 0123456", "21:30 0123456"]
    assert (await chat.tell("/remind strength on")).startswith("I'll ask again, as it stands here.")
    assert "paused" not in str(await check_ins(chat))
    assert await chat.tell("/remind read off") == (
        "There is no reminder about Read 20 pages alone. /remind shows those that there are."
    )


async def test_a_branch_that_may_be_two_is_asked_for_and_others_goals_are_not_there(chat: Talk, stage: Stage) -> None:
    await planted(chat, "Fit (from 2026-10-01)\n  D: Walk home\n  D: Walk to work\n  D: Day off\n")
    await chat.say("/remind walk to work 8:00")
    [asked] = await chat.say("/remind walk off")
    assert (asked.text, asked.buttons) == ("Which one is “walk”?", ["Walk home", "Walk to work"])
    assert "about Walk to work on its own" in (await chat.tap("Walk to work"))[0].text
    assert await check_ins(chat) == ["08:00 0123456 paused"]
    assert "At what time shall I ask you about Day off?" in await chat.tell("/remind day off weekdays")
    assert (await chat.tell("/remind fnord off")).startswith("I know no goal called “fnord”.")
    theirs = await planted(stage.talk("Ben"))
    await chat.press(f"rem:f:{packed(theirs['Gym'].id)}")
    assert chat.toasts == ["That goal is not here (any more). /tree shows what there is."]


async def test_only_the_time_is_asked_for_when_it_is_all_that_lacks(chat: Talk) -> None:
    await planted(chat)
    [asked] = await chat.say("/remind gym weekdays")
    assert asked.text == "At what time shall I ask you about Gym? Tap, or type it:"
    assert asked.buttons == ["07:00", "08:00", "12:00", "18:00", "19:00", "20:00", "21:00", "22:00"]
    assert "about Gym on weekdays at 07:00" in (await chat.tap("07:00"))[0].text
    assert await chat.tell("/remind weekends") == "At what time shall I ask you on weekends? Tap, or type it:"
    assert "on weekends at 09:45" in await chat.tell("9:45")
    assert await check_ins(chat) == ["07:00 01234", "09:45 56"]


async def test_quiet_hours_and_an_unknown_zone_are_mentioned(chat: Talk) -> None:
    await chat.say("/settings quiet 22:00-7:00")
    assert await chat.tell("/remind 23:00") == (
        "⏰ I'll ask you every day at 23:00 how it went.\n"
        "Next: tomorrow at 07:00. (It waits until your quiet hours end.)\n"
        "That is by UTC until you tell me where you are: /settings zone Lisbon.\n"
        "There is nothing to ask about yet: /plan plants your first goal."
    )


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("25:00", "There is no time 25:00: hours go from 0:00 to 23:59, such as /remind 21:00."),
        ("gym 9:60", "There is no time 9:60: hours go from 0:00 to 23:59, such as /remind 21:00."),
        ("fnord", "I find no time in “fnord”. Write one such as /remind 21:00, or /remind gym 7:00 for one goal."),
        ("<b>", "I find no time in “<b>”. Write one such as /remind 21:00, or /remind gym 7:00 for one goal."),
        ("7 8", "One time for each reminder, please: /remind 8:00, then /remind 20:00."),
        (
            "every other day 9:00",
            "I can ask every day or on some weekdays, each week the same: /remind 21:00 or /remind mon wed fri 18:00.",
        ),
        (
            "on the 1st at 9:00",
            "I can ask every day or on some weekdays, each week the same: /remind 21:00 or /remind mon wed fri 18:00.",
        ),
        (
            "gym 31st 9:00",
            "I can ask every day or on some weekdays, each week the same: /remind 21:00 or /remind mon wed fri 18:00.",
        ),
        ("word " * 50, "That is too long for me. Write it like /remind mon wed fri 18:00."),
    ],
)
async def test_a_senseless_reminder_gets_one_sentence_and_changes_nothing(chat: Talk, said: str, answer: str) -> None:
    await planted(chat, "Fit (from 2026-10-01)\n  D: Gym\n")
    assert await chat.tell(f"/remind {said}") == answer
    assert await reminders(chat) == []


async def test_there_is_an_end_to_how_many(chat: Talk) -> None:
    await planted(chat)
    for minute in range(20):
        await add_check_in(chat.stage.store, Actor.host(chat.chat_id), Schedule(time(9, minute)), chat.stage.clock())
    assert await chat.tell("/remind 21:00") == "There are 20 reminders already: delete one first, with /remind."
    assert len((await chat.say("/remind"))[0].buttons) == 20
