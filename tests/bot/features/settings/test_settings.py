"""Changing the zone, the start of the day and the week, the language, quiet hours and digests."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from core.asking.reminders import Reminder
from core.asking.schedule import Schedule
from core.goals.model import Level, QuietHours
from core.group.permissions import Actor
from tests.bot.conftest import Stage, Talk
from tests.bot.features.start.test_start import owner
from tests.core.reminders import list_reminders


async def test_they_are_shown(chat: Talk) -> None:
    shown = await chat.say("/settings")
    assert shown[0].text == (
        "Settings\n"
        "Time zone: UTC, where it is 21:00\n"
        "The day starts at 00:00\n"
        "The week starts on Monday\n"
        "Language and numbers: English\n"
        "No quiet hours\n"
        "No second reminder\n"
        "No digests"
    )
    assert shown[0].buttons == ["Time zone", "Day start", "Week start", "Quiet hours", "Second reminder", "Digests"]


async def test_by_buttons(chat: Talk) -> None:
    await chat.say("/settings")
    assert (await chat.tap("Week start"))[0].buttons == ["Monday", "Saturday", "Sunday", "« Back"]
    assert "The week starts on Sunday" in (await chat.tap("Sunday"))[0].text
    await chat.tap("Day start")
    assert "counts for the day before" in (await chat.tap("04:00"))[0].text
    await chat.tap("Day start")
    assert (await chat.tap("Back"))[0].text.startswith("Settings\n")
    await chat.tap("Time zone")
    assert "Paris" in await chat.tell("Paris")
    settings = await owner(chat)
    assert (settings.timezone, settings.day_start, settings.week_start) == ("Europe/Paris", time(4), 6)


async def test_by_words(chat: Talk) -> None:
    assert "in Berlin, Germany" in await chat.tell("/settings zone Berlin")
    assert "The day starts at 04:30" in await chat.tell("/settings day 04:30")
    assert "The day starts at 05:00" in await chat.tell("/settings day starts at 5am")
    assert "The week starts on Sunday" in await chat.tell("/settings week sun")
    assert "Language and numbers: Deutsch" in await chat.tell("/settings language de")
    assert "Language and numbers: English" in await chat.tell("/settings language en")


async def test_a_senseless_setting_is_refused_and_changes_nothing(chat: Talk) -> None:
    await chat.say("/start")
    before = await owner(chat)
    assert "“25:00” makes no sense to me here." in await chat.tell("/settings day 25:00")
    assert "“someday” makes no sense" in await chat.tell("/settings week someday")
    assert "“klingon” makes no sense" in await chat.tell("/settings language klingon")
    assert "/settings zone Lisbon" in await chat.tell("/settings colour blue")
    assert await chat.tell("/settings day 13:00") == "The day can start between 00:00 and 12:00."
    assert "I do not know a place" in await chat.tell("/settings zone Atlantis-on-Sea")
    assert await owner(chat) == before


async def test_quiet_hours(chat: Talk) -> None:
    assert "Quiet hours from 22:00 to 07:00" in await chat.tell("/settings quiet 22:00-7:00")
    assert (await owner(chat)).quiet == QuietHours(time(22), time(7))
    assert "Quiet hours from 23:30 to 08:00" in await chat.tell("/settings quiet hours from 11:30pm to 8am")
    assert "No quiet hours" in await chat.tell("/settings quiet off")
    await chat.tap("Quiet hours")
    assert "Quiet hours from 23:00 to 07:00" in (await chat.tap("23:00 – 07:00"))[0].text
    await chat.tap("Quiet hours")
    assert "No quiet hours" in (await chat.tap("Off"))[0].text
    assert (await owner(chat)).quiet is None


async def test_quiet_hours_move_the_reminder_that_falls_into_them(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Run = 5 km")
    await chat.say("/settings quiet 19:30-21:00")
    assert "⏰ Every day at 20:00 · next tomorrow at 21:00" in await chat.tell("/remind")


async def test_the_second_reminder(chat: Talk) -> None:
    assert "A second reminder 2 h after the first" in await chat.tell("/settings nudge 2h")
    assert "A second reminder 1 h 30 min after the first" in await chat.tell("/settings nudge 90 min")
    assert (await owner(chat)).nudge_after == timedelta(minutes=90)
    assert await chat.tell("/settings nudge 13h") == (
        "A second reminder can come 15 minutes to 12 hours after the first."
    )
    assert (await owner(chat)).nudge_after == timedelta(minutes=90)
    assert "No second reminder" in await chat.tell("/settings nudge off")
    await chat.tap("Second reminder")
    assert "A second reminder 30 min after" in (await chat.tap("30 min"))[0].text


async def digests(chat: Talk) -> dict[Level, Reminder]:
    result = await list_reminders(chat.stage.store, Actor.host(chat.chat_id))
    return {reminder.kind.digest_of: reminder for reminder in result if reminder.kind.digest_of}


async def test_digests_by_words(chat: Talk) -> None:
    assert "Digests: weekly (every Sunday at 19:00)" in await chat.tell("/settings weekly sunday 19:00")
    assert "weekly (every Friday at 19:00)" in await chat.tell("/settings weekly friday")
    assert "weekly (every Friday at 18:30)" in await chat.tell("/settings weekly 6:30pm")
    assert "monthly (10:00)" in await chat.tell("/settings monthly on")
    assert "monthly (08:15)" in await chat.tell("/settings monthly at 8:15")
    assert "monthly (08:15), quarterly (18:30)" in await chat.tell("/settings quarterly 18:30")
    assert "Digests: monthly (08:15), quarterly (18:30)" in await chat.tell("/settings weekly off")
    report = await digests(chat)
    assert report[Level.WEEKLY].paused
    assert report[Level.MONTHLY].schedule == Schedule(time(8, 15), end_of=Level.MONTHLY)
    assert "weekly (every Friday at 18:30)" in await chat.tell("/settings weekly on")


async def test_digests_by_buttons(chat: Talk) -> None:
    await chat.say("/settings")
    [which] = await chat.tap("Digests")
    assert which.buttons == ["Weekly", "Monthly", "Quarterly", "Yearly", "« Back"]
    await chat.tap("Weekly")
    assert "weekly (every Saturday at 10:00)" in (await chat.tap("Saturday"))[0].text
    await chat.tap("Digests")
    await chat.tap("Weekly")
    assert "weekly (every Saturday at 21:00)" in (await chat.tap("21:00"))[0].text
    await chat.tap("Digests")
    await chat.tap("Monthly")
    assert "monthly (10:00)" in (await chat.tap("On"))[0].text
    await chat.tap("Digests")
    await chat.tap("Weekly")
    assert "Digests: monthly (10:00)" in (await chat.tap("Off"))[0].text


async def test_nonsense_about_reminders_is_refused_and_changes_nothing(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Run = 5 km")
    before = await owner(chat), await digests(chat)
    for value, words in (
        ("quiet soon", "“soon” makes no sense to me here. When shall I keep quiet?"),
        ("quiet 25-7", "“25-7” makes no sense to me here."),
        ("quiet 7-7", "“7-7” makes no sense to me here."),
        ("nudge 2", "“2” makes no sense to me here. If something is still open"),
        ("nudge tomorrow", "“tomorrow” makes no sense to me here."),
        ("weekly 25:00", "“25:00” makes no sense to me here. When shall the weekly digest come?"),
        ("weekly weekdays 19:00", "“weekdays 19:00” makes no sense to me here."),
        ("monthly friday", "“friday” makes no sense to me here. The monthly digest comes when the month is over"),
        ("quarterly <b>", "“<b>” makes no sense to me here."),
        ("digests decade", "“decade” makes no sense to me here."),
    ):
        assert (await chat.tell(f"/settings {value}")).startswith(words), value
    assert (await owner(chat), await digests(chat)) == before


@pytest.mark.parametrize("data", ["set:quiet:99-1", "set:nudge:x", "set:weekly:25:00", "set:monthly:mon", "set:nope:1"])
async def test_a_forged_setting_changes_nothing(chat: Talk, data: str) -> None:
    await chat.say("/settings")
    before = await owner(chat)
    await chat.press(data)
    assert (await owner(chat), await digests(chat)) == (before, {})


async def test_a_changed_zone_tells_when_the_next_reminder_comes(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Run = 5 km")
    assert (await chat.tell("/settings zone Tokyo")).endswith("Your next reminder comes today at 20:00.")
    assert (await chat.tell("/settings zone New York")).endswith("Your next reminder comes today at 20:00.")
    # The clock jumps over this evening's 20:00.
    assert (await chat.tell("/settings zone London")).endswith("Your reminder comes now.")
    await chat.say("/remind off")
    assert (await chat.tell("/settings zone Paris")).endswith("Your next digest comes on Mon 30 Nov at 10:00.")


async def test_a_message_after_quiet_hours_is_not_promised_for_now(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Run = 5 km")
    await chat.say("/settings zone New York")
    await chat.say("/settings quiet 20:30 7:00")
    # The clock jumps over 20:00 into quiet hours: after those the day is over, and a prompt useless.
    assert (await chat.tell("/settings zone London")).endswith("Your next reminder comes tomorrow at 20:00.")
    await chat.say("/settings zone New York")
    await chat.say("/remind off")
    await chat.say("/settings weekly digest monday 20:00")
    assert (await chat.tell("/settings zone London")).endswith("Your next digest comes tomorrow at 07:00.")


async def test_an_unknown_zone_gets_the_nearest(chat: Talk) -> None:
    assert (await chat.say("/settings zone Lisbonn"))[0].buttons == ["Lisbon · 21:00"]
    assert (await chat.say("/settings zone Europe/Berln"))[0].buttons == ["Berlin · 22:00"]
    assert (await owner(chat)).timezone == "UTC"


async def test_a_group_has_settings_of_its_own_and_no_persons(stage: Stage) -> None:
    friends = stage.group()
    [shown] = await friends.say("/settings")
    assert "quiet" not in shown.text
    typed = await friends.tell("/settings fruit")
    assert "quiet" not in typed
    assert "/settings round 20:00" in typed
    assert shown.buttons == [
        "Time zone", "Day start", "Week start", "Round", "Deadline", "Digests", "Board", "Who may plan",
    ]  # fmt: skip
    assert "Digests: weekly (every Monday at 10:00)" in await friends.tell("/settings weekly on")
    await friends.press("set:quiet:22:00-07:00")
    assert friends.toasts == ["That is for your private chat with me: send it there."]
    assert (await owner(friends)).quiet is None


async def test_the_day_start_decides_what_is_today(chat: Talk, stage: Stage) -> None:
    await chat.say("/plan Fit\n  D: Run = 5 km")
    await chat.say("/settings day 04:00")
    stage.clock.set(datetime(2026, 11, 24, 2, 30, tzinfo=UTC))
    await chat.say("/log run 5")
    entries = await stage.store.read(
        lambda tx: [entry for v in tx.trees.visions_of(1) for entry in tx.entries.of_vision(v.id)]
    )
    assert [entry.on.isoformat() for entry in entries] == ["2026-11-23"]
