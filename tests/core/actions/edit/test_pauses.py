"""Days off for everything or for one branch, and coming back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.actions.edit.edited import EditOutcome, Paused
from core.actions.edit.pauses import end_pause, list_pauses, pause, resume
from core.caps import Caps
from core.errors import CapReached, GoaltreeError, InvalidSetting, NotFound
from core.goals.model import Pause, Status
from core.ports.store import Store
from tests.core.actions.edit.person import WEDNESDAY, Person, told

DAY = timedelta(days=1)


async def paused(anna: Person, days: int, node: str | None = None, key: str | None = None, since: int = 0) -> Paused:
    first = anna.today + timedelta(days=since)
    node_id = None if node is None else (await anna.node(node)).id
    wanted = Pause(0, first, first + timedelta(days=days - 1), node_id)
    return await pause(anna.store, anna.actor, wanted, anna.now, source_key=key)


async def test_everything_rests_and_less_is_expected_meanwhile(store: Store) -> None:
    anna = await Person(store).open()
    done = await paused(anna, 14, key="7:1:7:p")
    assert (done.outcome, done.node) == (EditOutcome.DONE, None)
    assert [(one.first, one.last) for one in done.after] == [(WEDNESDAY, date(2026, 12, 1))]
    assert told(done.expectations) == [("50 km a week", date(2026, 11, 16), "50 -> 15")]
    assert (await anna.standing("Run")).status is Status.OFF
    again = await paused(anna, 14, key="7:1:7:p")
    assert (again.outcome, again.after, again.expectations) == (EditOutcome.REPEATED, done.after, done.expectations)
    assert (await paused(anna, 7)).outcome is EditOutcome.UNCHANGED
    assert len(await list_pauses(store, anna.actor)) == 1
    await anna.all()


async def test_coming_back_ends_it_with_yesterday(store: Store) -> None:
    anna = await Person(store).open()
    await paused(anna, 14)
    anna.wait(3)
    done = await resume(store, anna.actor, None, anna.now, source_key="7:2:7:back")
    assert [(one.first, one.last) for one in done.after] == [(WEDNESDAY, WEDNESDAY + 2 * DAY)]
    assert (await anna.standing("Run")).status is not Status.OFF
    again = await resume(store, anna.actor, None, anna.now, source_key="7:2:7:back")
    assert (again.outcome, again.before, again.after) == (EditOutcome.REPEATED, done.before, done.after)
    assert (await resume(store, anna.actor, None, anna.now, source_key="7:3:7:back")).outcome is EditOutcome.UNCHANGED
    await anna.all()


async def test_on_its_first_day_and_before_it_a_pause_is_called_off(store: Store) -> None:
    anna = await Person(store).open()
    for ahead in (0, 5):
        await paused(anna, 3, since=ahead)
        assert (await resume(store, anna.actor, None, anna.now, source_key=None)).after == ()
        assert await list_pauses(store, anna.actor) == []


async def test_a_branch_rests_alone_and_goes_on_resting_when_all_else_is_back(store: Store) -> None:
    anna = await Person(store).open()
    await paused(anna, 30, "50 km a week")
    assert (await anna.standing("Run")).status is Status.OFF
    assert (await anna.standing("Read")).status is not Status.OFF
    await paused(anna, 14)
    done = await resume(store, anna.actor, None, anna.now, source_key=None)
    assert [one.last for one in done.running] == [WEDNESDAY + 29 * DAY]
    assert (await anna.standing("Run")).status is Status.OFF
    week = (await anna.node("50 km a week")).id
    with pytest.raises(InvalidSetting) as refused:
        await resume(store, anna.actor, (await anna.node("Run")).id, anna.now, source_key=None)
    assert refused.value.values == {"title": "50 km a week", "until": WEDNESDAY + 29 * DAY}
    await resume(store, anna.actor, week, anna.now, source_key=None)
    assert await list_pauses(store, anna.actor) == []


async def test_one_pause_is_ended_by_its_id(store: Store) -> None:
    anna = await Person(store).open()
    await paused(anna, 14, "Run")
    [one] = await list_pauses(store, anna.actor)
    anna.wait()
    done = await end_pause(store, anna.actor, one.id, anna.now, source_key="7:1:7:e")
    assert (done.outcome, done.node and done.node.title) == (EditOutcome.DONE, "Run")
    assert (await end_pause(store, anna.actor, one.id, anna.now, source_key="7:1:7:e")).outcome is EditOutcome.REPEATED
    assert (await end_pause(store, anna.actor, one.id, anna.now, source_key=None)).outcome is EditOutcome.UNCHANGED
    with pytest.raises(NotFound):
        await end_pause(store, anna.actor, one.id + 1, anna.now, source_key=None)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (WEDNESDAY, WEDNESDAY - DAY, "pause_ends_before"),
        (WEDNESDAY, WEDNESDAY + 366 * DAY, "pause_too_long"),
        (WEDNESDAY, date(2036, 1, 1), "pause_too_long"),
        (date(1, 1, 1), date(1, 1, 2), "date_out_of_range"),
    ],
)
async def test_a_pause_that_cannot_be_changes_nothing(store: Store, first: date, last: date, code: str) -> None:
    anna = await Person(store).open()
    before = await anna.all()
    with pytest.raises(GoaltreeError) as refused:
        await pause(store, anna.actor, Pause(0, first, last), anna.now, source_key=None)
    assert refused.value.code == code
    assert await anna.all() == before


async def test_there_are_only_so_many(store: Store) -> None:
    anna = await Person(store).open()
    await paused(anna, 2)
    wanted = Pause(0, WEDNESDAY, WEDNESDAY + 3 * DAY)
    with pytest.raises(CapReached):
        await pause(store, anna.actor, wanted, anna.now, Caps(pauses=1), source_key=None)
