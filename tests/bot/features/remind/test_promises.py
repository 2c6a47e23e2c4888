"""A reminder comes as promised, or is refused: before the day's start, on days that are never due, for ended goals."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.bot.conftest import Stage, Talk
from tests.bot.features.remind.test_remind import check_ins

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PLAN = "/plan T\n  D: Gym [mon wed fri]\n  D: Read [weekdays]"
NEVER = "Nothing of that goal is ever due on those days, so there would be nothing to ask."


@pytest.fixture
async def planned(chat: Talk, stage: Stage) -> Talk:
    stage.clock.set(MONDAY)
    await chat.say("/start")
    await chat.say("Berlin")
    await chat.say(PLAN)
    await chat.say("/remind off")
    return chat


async def test_a_time_before_the_day_s_start_comes_in_the_night_that_follows(planned: Talk) -> None:
    await planned.say("/settings day 4:30")
    said = await planned.tell("/remind gym wed 3:00")
    assert "Next: on Thu 5 Mar. (Your days begin at 04:30, so 03:00 is in the night that follows.)" in said
    assert "next on Thu 5 Mar" in await planned.tell("/remind")


async def test_another_day_start_moves_what_is_due(planned: Talk) -> None:
    assert "Next: on Wed 4 Mar." in await planned.tell("/remind gym wed 3:00")
    await planned.say("/settings day 4:30")
    assert "next on Thu 5 Mar" in await planned.tell("/remind")
    await planned.say("/settings day 0:00")
    assert "next on Wed 4 Mar" in await planned.tell("/remind")


@pytest.mark.parametrize("wish", ["gym tue 7:00", "gym weekends 7:00", "gym tue thu 7:00", "T weekends 9:00"])
async def test_a_day_that_is_never_due_is_refused(planned: Talk, wish: str) -> None:
    before = await check_ins(planned)
    assert await planned.tell(f"/remind {wish}") == NEVER
    assert await check_ins(planned) == before


async def test_it_is_refused_where_a_reminder_changes_too(planned: Talk) -> None:
    await planned.say("/remind gym mon 7:00")
    await planned.tap("Change or delete")
    await planned.tap("Change")
    await planned.tap("On weekends")
    assert NEVER in [*planned.toasts, *(said.text for said in planned.last)]
    assert "07:00 0" in await check_ins(planned)


async def test_the_next_time_is_the_next_with_something_to_ask(planned: Talk) -> None:
    assert "every day at 07:00.\nNext: on Wed 4 Mar." in await planned.tell("/remind gym 7:00")


async def test_an_ended_goal_has_no_next_time(planned: Talk) -> None:
    await planned.say("/remind gym 7:00")
    await planned.say("/archive gym")
    await planned.tap("End it")
    assert "⏰ Every day at 07:00 · Gym · nothing is due then" in await planned.tell("/remind")
    assert "Your next digest comes" in await planned.tell("/settings zone Tokyo")


async def test_days_without_any_due_goal_are_reported(planned: Talk) -> None:
    said = await planned.tell("/remind sunday 9:00")
    assert said.endswith("every Sunday at 09:00 how it went. That is instead of 20:00.\nNothing is due then.")


async def test_no_day_off_is_promised(planned: Talk) -> None:
    await planned.say("/plan Lighter\n  T: Weight = 86 -> 78 kg (until 2026-12-31)\n  W: Swim = 2 times")
    await planned.until(datetime(2026, 3, 4, 9, tzinfo=UTC))
    await planned.say("/pause until 9 march")
    assert "Next: on Tue 10 Mar." in await planned.tell("/remind 21:00")
