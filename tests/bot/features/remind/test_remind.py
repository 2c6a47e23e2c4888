"""/remind: being asked at a time of one's choosing, and all that may be done about it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from itertools import permutations

import pytest

from bot.telegram.callback import packed
from core.actions.reminders import add_check_in, delete_reminder, list_reminders
from core.asking.reminders import MessageKind, Reminder
from core.asking.schedule import Schedule
from core.goals.terms import ALL_WEEK
from core.group.permissions import Actor
from tests.bot.conftest import Stage, Talk
from tests.bot.features.start.test_start import owner
from tests.bot.planting import planted

PLAN = "/plan Fit\n  D: Gym\n  D: Run = 5 km"
ADD = "Add one: /remind 21:00, /remind weekdays 8:30, or for one goal /remind gym 7:00. /remind off pauses them all."


async def reminders(talk: Talk) -> list[Reminder]:
    return await list_reminders(talk.stage.store, Actor.host(talk.chat_id))


async def check_ins(talk: Talk) -> list[str]:
    """Time, days and pause of each, such as "20:00 0123456" or "07:00 024 paused"."""
    return [
        f"{found.schedule.at:%H:%M} {''.join(map(str, sorted(found.schedule.weekdays)))}{' paused' * found.paused}"
        for found in await reminders(talk)
        if found.kind is MessageKind.CHECK_IN
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
    assert [found.node_id for found in await reminders(chat)] == [nodes["Gym"].id, nodes["Strength"].id]


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


async def test_without_goals_a_name_is_told_to_be_unknown(chat: Talk) -> None:
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
        (["20:00", "21:30"], ["20:00 0123456", "21:30 0123456"]),  # asked for by name: no default now
        (["gym 7:00", "21:30"], ["07:00 0123456", "21:30 0123456"]),
        (["weekdays 21:00"], ["21:00 01234"]),
        (["weekdays 21:00", "9:00"], ["09:00 0123456", "21:00 01234"]),
        (["weekdays 20:00"], ["20:00 01234"]),
        (["gym 8:30"], ["08:30 0123456", "20:00 0123456"]),
        (["weekdays 8:30", "weekends 8:30", "20:00"], ["08:30 0123456", "20:00 0123456"]),
    ],
)
async def test_the_default_gives_way_to_the_first_for_all_goals_in_whatever_order(
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


async def test_quiet_hours_and_an_unknown_zone_are_told(chat: Talk) -> None:
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
async def test_what_cannot_be_meant_gets_one_sentence_and_changes_nothing(chat: Talk, said: str, answer: str) -> None:
    await planted(chat, "Fit (from 2026-10-01)\n  D: Gym\n")
    assert await chat.tell(f"/remind {said}") == answer
    assert await reminders(chat) == []


async def test_there_is_an_end_to_how_many(chat: Talk) -> None:
    await planted(chat)
    for minute in range(20):
        await add_check_in(chat.stage.store, Actor.host(chat.chat_id), Schedule(time(9, minute)), chat.stage.clock())
    assert await chat.tell("/remind 21:00") == "There are 20 reminders already: delete one first, with /remind."
    assert len((await chat.say("/remind"))[0].buttons) == 20


# --- the list ---


async def test_without_any_it_says_how_to_add_one(chat: Talk) -> None:
    assert (
        await chat.tell("/remind") == f"You have no reminders.\n\n{ADD.removesuffix(' /remind off pauses them all.')}"
    )


async def test_the_list_goes_by_time_and_holds_the_digests(chat: Talk) -> None:
    await chat.say(PLAN)
    await chat.say("/remind gym mon wed 7:00")
    [shown] = await chat.say("/remind")
    assert shown.text == (
        "Your reminders\n"
        "⏰ On Mon and Wed at 07:00 · Gym · next on Wed 25 Nov\n"
        "⏰ Every day at 20:00 · next tomorrow\n"
        "📊 Weekly digest · Every Monday at 10:00 · next on Mon 30 Nov\n"
        "📊 Quarterly digest · On the first day of each quarter at 10:00 · next on Fri 1 Jan\n"
        "📊 Yearly digest · On the first day of each year at 10:00 · next on Fri 1 Jan\n\n"
        f"{ADD}"
    )
    assert shown.buttons == ["07:00 · Gym", "20:00 · every day", "Weekly digest", "Quarterly digest", "Yearly digest"]


async def test_one_is_paused_resumed_and_deleted(chat: Talk) -> None:
    await chat.say(PLAN)
    await chat.say("/remind")
    [menu] = await chat.tap("20:00 · every day")
    assert (menu.edited, menu.text) == (True, "⏰ Every day at 20:00 · next tomorrow")
    assert menu.buttons == ["Change", "Pause", "Delete", "« All reminders"]
    assert (await chat.tap("Pause"))[0].text == "⏸ Every day at 20:00 · paused"
    assert await check_ins(chat) == ["20:00 0123456 paused"]
    assert "⏰ Every day at 20:00" in (await chat.tap("Resume"))[0].text
    [left] = await chat.tap("Delete")
    assert left.text.startswith("Deleted: every day at 20:00.\n\nYour reminders\n📊 Weekly digest")
    assert await check_ins(chat) == []


async def test_a_time_is_changed_by_a_tap_or_by_typing(chat: Talk, stage: Stage) -> None:
    await chat.say(PLAN)
    await chat.say("/remind")
    await chat.tap("20:00 · every day")
    [asked] = await chat.tap("Change")
    assert asked.text.endswith("When instead? Tap, or type it, such as weekdays 8:30.")
    assert (await chat.tap("22:00"))[0].text == "Changed.\n\n⏰ Every day at 22:00 · next today"
    await chat.tap("Change")
    await chat.tap("On weekdays")
    assert await check_ins(chat) == ["22:00 01234"]
    await chat.tap("Change")
    await stage.restart()
    assert await chat.tell("soon") == "I need a time, such as 21:00 or weekdays 8:30. /cancel leaves it as it is."
    assert "There is no time 25:00" in await chat.tell("25:00")
    assert await chat.tell("weekends 9:30") == "Changed.\n\n⏰ On weekends at 09:30 · next on Sat 28 Nov"
    assert await check_ins(chat) == ["09:30 56"]
    assert "did not find a goal" in await chat.tell("21:00")  # the question is over


async def test_a_check_off_meanwhile_is_logged_and_the_question_stays(chat: Talk) -> None:
    await chat.say(PLAN)
    await chat.say("/remind")
    await chat.tap("20:00 · every day")
    await chat.tap("Change")
    assert (await chat.tell("run 5")).startswith("✅ Run  5 km")
    assert "Every day at 21:15" in await chat.tell("21:15")


async def test_a_question_can_be_left(chat: Talk) -> None:
    await chat.say(PLAN)
    await chat.say("/remind")
    await chat.tap("20:00 · every day")
    await chat.tap("Change")
    assert await chat.tell("/cancel") == "Cancelled. Nothing was changed."
    assert "did not find a goal" in await chat.tell("21:15")
    await chat.tap("« Back")
    assert await check_ins(chat) == ["20:00 0123456"]


async def test_digests_are_changed_there_too(chat: Talk) -> None:
    await chat.say(PLAN)
    await chat.say("/remind")
    await chat.tap("Weekly digest")
    [asked] = await chat.tap("Change")
    assert asked.buttons[-5:] == ["Friday", "Saturday", "Sunday", "Monday", "« Back"]
    assert "one day: name one" in await chat.tell("weekdays 18:00")
    assert "Weekly digest · Every Friday at 18:00 · next on Fri 27 Nov" in await chat.tell("friday 18:00")
    await chat.say("/remind")
    await chat.tap("Quarterly digest")
    await chat.tap("Change")
    assert "give me a time only" in await chat.tell("friday 18:00")
    assert "On the last day of each quarter at 18:30" in await chat.tell("18:30")
    assert await check_ins(chat) == ["20:00 0123456"]


async def test_all_check_ins_are_turned_off_and_on(chat: Talk) -> None:
    await chat.say(PLAN)
    await chat.say("/remind gym 7:00")
    assert await chat.tell("/remind off") == (
        "Your 2 reminders are paused: I will not ask. /remind on brings them back."
    )
    assert await chat.tell("/remind off") == "They are paused already. /remind on brings them back."
    assert await check_ins(chat) == ["20:00 0123456 paused", "07:00 0123456 paused"]
    back = await chat.tell("/remind on")
    assert back.startswith("I'll ask again, as it stands here.\n\nYour reminders\n⏰ Every day at 07:00 · Gym")
    assert await check_ins(chat) == ["20:00 0123456", "07:00 0123456"]
    digests = [found for found in await reminders(chat) if found.kind.digest_of]
    assert not any(found.paused for found in digests)


# --- the first one ---

FIRST = "⏰ I'll ask you every day at 20:00 how it went. /remind changes that."
BY_UTC = (
    "⏰ I'll ask you every day at 20:00 how it went, by UTC until you tell me where you are: "
    "/settings zone Lisbon. /remind changes the time."
)


async def test_the_first_plan_brings_one_and_says_so_once(chat: Talk) -> None:
    await chat.say("/settings zone Berlin")
    assert (await chat.tell(PLAN)).endswith(f"tap through today with /log.\n\n{FIRST}")
    assert "I'll ask" not in await chat.tell("/plan Read\n  D: A page")
    [found] = [r for r in await reminders(chat) if r.kind is MessageKind.CHECK_IN]
    assert found.next_due == datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


async def test_where_the_zone_is_unknown_it_goes_by_utc_and_moves_when_it_is_told(chat: Talk) -> None:
    assert (await chat.tell(PLAN)).endswith(BY_UTC)
    said = await chat.tell("/settings zone Tokyo")
    assert said.endswith("Your next reminder comes today at 20:00.")
    [found] = [r for r in await reminders(chat) if r.kind is MessageKind.CHECK_IN]
    assert found.next_due == datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


async def test_it_does_not_come_again_after_all_were_deleted(chat: Talk, stage: Stage) -> None:
    await chat.say(PLAN)
    for found in await reminders(chat):
        await delete_reminder(stage.store, Actor.host(chat.chat_id), found.id, stage.clock())
    assert "I'll ask" not in await chat.tell("/plan Read\n  D: A page")
    assert await reminders(chat) == []


async def test_someone_who_set_one_up_before_the_first_plan_keeps_to_that(chat: Talk) -> None:
    await chat.say("/remind 21:00")
    assert "I'll ask" not in await chat.tell(PLAN)
    assert await check_ins(chat) == ["21:00 0123456"]
    shown = await chat.tell("/remind")
    assert "📊 Weekly digest · Every Monday at 10:00" in shown
    assert "📊 Quarterly digest · On the first day of each quarter at 10:00" in shown


@pytest.mark.parametrize(
    ("before", "comes"),
    [
        (
            "/settings weekly friday 18:00",
            ["check_in 20:00", "quarterly_digest 10:00", "weekly_digest 18:00", "yearly_digest 10:00"],
        ),
        ("/settings weekly off", ["check_in 20:00", "quarterly_digest 10:00", "yearly_digest 10:00"]),
        ("/settings quarterly off", ["check_in 20:00", "weekly_digest 10:00", "yearly_digest 10:00"]),
        (
            "/settings monthly on",
            [
                "check_in 20:00",
                "monthly_digest 10:00",
                "quarterly_digest 10:00",
                "weekly_digest 10:00",
                "yearly_digest 10:00",
            ],
        ),
        (
            "/settings monthly off",
            ["check_in 20:00", "quarterly_digest 10:00", "weekly_digest 10:00", "yearly_digest 10:00"],
        ),
        ("/remind off", ["quarterly_digest 10:00", "weekly_digest 10:00", "yearly_digest 10:00"]),
        (
            "/remind weekdays 8:00",
            ["check_in 08:00", "quarterly_digest 10:00", "weekly_digest 10:00", "yearly_digest 10:00"],
        ),
    ],
)
async def test_the_first_plan_brings_what_was_not_set_or_turned_off_before(
    chat: Talk, before: str, comes: list[str]
) -> None:
    await chat.say(before)
    await chat.say(PLAN)
    await chat.say("/plan Read\n  D: A page")
    going = [found for found in await reminders(chat) if not found.paused]
    assert sorted(f"{found.kind} {found.schedule.at:%H:%M}" for found in going) == comes


async def test_what_was_turned_off_before_the_first_plan_can_be_taken_up(chat: Talk) -> None:
    assert await chat.tell("/remind off") == "You have no reminders, so nothing comes. /remind 21:00 adds one."
    assert await chat.tell("/remind off") == "They are paused already. /remind on brings them back."
    assert "I'll ask" not in await chat.tell(PLAN)
    assert "⏰ Every day at 20:00" in await chat.tell("/remind on")
    await chat.say("/settings weekly off")
    assert "Digests: weekly (every Monday at 10:00)" in await chat.tell("/settings weekly on")


async def test_a_vision_without_goals_does_not_bring_it(chat: Talk) -> None:
    assert "I'll ask" not in await chat.tell("/plan Fit")
    assert await reminders(chat) == []
    assert "I'll ask" in (await chat.say(PLAN))[0].text


async def test_the_guided_plan_brings_it(chat: Talk) -> None:
    await chat.say("/start")
    await chat.tap("London")
    for words in ("Run a marathon", "no end", "run 5 km", "done"):
        await chat.say(words)
    if "Plant it" not in str(chat.last[-1].buttons):
        await chat.say("no")
    assert FIRST in (await chat.tap("Plant it"))[0].text
    assert await check_ins(chat) == ["20:00 0123456"]


async def test_a_document_brings_it_unless_it_has_reminders_itself(chat: Talk, stage: Stage) -> None:
    await chat.say(PLAN)
    await chat.say("/remind mon 7:00")
    document = json.loads(chat.content((await chat.say("/export json"))[0]))
    ben = stage.talk("Ben")
    said = (await ben.send("goaltree.json", json.dumps(document).encode()))[0].text
    assert said == "📥 Imported: 3 goals added, reminders taken over. /tree shows it, /undo takes it back."
    assert await check_ins(ben) == await check_ins(chat)
    del document["reminders"]
    clara = stage.talk("Clara")
    assert (await clara.send("goaltree.json", json.dumps(document).encode()))[0].text.endswith(BY_UTC)
    again = (await clara.send("goaltree.json", json.dumps(document).encode()))[0].text
    assert again == "Nothing to do: everything in this file is here already."


async def test_in_a_group_they_are_its_rounds(stage: Stage) -> None:
    friends = stage.group()
    await planted(friends)
    assert "⏰ I'll ask everyone here every day at 20:00 how it went." in await friends.tell("/plan Read\n  D: A page")
    assert "That is instead of 20:00." in await friends.tell("/remind 8:00")
    await friends.tap("Keep 20:00 too")
    rounds = [one.schedule.at.hour for one in await reminders(friends) if one.kind is MessageKind.CHECK_IN]
    assert sorted(rounds) == [8, 20]


async def test_what_is_set_up_here_is_what_comes(chat: Talk) -> None:
    await chat.say(PLAN)
    await chat.say("/remind gym 7:00")
    assert await chat.until(datetime(2026, 11, 24, 6, 59, tzinfo=UTC)) == []
    [morning] = await chat.until(datetime(2026, 11, 24, 7, 0, tzinfo=UTC))
    assert "Gym" in str(morning.buttons)
    assert "Run" not in str(morning.buttons)
    await chat.say("/remind off")
    assert await chat.until(datetime(2026, 11, 25, 12, 0, tzinfo=UTC)) == []
    await chat.say("/remind on")
    [evening] = await chat.until(datetime(2026, 11, 25, 21, 0, tzinfo=UTC))
    assert "Run" in str(evening.buttons)


# --- buttons that are not what they were ---

GONE = "That reminder is not here any more. /remind shows those that there are."


@pytest.mark.parametrize("verb", ["m:{id}", "c:{id}", "p:{id}", "r:{id}", "d:{id}", "t:{id}:2100", "w:{id}:3j"])
async def test_a_button_of_a_deleted_reminder_says_so(chat: Talk, verb: str) -> None:
    await chat.say(PLAN)
    await chat.say("/remind 21:30")
    [*_, mine] = await reminders(chat)
    await delete_reminder(chat.stage.store, Actor.host(chat.chat_id), mine.id, chat.stage.clock())
    before = await reminders(chat)
    assert await chat.press("rem:" + verb.format(id=packed(mine.id))) == []
    assert chat.toasts == [GONE]
    assert await reminders(chat) == before


@pytest.mark.parametrize("verb", ["m:{id}", "c:{id}", "p:{id}", "r:{id}", "d:{id}", "t:{id}:2100", "w:{id}:3"])
async def test_another_chats_reminder_is_not_there(stage: Stage, chat: Talk, verb: str) -> None:
    ben = stage.talk("Ben")
    await ben.say(PLAN)
    theirs = await reminders(ben)
    await chat.say("/start")
    await chat.press("rem:" + verb.format(id=packed(theirs[-1].id)))
    assert chat.toasts == [GONE]
    assert await reminders(ben) == theirs


async def test_an_answer_about_a_reminder_deleted_meanwhile_says_so(chat: Talk) -> None:
    await chat.say("/remind 21:30")
    await chat.tap("Change or delete")
    await chat.tap("Change")
    [mine] = await reminders(chat)
    await delete_reminder(chat.stage.store, Actor.host(chat.chat_id), mine.id, chat.stage.clock())
    assert await chat.tell("22:00") == GONE
    assert "Hello, Anna!" in await chat.tell("22:00")


async def test_another_chats_goal_makes_no_reminder(stage: Stage, chat: Talk) -> None:
    theirs = await planted(stage.talk("Ben"))
    await chat.say("/start")
    await chat.press(f"rem:n:{packed(theirs['Gym'].id)}:3j:2100")
    assert chat.toasts == ["That goal is not here (any more). /tree shows what there is."]
    assert await reminders(chat) == []


@pytest.mark.parametrize(
    "data",
    [
        *("rem", "rem:", "rem:x", "rem:n", "rem:n:0:0:2100", "rem:n:0:3k:2100", "rem:n:0:3j:2460", "rem:n:0:3j:9:00"),
        *(
            "rem:n:-1:3j:2100",
            "rem:t:1",
            "rem:t:1:21:00",
            "rem:w:1:zz",
            "rem:d:",
            "rem:d:1:1",
            "rem:m:\u0661",
            "rem:f",
            "rem:b:x",
        ),
    ],
)
async def test_a_forged_button_is_answered_and_changes_nothing(chat: Talk, data: str) -> None:
    await chat.say(PLAN)
    before = await reminders(chat)
    await chat.press(data)
    assert chat.toasts
    assert await reminders(chat) == before


async def test_all_the_week_is_what_the_forged_buttons_above_say() -> None:
    assert packed(sum(1 << day for day in ALL_WEEK)) == "3j"


async def test_the_owner_is_marked_once_the_first_plan_brought_its_reminders(chat: Talk) -> None:
    await chat.say("/remind 21:00")
    assert not (await owner(chat)).defaults_given
    await chat.say(PLAN)
    assert (await owner(chat)).defaults_given
