"""Plans that a chat splits into two messages, and outlines without a command."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.planning.outline.parts import joined, may_be_first_part
from tests.bot.conftest import Stage, Talk

HEAD = "/plan Practise\n  W: Pieces = 500 min sum\n"
LINES = [f"    D: Practise piece {number} with the metronome = {number} min" for number in range(1, 100)]
MINUTE = timedelta(minutes=1)


def split(text: str) -> tuple[str, str]:
    """As a chat does it: at a line's end, without the blanks around it."""
    at = text.rindex("\n", 0, 4_096)
    return text[:at], text[at:].strip()


FIRST, SECOND = split(HEAD + "\n".join(LINES))
NO_SUM = HEAD + "\n".join(f"    D: A walk in the park, number {number}, with some friends" for number in range(1, 60))


async def test_the_second_part_goes_on_where_the_first_one_ended(chat: Talk) -> None:
    planted = await chat.tell(FIRST)
    assert planted.startswith("🌱 Planted: Practise")
    assert "goals added" in await chat.tell(SECOND)
    sent = await chat.say("/tree outline")
    outline = chat.content(sent[0]).decode()
    assert [line for line in outline.splitlines() if "piece" in line] == LINES


async def test_a_part_that_cannot_be_read_alone_waits_for_the_rest(chat: Talk, stage: Stage) -> None:
    first = FIRST.replace("min sum", "km sum")
    assert await chat.tell(first) == "⏳ That plan fills a whole message. I wait a minute for the rest of it."
    await stage.restart()
    planted = await chat.tell(f"{SECOND}\n    D: Walk to the teacher = 2 km")
    assert planted.startswith("🌱 Planted: Practise")
    assert await chat.until(stage.clock() + 2 * MINUTE) == []


async def test_faults_are_reported_after_a_minute_without_a_second_part(chat: Talk, stage: Stage) -> None:
    await chat.say(FIRST.replace("min sum", "km sum"))
    assert await chat.until(stage.clock() + MINUTE / 2) == []
    [said] = await chat.until(stage.clock() + MINUTE)
    assert "• line 2, column 3: " in said.text
    assert "Send just the corrected line" in said.text
    assert "🌱 Planted: Practise" in await chat.tell("W: Pieces = 500 min sum")


async def test_lines_that_come_later_are_no_second_part(chat: Talk, stage: Stage) -> None:
    await chat.say(FIRST)
    stage.clock.advance(2 * MINUTE)
    asked = await chat.say("    D: Scales = 10 min")
    assert asked[0].text == "What is that for? Tap, or type something new that you want to become true."
    await chat.tap("Practise")
    assert "  D: Scales = 10 min" in chat.content((await chat.say("/tree outline"))[0]).decode()


async def test_words_in_that_minute_keep_their_meaning(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Run = 5 km")
    await chat.say(FIRST.replace("min sum", "km sum"))
    assert (await chat.tell("run 5")).startswith("✅ Run")


async def test_a_whole_outline_needs_no_command(chat: Talk) -> None:
    assert "🌱 Planted: Fit" in await chat.tell("Fit\n  D: Run = 5 km\n  D: Read")


async def test_a_goal_alone_is_asked_what_it_is_for(chat: Talk) -> None:
    assert (await chat.tell("D: Run = 5 km")).startswith("What is that for? Type what you want to become true")
    planted = await chat.tell("Run a marathon")
    assert planted.startswith("🌱 Planted: Run a marathon\nRun a marathon (from 2026-11-23)\n  D: Run = 5 km")


async def test_goals_go_below_an_existing_vision(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Run = 5 km\n  D: Gym")
    asked = await chat.say("D: Swim = 1 km\nW: Sauna")
    assert asked[0].buttons == ["Fit", "Cancel"]
    added = await chat.tap("Fit")
    assert "🌿 Fit: 2 goals added" in added[0].text
    assert "  D: Gym\n  D: Swim = 1 km\n  W: Sauna" in await chat.tell("/tree outline")


async def test_a_faulty_line_is_corrected_by_itself(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Run = many km\n  X: Swim\n  D: Gym")
    again = await chat.tell("D: Run = 5 km")
    assert "line 3" in again
    assert "line 2" not in again
    planted = await chat.tell("D: Swim")
    assert "  D: Run = 5 km\n  D: Swim\n  D: Gym" in planted


async def test_a_check_off_after_a_faulty_plan_is_a_check_off(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Run = 5 km")
    await chat.say("/plan More\n  D: Swim = many")
    assert (await chat.tell("run 5")).startswith("✅ Run")
    assert "Planted: More" in await chat.tell("2: D: Swim = 1 km")


@pytest.mark.parametrize("text", ["Q: what is that?", "hello"])
async def test_words_of_a_beginner_are_not_planted_unasked(chat: Talk, text: str) -> None:
    answer = await chat.tell(text)
    assert "Planted" not in answer


def test_the_first_line_of_a_second_part_gets_its_indent_back() -> None:
    first = "V\n  W: Week\n    D: Run"
    assert joined(first, "D: Swim\n  W: Other") == "V\n  W: Week\n    D: Run\n    D: Swim\n  W: Other"
    assert joined(first, "W: Other\n    D: Swim") == "V\n  W: Week\n    D: Run\n  W: Other\n    D: Swim"
    assert joined(first, "and swim = 5 km\n    D: Gym") == "V\n  W: Week\n    D: Run and swim = 5 km\n    D: Gym"
    later = "then from 2027-01-04: = 6 km\n    D: Gym"
    assert joined(first, later) == f"{first}\n{later}"


def test_a_message_counts_as_telegram_counts_it() -> None:
    assert may_be_first_part("🏃" * 1_024)
    assert not may_be_first_part("a" * 2_047)
