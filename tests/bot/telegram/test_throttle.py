"""Anyone who sends more than a person can is told once, kindly and with the time; nobody who is only quick ever is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.telegram.throttle import PAUSE, Allowance, Throttle, Verdict
from tests.bot.conftest import MONDAY_EVENING, Stage
from tests.bot.logged import told
from tests.bot.planting import planted

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HEARD, ENOUGH, UNHEARD = Verdict.HEARD, Verdict.ENOUGH, Verdict.UNHEARD


def heard(throttle: Throttle, times: int, at: datetime = NOON, who: int = 1, kind: str = "message") -> list[Verdict]:
    return [throttle.take(who, kind, at) for _ in range(times)]


def test_the_allowed_burst_passes_and_the_pause_after_it_is_told_once() -> None:
    throttle = Throttle(Allowance(at_once=3, a_minute=60))
    assert heard(throttle, 6) == [HEARD, HEARD, HEARD, ENOUGH, UNHEARD, UNHEARD]
    assert throttle.paused_until(1, "message") == NOON + PAUSE
    assert heard(throttle, 1, NOON + PAUSE - SECOND) == [UNHEARD]
    assert heard(throttle, 4, NOON + PAUSE) == [HEARD, HEARD, HEARD, ENOUGH]
    assert heard(throttle, 1, who=2) == [HEARD]
    assert heard(throttle, 1, kind="tap") == [HEARD]


def test_the_pace_of_an_hour_is_kept_up() -> None:
    throttle = Throttle(Allowance(at_once=3, a_minute=60))
    assert {throttle.take(1, "message", NOON + SECOND * at) for at in range(3600)} == {HEARD}


def test_updates_that_piled_up_in_an_outage_are_all_heard() -> None:
    """They arrive within a second, but were sent over hours, and even in another order."""
    throttle = Throttle(Allowance(at_once=10, a_minute=60))
    sent = [NOON + timedelta(minutes=minute) for minute in range(500)]
    assert {throttle.take(1, "message", at) for at in sent} == {HEARD}
    assert throttle.take(1, "message", NOON) is HEARD


def test_only_so_many_persons_are_remembered() -> None:
    throttle = Throttle(Allowance(at_once=1, a_minute=1), remembered=100)
    for who in range(1000):
        throttle.take(who, "message", NOON)
    assert len(throttle) == 100
    assert throttle.take(999, "message", NOON) is ENOUGH
    assert throttle.take(0, "message", NOON) is HEARD


async def test_a_flood_is_answered_once_and_nothing_logged_is_lost(stage: Stage) -> None:
    await stage.restart(allowance=Allowance(at_once=5, a_minute=60))
    anna, ben = stage.talk("Anna"), stage.talk("Ben")
    await planted(anna)
    await planted(ben)
    said = [await anna.say(f"run {number}") for number in range(1, 9)]
    assert all("Run" in answers[0].text for answers in said[:5])
    assert [answer.text for answer in said[5]] == ["That was a lot at once. I listen again in 20 seconds."]
    assert said[6:] == [[], []]
    assert len(await told(anna)) == 5
    assert "Run" in (await ben.tell("run 1"))
    stage.clock.advance(PAUSE)
    assert "Run" in await anna.tell("run 5")
    assert len(await told(anna)) == 6


async def test_every_tap_of_a_flood_is_answered(stage: Stage) -> None:
    await stage.restart(allowance=Allowance(at_once=3, a_minute=60))
    anna = stage.talk("Anna")
    await planted(anna)
    await anna.say("/log")
    for label in ("Gym", "Stretch", "Read"):
        await anna.tap(label)
    before = await told(anna)
    for _ in range(2):
        await anna.press("sum:week")
        assert anna.toasts == ["That was a lot at once. I listen again in 20 seconds."]
    assert await told(anna) == before


async def test_forty_goals_are_ticked_without_a_pause(stage: Stage) -> None:
    await stage.restart(allowance=Allowance())
    anna = stage.talk("Anna")
    await planted(anna, "Many (from 2026-10-01)\n" + "\n".join(f"  D: Goal {number}" for number in range(40)))
    await anna.say("/log")
    for number in range(40):
        await anna.say(f"goal {number}")
    assert len(await told(anna)) == 40


async def test_a_backlog_after_an_outage_of_the_bot_is_all_logged(stage: Stage) -> None:
    await stage.stop()
    anna = stage.talk("Anna")
    stage.clock.set(MONDAY_EVENING)
    for _ in range(150):
        stage.clock.advance(timedelta(seconds=30))
        stage.world.say(anna.person, anna.chat, "run 1")
    await stage.open_store()
    await planted(anna)
    stage.bot_options["allowance"] = Allowance(at_once=20, a_minute=30)
    await stage.start_bot()
    await stage.quiet()
    assert len(await told(anna)) == 150


async def test_a_groups_own_talk_is_not_counted(stage: Stage) -> None:
    await stage.restart(allowance=Allowance(at_once=2, a_minute=1))
    stage.world.privacy = False
    friends = stage.group()
    await planted(friends)
    for _ in range(10):
        assert await friends.say("how was your day?") == []
    assert "Gym" in (await friends.say("/log gym"))[0].text


@pytest.mark.parametrize("times", [1, 5])
async def test_someone_who_is_not_on_the_list_is_turned_away_at_the_same_pace(stage: Stage, times: int) -> None:
    await stage.restart(allowance=Allowance(at_once=2, a_minute=1), allowed=frozenset({1}))
    anna = stage.talk("Anna")
    answers = [await anna.say("/start") for _ in range(times)]
    assert sum(map(len, answers)) == min(times, 2)
