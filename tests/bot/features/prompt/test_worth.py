"""An evening asks only what is worth asking. It is Monday 2026-11-23, 21:00; prompts come at 21:30."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.bot.conftest import Said, Talk
from tests.bot.features.prompt.test_prompt import reminded


def evening(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 21, 30, tzinfo=UTC)


async def prompt_of(chat: Talk, day: int) -> Said:
    """The prompt of an evening in November; the person writes something before, so that they are asked."""
    if day > 25:
        await chat.until(evening(25))
        await chat.say("/help")
        await chat.until(evening(day) - timedelta(hours=9))
        await chat.say("/help")
    [*_, said] = await chat.until(evening(day))
    return said


async def test_a_limit_offers_none_and_the_usual_amounts_and_all_done_leaves_it_alone(chat: Talk) -> None:
    await reminded(chat, "Calm\n  D: Coffee <= 2 cups\n  D: Gym\n  D: Walk\n")
    said = await prompt_of(chat, 23)
    assert [button for button in said.buttons if "⏰" not in button] == [
        "Coffee: none today", "more…", "⏭", "✅ Gym", "⏭ Skip", "✅ Walk", "⏭ Skip", "✅ All done",
    ]  # fmt: skip
    [done] = await chat.tap("✅ All done")
    assert done.text.startswith("✅ 2 goals done.\nThese need a number: “Coffee”.")
    [kept] = await chat.tap("none today")
    assert kept.text.startswith("✅ Coffee")
    assert "🏁" in kept.text
    chat.stage.clock.set(evening(24))
    await chat.say("coffee 1")
    said = await prompt_of(chat, 25)
    assert said.buttons[:3] == ["Coffee: none today", "1", "more…"]


async def test_all_done_sets_the_usual_amount_and_asks_for_the_number_that_has_none(chat: Talk) -> None:
    await reminded(chat, "Fit\n  D: Run = 5 km\n  D: Read = 20 pages\n  D: Gym\n")
    await chat.say("run 6")
    await prompt_of(chat, 24)
    asked, shown, *_ = await chat.tap("✅ All done")
    assert asked.text == "Read: how many pages in all for Tue 24 Nov? Reply with the number."
    assert shown.text.startswith("✅ 2 goals done.\nThese need a number: “Read”.")
    read, *_ = await chat.say("25")
    assert read.text.startswith("✅ Read  25 pages")


async def test_a_longer_goal_is_asked_for_when_it_is_behind_or_its_period_ends(chat: Talk) -> None:
    await reminded(chat, "Fit (from 2026-10-05)\n  W: Swim = 3 times\n  M: Book\n  D: Gym\n")
    assert "Swim" not in (await prompt_of(chat, 23)).text
    assert "Swim · 0 of 3 this week" in (await prompt_of(chat, 24)).text
    await chat.say("swim")
    assert "Swim" not in (await prompt_of(chat, 25)).text
    assert "Book" in (await prompt_of(chat, 30)).text


async def test_a_way_is_asked_for_once_a_week_and_a_tracked_number_once_it_was_logged(chat: Talk) -> None:
    await reminded(chat, "Fit (until 2027-03-31)\n  T: Weight = 86 -> 78 kg\n  D: Mood = track\n  D: Gym\n")
    assert "Weight" not in (first := (await prompt_of(chat, 23)).text)
    assert "Mood" not in first
    await chat.say("mood 7")
    assert "Mood" in (await prompt_of(chat, 24)).text
    assert "Weight" in (await prompt_of(chat, 29)).text
    assert "Weight" not in (await prompt_of(chat, 30)).text
