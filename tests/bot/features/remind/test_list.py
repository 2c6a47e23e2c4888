"""The list of reminders, and its buttons."""

from __future__ import annotations

from tests.bot.conftest import Stage, Talk
from tests.bot.features.remind.test_remind import ADD, PLAN, check_ins, reminders


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
    digests = [result for result in await reminders(chat) if result.kind.digest_of]
    assert not any(result.paused for result in digests)
