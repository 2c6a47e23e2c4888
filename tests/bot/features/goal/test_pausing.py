"""/pause and /back: days off for everything, for a goal, and in a group."""

from __future__ import annotations

import pytest

from bot.telegram.callback import packed
from core.goals.model import Pause
from tests.bot.company import Company
from tests.bot.conftest import Said, Stage, Talk
from tests.bot.planting import planted

OUTLINE = """Feel well (from 2026-10-01 until 2027-04-30)
  W: 20 km a week = 20 km sum
    D: Run = 5 km
  W: Gym = 3 times
"""


async def one(chat: Talk, text: str) -> Said:
    [said] = await chat.say(text)
    return said


async def pauses(chat: Talk) -> list[tuple[str, str]]:
    """The days off, as months and days."""
    owner = await chat.stage.store.read(lambda tx: tx.owners.by_chat(chat.chat_id))
    assert owner is not None
    kept: list[Pause] = await chat.stage.store.read(lambda tx: tx.pauses.of_owner(owner.id))
    return [(f"{one.first:%m-%d}", f"{one.last:%m-%d}") for one in kept]


async def test_everything_pauses_and_is_back(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    assert (await one(chat, "/pause 2 weeks")).text == (
        "🏖 Everything is paused from Mon 23 Nov until the end of Sun 6 Dec.\n"
        "Nothing of it is asked meanwhile, nothing counts as missed, and no streak breaks.\n"
        "/back ends it sooner, /undo takes it back."
    )
    assert await pauses(chat) == [("11-23", "12-06")]
    chat.stage.clock.set(chat.stage.clock().replace(day=25))
    back = await one(chat, "/back")
    assert back.text == (
        "👋 Welcome back! From today on everything counts again.\n"
        "20 km a week: this week is short, 15 of 20 km.\n"
        "Gym: this week 3 times again.\n"
        "/undo takes it back."
    )
    assert await pauses(chat) == [("11-23", "11-24")]
    assert await chat.tell("/back") == "Nothing is paused. /pause does that."


async def test_a_pause_makes_a_week_short(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    assert "20 km a week: this week is short, 15 of 20 km." in (await one(chat, "/pause 24-25 Nov")).text


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("gym until 12 Jan", ("11-23", "01-12")),
        ("gym 3 days", ("11-23", "11-25")),
        ("tomorrow", ("11-24", "11-24")),
        ("next week", ("11-30", "12-06")),
        ("20 Dec - 3 Jan", ("12-20", "01-03")),
        ("20 km from 1 Dec until 5 Dec", ("12-01", "12-05")),
    ],
)
async def test_days_off_in_words(chat: Talk, said: str, days: tuple[str, str]) -> None:
    await planted(chat, OUTLINE)
    assert "is paused" in (await one(chat, f"/pause {said}")).text
    assert await pauses(chat) == [days]


async def test_pause_alone_asks_how_long(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    asked = await one(chat, "/pause")
    assert asked.buttons == ["today", "3 days", "1 week", "2 weeks", "until I am back", "Cancel"]
    [done] = await chat.tap("3 days")
    assert done.edited
    assert await pauses(chat) == [("11-23", "11-25")]
    await chat.say("/back")
    assert await pauses(chat) == []
    await chat.say("/pause")
    assert "is paused from Mon 23 Nov until the end of Tue, 12 Jan 2027" in (await one(chat, "until 12 Jan")).text
    await chat.say("/back")
    await chat.say("/pause")
    assert (await chat.tap("until I am back"))[0].text.startswith("🏖 Everything is paused until you say /back.")
    await chat.say("/back")
    await chat.say("/pause")
    assert (await chat.tap("Cancel"))[0].text == "Cancelled. Nothing was changed."
    assert await pauses(chat) == []


async def test_a_single_day_is_asked_about(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    asked = await one(chat, "/pause friday")
    assert asked.buttons == ["only Fri 27 Nov", "until Fri 27 Nov", "Cancel"]
    await chat.tap("only")
    assert await pauses(chat) == [("11-27", "11-27")]


async def test_a_goal_pauses_by_its_card(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("/goal gym")
    [asked] = await chat.tap("Pause")
    assert asked.text.startswith("🏖 For how long does Gym pause?")
    await chat.tap("1 week")
    assert await pauses(chat) == [("11-23", "11-29")]
    await chat.tap("‹ Gym")
    [done] = await chat.tap("End the pause")
    assert done.text.startswith("▶️ Gym counts again from today on.")
    assert await pauses(chat) == []


async def test_back_asks_which_of_several_pauses_ends(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("/pause gym 1 week")
    await chat.say("/pause 2 weeks")
    asked = await one(chat, "/back")
    assert asked.buttons == ["Gym: 23–29 Nov 2026", "Everything: 23 Nov–6 Dec 2026"]
    await chat.tap("Everything")
    assert await pauses(chat) == [("11-23", "11-29")]
    assert (await one(chat, "/back gym")).text.startswith("▶️ Gym counts again")
    assert await chat.tell("/back gym") == "Gym is not paused. Nothing was changed."


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("a bit", "I cannot tell which days “a bit” are"),
        ("gym sometime", "I cannot tell which days “sometime” are"),
        ("from 20 Dec", "“from 20 Dec” does not say until when"),
        ("from 20 Dec until 10 Dec", "The pause ends on 2026-12-10, before it begins on 2026-12-20"),
        ("for ten years", "A pause lasts 366 days at most"),
        ("until 31 feb", "There is no such day: “31 feb”"),
    ],
)
async def test_a_wrong_form_gets_a_sentence_and_changes_nothing(chat: Talk, said: str, answer: str) -> None:
    await planted(chat, OUTLINE)
    assert answer in await chat.tell(f"/pause {said}")
    assert await pauses(chat) == []


async def test_a_pause_of_another_chat_is_not_there(stage: Stage) -> None:
    ben = stage.talk("Ben")
    theirs = await planted(ben, OUTLINE)
    await ben.say("/pause 1 week")
    anna = stage.talk("Anna")
    await planted(anna, OUTLINE)
    await anna.say("/goal gym")
    for data in ("goal:back:1", "goal:back:zz", f"goal:off:{packed(theirs['Gym'].id)}:20261123:20261124"):
        assert await anna.press(data) == []
        assert "is not here (any more)" in anna.toasts[0]
    assert (await pauses(ben), await pauses(anna)) == ([("11-23", "11-29")], [])


async def test_in_a_group_admins_pause_its_goals_and_members_are_away(stage: Stage) -> None:
    company = await Company(stage).settled()
    nodes = await planted(company.anna, "Together (from 2026-10-01)\n  D: Run = 5 km\n")
    await company.ben.say("/join")
    assert await company.ben.tell("/pause 3 days") == (
        "Only the group's admins can pause its goals. For yourself alone, send /away 3 days."
    )
    await company.ben.press(f"goal:off:{packed(nodes['Run'].id)}:20261123:20261124")
    assert company.ben.toasts == ["Only the group's admins can do that: ask one of them."]
    assert await pauses(company.anna) == []
    assert "Everything is paused" in await company.anna.tell("/pause 3 days")
    assert "was not away" in await company.ben.tell("/back")
    await company.anna.say("/away 2 days")
    assert "Welcome back, Anna!" in await company.anna.tell("/back")
    assert await pauses(company.anna) == [("11-23", "11-25")]
    assert "From today on everything counts again" in await company.anna.tell("/back")
    assert await pauses(company.anna) == []


async def test_a_sum_above_that_goes_on_is_named(chat: Talk) -> None:
    await planted(
        chat, "Fit\n  M: Far = 60 km sum\n    W: Week = 20 km sum\n      D: Run = 5 km\n  W: Body\n    D: Gym\n"
    )
    assert "Far above it expects as much as before" in await chat.tell("/pause run 2 weeks")
    assert "above it" not in await chat.tell("/pause gym 2 weeks")
    assert "above it" not in await chat.tell("/pause far 2 weeks")
