"""/summary and /streaks. It is Monday 2026-11-23."""

from __future__ import annotations

from tests.bot.conftest import Stage, Talk
from tests.bot.planting import planted


async def test_today_names_what_is_open_and_how_each_level_stands(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 7")
    [said] = await chat.say("/summary")
    assert said.text == (
        "📋 Mon 23 Nov\n"
        "▓▓▓░░░░░░░ 33% · 1 of 3 done\n"
        "Still open: Gym, Stretch. /log\n"
        "Week     ░░░░░░░░░░   4%  3 of 3 on track\n"
        "Month    ░░░░░░░░░░   3%  0 of 1 reached\n"
        "Quarter  ░░░░░░░░░░   1%\n"
        "🔥 streaks: 1 in all, best ever 1"
    )
    assert said.buttons == ["• Today", "Week", "Month", "Quarter"]


async def test_the_buttons_switch_in_place(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 7")
    await chat.say("/summary")
    [week] = await chat.tap("Week")
    assert week.edited
    assert week.text.startswith("📋 Mon 23 Nov to Sun 29 Nov · 4% · 3 of 3 on track\n🟢 50 km a week  ▓░░░░░░░░░  14%")
    assert "7 of 50 km · on track" in week.text
    [month] = await chat.tap("Month")
    assert month.text == (
        "📋 November · 3% · 0 of 1 on track\n"
        "🔴 200 km a month ░░░░░░░░░░   3%\n"
        "     7 of 200 km · behind: 140 km to make up"
    )
    [quarter] = await chat.tap("Quarter")
    assert quarter.text.startswith("📋 Q4 2026 · 1%")
    assert quarter.buttons == ["Today", "Week", "Month", "• Quarter"]


async def test_a_span_may_be_written(chat: Talk) -> None:
    await planted(chat)
    for word, sign in (
        ("today", "• Today"),
        ("week", "• Week"),
        ("Month", "• Month"),
        ("quarter", "• Quarter"),
        ("year", "• Year"),
    ):
        [said] = await chat.say(f"/summary {word}")
        assert sign in said.buttons
    assert "/summary week" in await chat.tell("/summary decade")


async def test_a_level_without_goals_says_so(chat: Talk) -> None:
    await planted(chat, "Vision (from 2026-10-01)\n  D: Gym\n")
    assert "No goals of this length" in await chat.tell("/summary quarter")


async def test_everything_done(chat: Talk) -> None:
    await planted(chat, "Vision (from 2026-10-01)\n  D: Gym\n")
    await chat.tell("gym")
    answer = await chat.tell("/summary")
    assert "▓▓▓▓▓▓▓▓▓▓ 100% · 1 of 1 done\nEverything is done. 🎉" in answer


async def test_many_goals_fit_into_a_message(chat: Talk) -> None:
    title = "🏃 A goal with a long and winding title, " * 4
    await planted(
        chat, "Vision (from 2026-10-01)\n" + "".join(f"  W: {title}{n}\n    D: {title}{n}\n" for n in range(300))
    )
    for command in ("/summary", "/summary week", "/streaks", "/log"):
        assert len(await chat.say(command)) == 1
    assert "… and 280 more: /tree" in await chat.tell("/summary week")


async def test_streaks_by_length_with_the_best_beside(chat: Talk) -> None:
    await planted(chat)
    assert "No streak yet." in await chat.tell("/streaks")
    for text in ("gym 2 days ago", "gym yesterday", "run 5 9 days ago", "run 5 10 days ago", "run 5 11 days ago"):
        await chat.tell(text)
    assert await chat.tell("/streaks") == (
        "Streaks\n"
        "🔥 Gym            2 days   best 2\n"
        "   Run            0 days   best 3\n"
        "   Stretch        0 days   best 0\n"
        "   Read 20 pages  0 weeks  best 0"
    )


async def test_in_a_group_what_each_one_does_is_one_goal_and_has_its_own_name(stage: Stage) -> None:
    ann, ben = stage.group("Friends", "Ann"), stage.group("Friends", "Ben")
    await planted(ann, "Fit (from 2026-10-01)\n  D: Gym each\n  D: Read = 20 pages each\n  W: Swim = 2 km each\n")
    for talk in (ann, ben):
        await talk.say("/join")
    await ben.say("/log gym")
    [today] = await ann.say("/summary")
    assert "25% · 1 of 4 done\nStill open: Gym, Read. /log\n" in today.text
    assert "0%  1 of 1 on track" in today.text
    [week] = await ann.tap("Week")
    assert "1 of 1 on track\n🟢 Swim ░░░░░░░░░░   0%" in week.text
    assert "Ben" not in week.text
