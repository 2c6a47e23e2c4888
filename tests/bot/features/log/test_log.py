"""Conversations about what was done: /log and plain words, corrections, doubts, refusals. It is Monday 2026-11-23."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from bot.common import goals
from bot.common.goals import goals_of
from core.actions.cache import verify
from core.goals.model import Entry
from core.goals.reading import Reading
from core.group.permissions import Actor
from language.parsing.line import KnownGoal
from tests.bot.conftest import Stage, Talk, text_of
from tests.bot.planting import planted


async def entries(talk: Talk) -> list[Entry]:
    """What is logged in the chat, oldest first."""

    def look(tx):  # type: ignore[no-untyped-def]
        owner = tx.owners.by_chat(talk.chat_id)
        return [entry for vision in tx.trees.visions_of(owner.id) for entry in tx.entries.of_vision(vision.id)]

    return sorted(await talk.stage.store.read(look), key=lambda entry: entry.id)


async def told(talk: Talk) -> list[tuple[str, str, str | None]]:
    """Entries as (day, value, note)."""
    return [
        (f"{e.on:%m-%d}", "skip" if e.skipped else f"{e.value.normalize():f}" if e.value else "0", e.note)
        for e in await entries(talk)
    ]


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


async def test_a_streak_of_seven_and_a_goal_that_is_reached_are_cheered(chat: Talk) -> None:
    await planted(chat, "Move (from 2026-10-01)\n  W: Ten a week = 10 km sum\n    D: Walk = 1 km\n")
    for days in range(6, 0, -1):
        await chat.tell(f"walk 1 {days} days ago")
    answer = await chat.tell("walk 10")
    assert "🎉 7 days in a row!" in answer
    assert "🏆 Ten a week: reached!" in answer
    assert "🏆 Move" not in answer
    assert "W  Ten a week  ▓▓▓▓▓▓▓▓▓▓ 100%  +100   done" in answer


@pytest.mark.parametrize(
    ("vision", "cheered"),
    [
        ("Write", "🏆 Write (this quarter): reached!"),
        ("Write (until 2026-12-31)", "🏆 Write: reached!"),
        ("Write\n  Y: Poem", "🏆 Write (this year): reached!"),
    ],
)
async def test_a_vision_without_an_end_is_reached_for_now(chat: Talk, vision: str, cheered: str) -> None:
    await chat.say(f"/plan {vision}\n  Q!: Essay")
    await chat.say("/log poem")
    assert cheered in await chat.tell("/log essay")


async def test_hundred_percent_is_not_shown_before_it_is_reached(chat: Talk) -> None:
    await planted(chat, "Move (from 2026-10-01)\n  W: Much = 1000 km sum\n    D: Walk = 999.999 km\n")
    answer = await chat.tell("walk 999.999")
    assert "99%" in answer
    assert "100%" not in answer


# --- which goal ---


async def test_two_candidates_give_buttons_that_carry_what_was_wanted(chat: Talk) -> None:
    await planted(chat)
    [asked] = await chat.say("/log r 5 yesterday with Tom")
    assert asked.text == "Which one is “r”?"
    assert asked.buttons == ["Run · 5", "Read 20 pages · 5"]
    assert await told(chat) == []
    [answer] = await chat.tap("Run")
    assert answer.edited
    assert answer.text.startswith("✅ Run  5 km · for Sun 22 Nov · done")
    assert answer.buttons == []
    assert await told(chat) == [("11-22", "5", "with Tom")]


async def test_a_choice_is_made_once_even_if_the_tap_comes_again(chat: Talk) -> None:
    await planted(chat)
    await chat.say("r 5")
    await chat.tap("Run")
    await chat.again()
    assert await told(chat) == [("11-23", "5", None)]


async def test_a_chosen_log_is_amended_by_editing_its_message(chat: Talk) -> None:
    await planted(chat)
    await chat.say("r 5")
    await chat.tap("Run")
    [answer] = await chat.edit("run 6")
    assert answer.text.startswith("✏️ Run  6 km · today done")
    assert await told(chat) == [("11-23", "6", None)]


async def test_a_parent_offers_its_leaves(chat: Talk) -> None:
    await planted(chat)
    [asked] = await chat.say("/log strength yesterday")
    assert "Strength is not logged itself" in asked.text
    assert asked.buttons == ["Gym", "Stretch"]
    [answer] = await chat.tap("Gym")
    assert answer.text.startswith("✅ Gym · for Sun 22 Nov · done")


async def test_an_unknown_name_brings_the_nearest(chat: Talk) -> None:
    await planted(chat)
    [asked] = await chat.say("/log rnu 5 yesterday")
    assert "I know no goal called “rnu”." in asked.text
    assert asked.buttons[0] == "Run · 5"
    assert await told(chat) == []
    await chat.tap("Run")
    assert await told(chat) == [("11-22", "5", None)]


async def test_a_number_that_is_missing_is_asked_for(chat: Talk) -> None:
    await planted(chat)
    [asked] = await chat.say("run")
    assert asked.text.startswith("“Run” needs a number of km, for example Run 5.")
    assert asked.buttons[:2] == ["= 5 km", "= 2.5 km"]
    await chat.tap("2.5 km")
    assert await told(chat) == [("11-23", "2.5", None)]


async def test_talk_gets_one_gentle_sentence(chat: Talk) -> None:
    await planted(chat)
    assert (await chat.tell("what a lovely day")).startswith("I did not find a goal in that.")
    [asked] = await chat.say("str was nice")
    assert asked.text == "Is that a check-off? Tap the goal if it is."
    assert asked.buttons == ["Stretch"]
    assert await told(chat) == []


async def test_without_a_tree_everything_invites_to_plan(chat: Talk) -> None:
    assert "First: where are you" in await chat.tell("run 5")  # the first word of all leads on
    await chat.tell("Berlin")
    for text in ("/log", "/log run 5", "/tree", "/tree all", "/summary", "/streaks"):
        assert "/plan" in await chat.tell(text)
    assert "nothing to undo" in await chat.tell("/undo")


# --- refusals ---


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("run nan", "“nan” is no number"),
        ("run 1e400", "too large"),
        ("run 5x", "“5x” is no number"),
        ("run 0.0000001", "too fine"),
        ("run 5 tomorrow", "Tue 24 Nov lies ahead: today is Mon 23 Nov."),
        ("run 5 2026-09-30", "is too early: this goal starts on"),
        ("run 5 30 feb", "There is no such day: “30 feb”."),
        ("run 30 min", "Run is counted in km, not in “min”. Nothing was logged."),
        ("run 3 5 km", "I cannot tell which number is meant in “3 5”: write one."),
        ("run 5 skip", "“5 skip” is a number and a skip: write one of them."),
        ("run 5 5/11/2026", "I cannot tell which day “5/11/2026” is"),
        ("run 5 next friday", "Fri 27 Nov lies ahead"),
        ("gym 5", "“Gym” is done or not done: it takes no number."),
        ("/log <b>x</b> 5", "I know no goal called “<b>x</b>”."),
    ],
)
async def test_an_impossible_log_is_refused_with_a_sentence(chat: Talk, text: str, sentence: str) -> None:
    await planted(chat)
    assert sentence in await chat.tell(text)
    assert await told(chat) == []


# --- edits ---


async def test_an_edited_message_amends_its_entry(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 5")
    [answer] = await chat.edit("run 7 yesterday with wind")
    assert answer.text.startswith("✏️ Run  7 km · for Sun 22 Nov · done")
    assert await told(chat) == [("11-22", "7", "with wind")]
    await chat.again()
    assert await told(chat) == [("11-22", "7", "with wind")]
    await chat.edit("gym")
    assert await told(chat) == [("11-23", "1", None)]


async def test_an_edit_into_nonsense_leaves_the_entry(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 5")
    for nonsense in ("what was that", "run nan", "run 5 tomorrow", "r 5", "strength"):
        [answer] = await chat.edit(nonsense)
        assert answer.text.endswith("So I left what this message had logged as it was.")
    assert await told(chat) == [("11-23", "5", None)]


async def test_lines_are_amended_together(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 5\ngym")
    await chat.edit("run 6\nstretch")
    assert [entry[1] for entry in await told(chat)] == ["6", "1"]


async def test_an_edit_of_what_logged_nothing_logs_it_now(chat: Talk) -> None:
    await planted(chat)
    await chat.say("xyzzy 5")
    [answer] = await chat.edit("run 5")
    assert answer.text.startswith("✅ Run  5 km")
    assert await chat.edit("nothing of that kind") != []
    assert await told(chat) == [("11-23", "5", None)]


async def test_an_edit_of_mere_talk_is_answered_as_the_talk_was(chat: Talk) -> None:
    await planted(chat)
    await chat.say("what a lovely day")
    [said] = await chat.edit("what a lovely night")
    assert said.text.startswith("I cannot tell which goal")
    assert await told(chat) == []


# --- undo ---


async def test_undo_says_what_it_took_back(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 5")
    answer = await chat.tell("/undo")
    assert answer.startswith("↩ Taken back: Run  5 km · 0 of 5 km today\nW  50 km a week      ░░░░░░░░░░   0%  -10")
    assert await told(chat) == []
    assert await chat.tell("/undo") == "There is nothing to undo."


async def test_undo_brings_back_what_was_replaced_and_an_echo_takes_back_no_more(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 5")
    await chat.tell("run =7")
    await chat.tell("/undo")
    assert await told(chat) == [("11-23", "5", None)]
    await chat.again()
    assert await told(chat) == [("11-23", "5", None)]


# --- groups, languages, nights ---


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


# --- the day of a message ---


async def test_an_edit_next_morning_stays_on_the_day_of_the_message(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 9")
    chat.stage.clock.set(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
    [answer] = await chat.edit("run 8")
    assert answer.text.startswith("✏️ Run  8 km · for Mon 23 Nov")
    await chat.edit("run 7 yesterday")
    assert await told(chat) == [("11-22", "7", None)]
    await chat.edit("run 7 tomorrow")
    assert await told(chat) == [("11-24", "7", None)]
    [answer] = await chat.edit("run 7 2026-11-25")
    assert "lies ahead: today is Tue 24 Nov" in answer.text


async def test_an_edit_into_what_is_done_already_says_what_it_took_away(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("gym")
    await chat.tell("run 10")
    [answer] = await chat.edit("gym")
    lines = answer.text.split("\n")
    assert lines[:2] == ["↩ Taken back: Run  10 km · for Mon 23 Nov", "☑ Gym is already done today."]
    assert await told(chat) == [("11-23", "1", None)]


async def test_a_skip_of_a_week_names_the_week(chat: Talk) -> None:
    await planted(chat)
    assert (await chat.tell("read 20 pages skip")).startswith("⏭ Read 20 pages skipped this week\n")
    assert (await chat.tell("read 20 pages skip")).startswith("☑ Read 20 pages is skipped this week already.")


async def test_undo_with_a_name_takes_nothing_else_back(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 5")
    await chat.tell("gym")
    assert (await chat.tell("/undo run")).startswith("/undo takes back what you did last")
    assert len(await told(chat)) == 2


@pytest.mark.parametrize("words", ["no gym today", "all done", "not today", "nothing"])
async def test_words_that_are_no_goals_name_tick_nothing(chat: Talk, words: str) -> None:
    await planted(chat, "Be well (from 2026-11-01)\n  D: No sugar\n  D: Not too late to bed\n  W: Call mom")
    await chat.say(words)
    assert await told(chat) == []


@pytest.mark.parametrize("words", ["gym missed", "gym cancelled", "gym failed"])
async def test_a_failed_goal_is_not_ticked(chat: Talk, words: str) -> None:
    await planted(chat)
    await chat.say(words)
    assert [value for _, value, _ in await told(chat) if value != "0"] == []


async def test_an_undo_that_arrives_again_under_another_update_takes_nothing_more_back(chat: Talk) -> None:
    await planted(chat)
    await chat.say("run 5")
    await chat.say("run 4")
    first = await chat.tell("/undo")
    message = max(m["message_id"] for m in chat.chat.messages.values() if m.get("text") == "/undo")
    chat.stage.world.push("message", chat.chat.messages[message])
    await chat.stage.quiet()
    assert [value for _, value, _ in await told(chat)] == ["5"]
    assert text_of(chat.chat.messages[max(chat.chat.messages)]).startswith("↩ Taken back: Run  4 km")
    assert first.startswith("↩ Taken back: Run  4 km")


async def test_several_goals_in_one_line_are_one_reply(chat: Talk) -> None:
    await planted(chat)
    [said] = await chat.say("run 5 yesterday, gym")
    assert said.text.startswith("✅ Run  5 km · for Sun 22 Nov")
    assert "\n\n✅ Gym" in said.text
    assert [(day, value) for day, value, _ in await told(chat)] == [("11-22", "5"), ("11-23", "1")]


@pytest.mark.parametrize("words", ["run 5 yesteray", "run 5 next week", "gym later"])
async def test_a_possible_other_day_is_asked_about(chat: Talk, words: str) -> None:
    await planted(chat)
    assert "Nothing was logged." in await chat.tell(words)
    assert await told(chat) == []
