"""Logs by /log and in plain words. It is Monday 2026-11-23."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from bot.common import goals
from bot.common.goals import goals_of
from core.actions.cache import verify
from core.goals.reading import Reading
from core.group.permissions import Actor
from language.parsing.line import KnownGoal
from tests.bot.conftest import Stage, Talk
from tests.bot.logged import told
from tests.bot.planting import planted


async def test_a_check_off_is_shown_all_the_way_up(chat: Talk) -> None:
    await planted(chat)
    assert await chat.tell("/log run 5 km felt great") == (
        "✅ Run  5 km · today done · 🔥 1 day\n"
        "felt great\n"
        "W  50 km a week      ▓░░░░░░░░░  10%  +10   on track\n"
        "M  200 km a month    ░░░░░░░░░░   2%   +2   behind: 142 km to make up\n"
        "Q  600 km a quarter  ░░░░░░░░░░   0%        behind: 341 km to make up\n"
        "★  Run a marathon                 0%"
    )
    assert await told(chat) == [("11-23", "5", "felt great")]


@pytest.mark.parametrize(
    ("text", "headline", "entry"),
    [
        ("run 5,5", "✅ Run  5.5 km · today done · 🔥 1 day", ("11-23", "5.5", None)),
        ("run 3", "✅ Run  3 km · 3 of 5 km today", ("11-23", "3", None)),
        ("/log run =7", "✅ Run  7 km · today done · 🔥 1 day", ("11-23", "7", None)),
        ("/log gym", "✅ Gym · today done · 🔥 1 day", ("11-23", "1", None)),
        ("/log gym skip", "⏭ Gym skipped today", ("11-23", "skip", None)),
        ("gym yesterday was hard", "✅ Gym · for Sun 22 Nov · done · 🔥 1 day", ("11-22", "1", "was hard")),
        ("run 4 2026-11-20", "✅ Run  4 km · for Fri 20 Nov · 4 of 5 km", ("11-20", "4", None)),
        ("run 5 20 Nov", "✅ Run  5 km · for Fri 20 Nov · done", ("11-20", "5", None)),
        ("run 5 3 days ago", "✅ Run  5 km · for Fri 20 Nov · done", ("11-20", "5", None)),
        ("run 5 on saturday", "✅ Run  5 km · for Sat 21 Nov · done", ("11-21", "5", None)),
        ("read 20 pages", "✅ Read 20 pages · 1 of 3 this week", ("11-23", "1", None)),
        ("strech", "✅ Stretch · today done · 🔥 1 day", ("11-23", "1", None)),
    ],
)
async def test_a_log_in_each_form(chat: Talk, text: str, headline: str, entry: tuple[str, str, str | None]) -> None:
    await planted(chat)
    answer = await chat.tell(text)
    assert answer.split("\n")[0] == headline
    assert await told(chat) == [entry]


async def test_the_goals_are_named_once_for_a_message(chat: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    times = 0

    def counted(readings: Iterable[Reading]) -> list[KnownGoal]:
        nonlocal times
        times += 1
        return goals_of(readings)

    monkeypatch.setattr(goals, "goals_of", counted)
    await chat.say("/log run 5")
    assert times == 1


async def test_adding_setting_and_adding_again(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 2")
    assert (await chat.tell("run +3")).startswith("✅ Run  3 km · 5 km in all · today done")
    assert (await chat.tell("run =4")).startswith("✅ Run  4 km · 4 of 5 km today")
    assert await told(chat) == [("11-23", "4", None)]


async def test_a_message_that_is_sent_twice_counts_twice_and_one_delivered_twice_once(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 2")
    await chat.again()
    assert await told(chat) == [("11-23", "2", None)]
    await chat.tell("run 2")
    assert len(await told(chat)) == 2


async def test_several_lines_are_several_logs(chat: Talk) -> None:
    await planted(chat)
    answer = await chat.tell("run 5\ngym\nstretch skip")
    assert [block.split("\n")[0] for block in answer.split("\n\n")] == [
        "✅ Run  5 km · today done · 🔥 1 day",
        "✅ Gym · today done · 🔥 1 day",
        "⏭ Stretch skipped today",
    ]
    assert len(await told(chat)) == 3


async def test_one_line_that_fails_does_not_stop_the_others(chat: Talk) -> None:
    await planted(chat)
    answer = await chat.tell("run 1e400\ngym")
    assert answer.startswith("That number is too large")
    assert "✅ Gym" in answer
    assert await told(chat) == [("11-23", "1", None)]


async def test_too_many_lines_log_nothing(chat: Talk) -> None:
    await planted(chat)
    assert "30 lines" in await chat.tell("\n".join(["run 1"] * 31))
    assert await told(chat) == []


async def test_several_goals_in_one_line_are_one_reply(chat: Talk) -> None:
    await planted(chat)
    [said] = await chat.say("run 5 yesterday, gym")
    assert said.text.startswith("✅ Run  5 km · for Sun 22 Nov")
    assert "\n\n✅ Gym" in said.text
    assert [(day, value) for day, value, _ in await told(chat)] == [("11-22", "5"), ("11-23", "1")]


async def test_a_tick_is_taken_away(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("gym")
    assert (await chat.tell("/log gym not done")).startswith("⬜ Gym is not done")
    assert (await chat.tell("gym undone")).startswith("☑ Gym is not done today anyway.")
    assert (await chat.tell("gym")).startswith("✅ Gym · today done · 🔥 1 day")


async def test_said_again_changes_nothing(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("gym")
    assert (await chat.tell("gym")).startswith("☑ Gym is already done today. Nothing was changed.")
    await chat.tell("stretch skip")
    assert (await chat.tell("stretch skip")).startswith("☑ Stretch is skipped today already.")
    assert len(await told(chat)) == 2


async def test_a_skip_of_a_week_names_the_week(chat: Talk) -> None:
    await planted(chat)
    assert (await chat.tell("read 20 pages skip")).startswith("⏭ Read 20 pages skipped this week\n")
    assert (await chat.tell("read 20 pages skip")).startswith("☑ Read 20 pages is skipped this week already.")


async def test_in_a_group_only_log_logs_and_each_undoes_their_own(stage: Stage) -> None:
    anna, ben = stage.group("Friends", "Anna"), stage.group("Friends", "Ben")
    await planted(anna)
    for talk in (anna, ben):
        await talk.say("/join")
    assert await anna.say("run 5") == []
    assert (await anna.tell("/log run 5")).startswith("✅ Run  5 km")
    assert await ben.tell("/undo") == "There is nothing to undo."
    [answer] = await anna.edit("/log run 6")
    assert answer.text.startswith("✏️ Run  6 km")
    assert await told(anna) == [("11-23", "6", None)]


async def test_a_german_reads_and_writes_commas(stage: Stage) -> None:
    chat = stage.talk("Anna", language="de")
    await planted(chat, language="de")
    answer = await chat.tell("run 5,5 yesterday")
    assert answer.startswith("✅ Run  5,5 km · for So")
    assert await told(chat) == [("11-22", "5.5", None)]
    await chat.tell("run 1,250")
    assert (await told(chat))[-1][1] == "1.25"


async def test_after_midnight_the_text_is_for_the_new_day(chat: Talk) -> None:
    await planted(chat)
    chat.stage.clock.set(datetime(2026, 11, 24, 0, 10, tzinfo=UTC))
    await chat.tell("run 5")
    assert (await told(chat))[0][0] == "11-24"


async def test_the_cache_is_sound_after_a_long_conversation(chat: Talk) -> None:
    await planted(chat)
    for text in (
        "run 5",
        "run +3",
        "gym skip",
        "gym",
        "/undo",
        "run =2 yesterday",
        "stretch",
        "stretch undone",
        "/undo",
    ):
        await chat.say(text)
    await chat.edit("read 20 pages")
    _, wrong = await verify(chat.stage.store, Actor.host())
    assert wrong == []
