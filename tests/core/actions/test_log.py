"""Amending and undoing through a real store, where messages and days interfere."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from core.actions.cache import verify
from core.actions.edit.pauses import pause
from core.actions.edit.undo import undo_last
from core.actions.log import amend, log
from core.actions.logged import CheckOff, How, Log, LogOutcome
from core.actions.owners import welcome
from core.actions.plant import plant
from core.actions.read import read_trees
from core.errors import EntryGone, InvalidValue
from core.goals.model import OwnerType, Pause
from core.goals.progress import ONE
from core.goals.streaks import Streak
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from core.ports.store import Store

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
TODAY = date(2026, 11, 18)
CHAT = 7


@pytest.fixture
async def run(store: Store) -> int:
    await welcome(store, Actor.host(CHAT), OwnerType.PRIVATE, "Anna", "en", NOW)
    await plant(store, Actor.host(CHAT), parse_outline("Fit\n  D: Run = 5 km\n", TODAY), TODAY, NOW)
    return (await read_trees(store, Actor.host(CHAT), TODAY))[0].tree.leaves()[0].id


async def value(store: Store) -> Decimal | None:
    reading = (await read_trees(store, Actor.host(CHAT), TODAY))[0]
    return reading.standing(reading.tree.leaves()[0]).value


def said(run: int, number: int, key: str, how: How = How.ADD) -> Log:
    return Log(run, TODAY, how, Decimal(number), source_key=key)


async def test_an_edit_of_a_message_whose_entry_was_replaced_adds_nothing(store: Store, run: int) -> None:
    await log(store, Actor.alone(CHAT), said(run, 5, "7:1:0"), NOW)
    await log(store, Actor.alone(CHAT), said(run, 7, "7:2:0", How.SET), NOW)
    with pytest.raises(EntryGone):
        await amend(store, Actor.alone(CHAT), "7:1:", [said(run, 6, "7:1:0:e1")], NOW)
    assert await value(store) == 7


async def test_an_edit_replaces_what_the_message_had_logged_once(store: Store, run: int) -> None:
    await log(store, Actor.alone(CHAT), said(run, 5, "7:1:0"), NOW)
    for _ in range(2):  # delivered twice
        await amend(store, Actor.alone(CHAT), "7:1:", [said(run, 6, "7:1:0:e1")], NOW)
    assert await value(store) == 6


async def test_a_message_logged_under_a_key_without_its_author_is_known_again(store: Store, run: int) -> None:
    await log(store, Actor.alone(CHAT), said(run, 5, "7:1:0"), NOW)
    assert (await log(store, Actor.alone(CHAT), said(run, 5, "7:1:7:0"), NOW)).outcome is LogOutcome.REPEATED
    [done] = await amend(store, Actor.alone(CHAT), "7:1:", [said(run, 6, "7:1:7:0:e1:9")], NOW)
    assert done.outcome is LogOutcome.LOGGED
    assert await value(store) == 6
    [again] = await amend(store, Actor.alone(CHAT), "7:1:", [said(run, 6, "7:1:7:0:e1:9")], NOW)
    assert again.outcome is LogOutcome.REPEATED


async def test_an_edit_is_refused_after_its_entry_was_taken_back_under_either_key(store: Store, run: int) -> None:
    for key in ("7:1:0", "7:2:7:0"):
        await log(store, Actor.alone(CHAT), said(run, 5, key), NOW)
        await undo_last(store, Actor.alone(CHAT), NOW)
        number = key.split(":")[1]
        with pytest.raises(EntryGone):
            await amend(store, Actor.alone(CHAT), f"7:{number}:", [said(run, 6, f"7:{number}:7:0:e1:9")], NOW)


async def test_taking_back_a_set_brings_back_what_it_had_replaced(store: Store, run: int) -> None:
    await log(store, Actor.alone(CHAT), said(run, 5, "7:1:0"), NOW)
    await log(store, Actor.alone(CHAT), said(run, 7, "7:2:0", How.SET), NOW)
    await undo_last(store, Actor.alone(CHAT), NOW)
    assert await value(store) == 5


async def test_an_entry_that_was_taken_back_does_not_return_with_its_message(store: Store, run: int) -> None:
    await log(store, Actor.alone(CHAT), said(run, 5, "7:1:0"), NOW)
    await undo_last(store, Actor.alone(CHAT), NOW)
    await log(store, Actor.alone(CHAT), said(run, 5, "7:1:0"), NOW)
    assert await value(store) == 0


async def test_the_same_undo_told_twice_takes_back_one_entry_and_says_the_same(store: Store, run: int) -> None:
    await log(store, Actor.alone(CHAT), said(run, 5, "7:1:0"), NOW)
    await log(store, Actor.alone(CHAT), said(run, 4, "7:2:0"), NOW)
    first = await undo_last(store, Actor.alone(CHAT), NOW, source_key="7:3:7:0")
    again = await undo_last(store, Actor.alone(CHAT), NOW, source_key="7:3:7:0")
    assert await value(store) == 5
    assert isinstance(first, CheckOff)
    assert isinstance(again, CheckOff)
    assert (again.outcome, again.entry) == (first.outcome, first.entry)
    assert [step.standing for step in again.steps] == [step.standing for step in first.steps]
    await undo_last(store, Actor.alone(CHAT), NOW, source_key="7:4:7:0")
    assert await value(store) == 0


async def test_a_correction_may_lower_a_day_but_not_below_nothing(store: Store, run: int) -> None:
    await log(store, Actor.alone(CHAT), said(run, 5, "7:1:0"), NOW)
    await log(store, Actor.alone(CHAT), said(run, -2, "7:2:0"), NOW)
    with pytest.raises(InvalidValue):
        await log(store, Actor.alone(CHAT), said(run, -4, "7:3:0"), NOW)
    assert await value(store) == 3


async def test_the_same_message_again_says_what_it_did_the_first_time(store: Store, run: int) -> None:
    await log(store, Actor.alone(CHAT), said(run, 2, "7:1:0"), NOW)
    first = await log(store, Actor.alone(CHAT), said(run, 4, "7:2:0", How.SET), NOW)  # in place of the 2
    again = await log(store, Actor.alone(CHAT), said(run, 4, "7:2:0", How.SET), NOW)
    assert again.outcome is LogOutcome.REPEATED
    assert again.steps == first.steps
    assert first.steps[0].before == 2 * ONE // 5
    assert await value(store) == 4


async def test_a_target_by_a_date_has_no_streak_to_verify(store: Store, run: int) -> None:
    outline = parse_outline("Write (until 2027-01-31)\n  T: Book = 5 pages\n", TODAY)
    [made] = await plant(store, Actor.host(CHAT), outline, TODAY, NOW)
    [book] = made.tree.leaves()
    checked_off = await log(store, Actor.alone(CHAT), said(book.id, 5, "7:1:0"), NOW)
    assert (checked_off.steps[0].standing.progress, checked_off.steps[0].standing.streak) == (ONE, None)
    assert await verify(store, Actor.host(CHAT)) == (2, [])


async def test_days_off_break_a_streak_in_any_order_of_logging(store: Store, run: int) -> None:
    later = NOW + timedelta(days=4)
    days_off = Pause(0, date(2026, 11, 19), date(2026, 11, 30), None)
    await pause(store, Actor.alone(CHAT), days_off, NOW, source_key=None)
    for day, km in ((18, 5), (21, 3), (20, 5)):
        said_of = Log(run, date(2026, 11, day), How.ADD, Decimal(km), source_key=f"7:{day}:0")
        checked_off = await log(store, Actor.alone(CHAT), said_of, later)
    assert checked_off.steps[0].standing.streak == Streak(0, 2)
    reading = (await read_trees(store, Actor.host(CHAT), later.date()))[0]
    assert reading.standing(reading.tree.leaves()[0]).streak == Streak(0, 2)
