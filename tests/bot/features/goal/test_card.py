"""A goal's card: its progress, its terms, and how it is opened."""

from __future__ import annotations

import pytest

from bot.telegram.callback import packed
from tests.bot.company import Company
from tests.bot.conftest import Said, Stage, Talk
from tests.bot.planting import planted

OUTLINE = """Feel well (from 2026-10-01 until 2027-04-30)
  W: 20 km a week = 20 km sum
    D: Run = 5 km [mon wed fri]
  D: Coffee <= 2 cups
  D: Mood = track
  W: Gym = 3 times
  T: Weight = 86 -> 78 kg (until 2027-03-31)
"""


async def one(chat: Talk, text: str) -> Said:
    [said] = await chat.say(text)
    return said


async def test_a_card_says_how_a_goal_stands_and_what_comes_next(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("run 3 yesterday it rained")
    await chat.say("run 5")
    said = await one(chat, "/goal run")
    lines = said.text.splitlines()
    assert lines[:3] == ["✅ Run · done", "Feel well › 20 km a week", "today: 5 of 5 km · 100% · 🔥 1 day"]
    assert lines[3].endswith("█ the last 14 days")
    assert lines[4:] == [
        "🎯 5 km, on Mon, Wed and Fri",
        "⏭ next: Wed 25 Nov",
        "• Mon 23 Nov: 5 km",
        "• Sun 22 Nov: 3 km it rained",
    ]
    changes = ["✏️ Rename", "🎯 Target", "📅 Days", "📂 Move", "🏖 Pause", "🏁 End", "🗑 Delete"]
    assert said.buttons == [*changes, "‹ tree", "📈 Chart", "Why?"]


@pytest.mark.parametrize(
    ("name", "asked", "figures"),
    [
        ("coffee", "at most 2 cups", "today: – of 2 cups · 0%"),
        ("mood", "tracked, without a target", "today: 0"),
        ("gym", "3 times", "this week: 0 of 3 times · 0%"),
        ("weight", "from 86 to 78 kg", "now: – kg · 0%"),
        ("20 km", "20 km", "this week: 0 of 20 km · 0%"),
        ("feel well", "the average of the goals below", "now · 0%"),
    ],
)
async def test_each_kind_of_goal_has_a_card(chat: Talk, name: str, asked: str, figures: str) -> None:
    await planted(chat, OUTLINE)
    lines = (await one(chat, f"/goal {name}")).text.splitlines()
    assert f"🎯 {asked}" in lines
    assert figures in lines


async def test_a_card_tells_a_short_week_and_what_will_be_asked(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("/pause tomorrow")
    await chat.say("/target 20 km 30 from 1 Jan")
    lines = (await one(chat, "/goal 20 km")).text.splitlines()
    assert "this week is short: 18 of 20 km" in lines
    assert "from 1 Jan 2027: 30 km" in lines
    assert "🏖 everything is paused: 24 Nov 2026" in lines


async def test_a_card_opens_from_the_tree(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("/tree")
    [listed] = await chat.tap("Open a goal")
    assert listed.edited
    assert listed.buttons[:3] == ["Feel well", "20 km a week", "Run"]
    [card] = await chat.tap("Mood")
    assert card.edited
    assert card.text.startswith("🔹 Mood")
    [tree] = await chat.tap("‹ tree")
    assert "▾ Feel well" in tree.buttons
    await chat.tap("Open a goal")
    [tree] = await chat.tap("‹ back")
    assert "✏️ Open a goal" in tree.buttons


async def test_a_name_that_several_have_or_none(chat: Talk) -> None:
    await planted(chat, "Move (from 2026-10-01)\n  D: Run fast\n  D: Run far\n")
    several = await one(chat, "/goal run")
    assert several.text == "Which goal do you mean by “run”?"
    assert several.buttons == ["Run fast", "Run far", "Cancel"]
    assert (await chat.tap("Run far"))[0].text.startswith("🟢 Run far")
    near = await one(chat, "/goal rnu")
    assert near.text == "I know no goal called “rnu”. Is it one of these?"
    assert near.buttons == ["Run fast", "Run far", "Cancel"]
    assert (await chat.tap("Cancel"))[0].text == "Cancelled. Nothing was changed."
    assert await chat.tell("/goal zzz") == "I know no goal called “zzz”. /tree shows your goals."
    alone = await one(chat, "/goal")
    assert alone.buttons == ["Move", "Run fast", "Run far", "Cancel"]
    assert (await one(chat, "far")).text.startswith("🟢 Run far")


async def test_without_goals_there_is_an_invitation(chat: Talk) -> None:
    await chat.say("/start")
    assert "Plant your first tree with /plan" in await chat.tell("/goal gym")


async def test_a_card_of_another_chat_or_of_nothing_is_not_there(stage: Stage) -> None:
    theirs = await planted(stage.talk("Ben"), "Secret (from 2026-10-01)\n  D: Deed = 5 km\n")
    anna = stage.talk("Anna")
    await planted(anna, OUTLINE)
    await anna.say("/goal run")
    for data in (
        f"goal:see:{packed(theirs['Deed'].id)}",
        "goal:see:zzzz",
        f"goal:do:{packed(theirs['Deed'].id)}:target",
        f"tree:list:0:{packed(theirs['Deed'].id)}:0:0",
    ):
        assert await anna.press(data) == []
        assert anna.toasts == ["That goal is not here (any more). /tree shows what there is."]


async def test_in_a_group_everybody_sees_a_card_and_only_admins_change_it(stage: Stage) -> None:
    company = await Company(stage).settled()
    await planted(company.anna, "Together (from 2026-10-01)\n  D: Read = 20 pages each\n  D: Run = 5 km\n")
    await company.ben.say("/join")
    await company.ben.say("/log read 12 a slow start")
    [card] = await company.ben.say("/goal read")
    assert "🎯 20 pages each" in card.text
    assert "• Mon 23 Nov: 12 pages a slow start" in card.text
    [card] = await company.anna.say("/goal read")
    assert "slow start" not in card.text
    for label in ("Rename", "Target", "Pause", "End"):
        await company.ben.tap(label)
        assert company.ben.toasts == ["Only the group's admins can do that: ask one of them."]
    [asked] = await company.anna.tap("Rename")
    assert "Type your answer as a reply to this message." in asked.text


async def test_a_card_leads_to_the_chart_and_to_why(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("run 3")
    await chat.say("/goal run")
    [picture] = await chat.tap("Chart")
    assert picture.is_picture
    [why] = await chat.tap("Why?")
    assert "Run" in why.text
