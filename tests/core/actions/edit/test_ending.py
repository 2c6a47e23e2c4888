"""Ending a goal, and reopening it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.actions.edit.edited import Edited, EditOutcome
from core.actions.edit.ending import end, take_up
from core.errors import InvalidPlan
from core.goals.model import Status
from core.ports.store import Store
from tests.core.actions.edit.person import WEDNESDAY, Person

DAY = timedelta(days=1)


async def ended(anna: Person, title: str, on: date | None = None, key: str | None = None) -> Edited:
    return await end(anna.store, anna.actor, (await anna.node(title)).id, on, anna.now, source_key=key)


async def taken_up(anna: Person, title: str, on: date | None = None, key: str | None = None) -> Edited:
    return await take_up(anna.store, anna.actor, (await anna.node(title)).id, on, anna.now, source_key=key)


async def test_yesterday_was_the_last_day_and_what_was_logged_stays(store: Store) -> None:
    anna = await Person(store).open()
    await anna.log("Run", 5, on=WEDNESDAY - DAY)
    done = await ended(anna, "50 km a week", key="7:1:7:e")
    assert (done.outcome, done.since) == (EditOutcome.DONE, WEDNESDAY)
    assert [(await anna.node(title)).ends_on for title in ("50 km a week", "Run")] == [WEDNESDAY - DAY] * 2
    assert (await anna.standing("Run")).status is Status.INACTIVE
    assert (await anna.standing("Run", WEDNESDAY - DAY)).percent == 100
    assert (await ended(anna, "50 km a week", key="7:1:7:e")).outcome is EditOutcome.REPEATED
    assert (await ended(anna, "50 km a week")).outcome is EditOutcome.UNCHANGED
    await anna.all()


@pytest.mark.parametrize("title", ["Run", "50 km a week"])
async def test_a_day_that_is_logged_already_stays(store: Store, title: str) -> None:
    anna = await Person(store).open()
    await anna.log("Run", 5, on=WEDNESDAY - DAY)
    await anna.log("Run", 5)
    before = await anna.standing("Run")
    assert (await ended(anna, title)).since == WEDNESDAY + DAY
    run = await anna.node("Run")
    assert (run.ends_on, run.let_go) == (WEDNESDAY, True)
    assert (await anna.standing("Run")) == replace(before, node=run)
    assert (await anna.standing("Run", WEDNESDAY + DAY)).status is Status.INACTIVE
    assert (await ended(anna, title)).outcome is EditOutcome.UNCHANGED
    await anna.all()


async def test_a_last_day_ahead_is_asked_about_until_then(store: Store) -> None:
    anna = await Person(store).open()
    await ended(anna, "Run", WEDNESDAY + 3 * DAY)
    run = await anna.node("Run")
    assert (run.ends_on, run.let_go) == (WEDNESDAY + 3 * DAY, False)
    assert (await anna.standing("Run", WEDNESDAY + 3 * DAY)).status is not Status.INACTIVE


@pytest.mark.parametrize(("on", "code"), [(date(2026, 11, 1), "end_before_start"), (date(2027, 6, 1), "ends_earlier")])
async def test_a_day_on_which_it_cannot_end_changes_nothing(store: Store, on: date, code: str) -> None:
    anna = await Person(store).open("Fit (from 2026-11-02 until 2027-05-31)\n  D: Run\n")
    before = await anna.all()
    with pytest.raises(InvalidPlan) as refused:
        await ended(anna, "Run", on)
    assert [fault.code for fault in refused.value.faults] == [code]
    assert await anna.all() == before


async def test_the_days_between_were_not_planned(store: Store) -> None:
    anna = await Person(store).open()
    await anna.log("Run", 5, on=WEDNESDAY - DAY)
    past = WEDNESDAY - DAY
    before = await anna.standing("Run", past), await anna.standing("Calm", past)
    await ended(anna, "50 km a week")
    anna.wait(9)
    done = await taken_up(anna, "50 km a week", key="7:2:7:t")
    assert (done.outcome, done.since) == (EditOutcome.DONE, anna.today)
    assert (await anna.standing("Run")).status is not Status.INACTIVE
    assert (await anna.standing("Run", anna.today - DAY)).status is Status.INACTIVE
    assert (await anna.standing("Run", past)).percent == before[0].percent
    assert await anna.standing("Calm", past) == before[1]
    assert (await taken_up(anna, "50 km a week", key="7:2:7:t")).outcome is EditOutcome.REPEATED
    assert (await taken_up(anna, "50 km a week")).outcome is EditOutcome.UNCHANGED
    await anna.all()


async def test_ended_and_taken_up_on_one_day_it_is_as_it_was(store: Store) -> None:
    anna = await Person(store).open()
    before = await anna.all()
    await ended(anna, "50 km a week")
    await taken_up(anna, "50 km a week")
    assert await anna.all() == before


async def test_goals_below_that_had_ended_before_stay_ended(store: Store) -> None:
    anna = await Person(store).open()
    await ended(anna, "Stretch", WEDNESDAY - 5 * DAY)
    await ended(anna, "50 km a week")
    await taken_up(anna, "50 km a week", WEDNESDAY + DAY)
    assert (await anna.node("Stretch")).ends_on == WEDNESDAY - 5 * DAY
    assert (await anna.standing("Run")).status is Status.INACTIVE
    assert (await anna.standing("Run", WEDNESDAY + DAY)).status is not Status.INACTIVE


async def test_one_off_goals_and_goals_of_an_ended_vision_are_not_reopened(store: Store) -> None:
    anna = await Person(store).open("Fit (from 2026-11-02)\n  D: Run\n  W!: A race\n")
    await ended(anna, "A race")
    with pytest.raises(InvalidPlan) as refused:
        await taken_up(anna, "A race")
    assert refused.value.faults[0].code == "once_only"
    await ended(anna, "Fit")
    with pytest.raises(InvalidPlan) as refused:
        await taken_up(anna, "Run")
    assert refused.value.faults[0].code == "vision_ended"
    await taken_up(anna, "Fit")
    assert (await anna.standing("Run")).status is not Status.INACTIVE
