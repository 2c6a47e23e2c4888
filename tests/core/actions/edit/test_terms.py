"""Another target, schedule or weight from a day on."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.actions.edit.edited import EditOutcome
from core.actions.edit.terms import TermsChange, change_terms
from core.errors import InvalidPlan
from core.goals.model import Direction
from core.goals.terms import DaySchedule
from core.ports.store import Store
from tests.core.actions.edit.person import WEDNESDAY, Person, told

DAY = timedelta(days=1)


async def test_a_target_counts_from_today_and_leaves_what_was(store: Store) -> None:
    anna = await Person(store).open()
    await anna.log("Run", 5, on=WEDNESDAY - DAY)
    run = (await anna.node("Run")).id
    done = await change_terms(store, anna.actor, run, TermsChange(target=Decimal(8)), anna.now, source_key="7:1:7:t")
    assert (done.outcome, done.since) == (EditOutcome.DONE, WEDNESDAY)
    assert (await anna.standing("Run")).target == 8
    yesterday = await anna.standing("Run", WEDNESDAY - DAY)
    assert (f"{yesterday.target}", yesterday.percent) == ("5", 100)
    assert told(done.expectations) == [("Run", WEDNESDAY, "5 -> 8")]
    again = await change_terms(store, anna.actor, run, TermsChange(target=Decimal(8)), anna.now, source_key="7:1:7:t")
    assert again.outcome is EditOutcome.REPEATED
    same = await change_terms(store, anna.actor, run, TermsChange(target=Decimal(8)), anna.now, source_key="7:2:7:t")
    assert same.outcome is EditOutcome.UNCHANGED
    await anna.all()


async def test_terms_count_from_tomorrow_if_today_is_logged(store: Store) -> None:
    anna = await Person(store).open()
    await anna.log("Run", 5)
    for title in ("Run", "50 km a week"):
        node = (await anna.node(title)).id
        done = await change_terms(store, anna.actor, node, TermsChange(target=Decimal(60)), anna.now, source_key=None)
        assert done.since == WEDNESDAY + DAY
    assert (await anna.standing("Run")).target == 5


async def test_a_week_has_the_target_in_force_at_its_end(store: Store) -> None:
    anna = await Person(store).open()
    week = (await anna.node("50 km a week")).id
    done = await change_terms(store, anna.actor, week, TermsChange(target=Decimal(40)), anna.now, source_key=None)
    assert told(done.expectations) == [("50 km a week", date(2026, 11, 16), "50 -> 40")]
    next_week = TermsChange(target=Decimal(30), starting=date(2026, 11, 23))
    done = await change_terms(store, anna.actor, week, next_week, anna.now, source_key=None)
    assert told(done.expectations) == [("50 km a week", date(2026, 11, 23), "40 -> 30")]
    assert (await anna.standing("50 km a week")).target == 40


async def test_schedules_take_each_others_place(store: Store) -> None:
    anna = await Person(store).open()
    stretch = (await anna.node("Stretch")).id
    for change, schedule in (
        (TermsChange(every_days=2), DaySchedule(every=2)),
        (TermsChange(month_days=frozenset({31})), DaySchedule(month_days=frozenset({31}))),
        (TermsChange(weekdays=frozenset({1})), DaySchedule(frozenset({1}))),
        (TermsChange(weekdays=frozenset(range(7)), weight=Decimal(2)), DaySchedule()),
    ):
        await change_terms(store, anna.actor, stretch, change, anna.now, source_key=None)
        assert (await anna.node("Stretch")).schedule == schedule
    assert (await anna.node("Stretch")).weight == 2


async def test_a_goal_that_has_not_begun_is_changed_from_its_beginning(store: Store) -> None:
    anna = await Person(store).open("Fit (from 2026-12-01)\n  D: Run = 5 km\n")
    run = (await anna.node("Run")).id
    done = await change_terms(store, anna.actor, run, TermsChange(target=Decimal(8)), anna.now, source_key=None)
    assert done.since == date(2026, 12, 1)
    assert len((await anna.node("Run")).terms) == 1


async def test_a_number_is_only_tracked_from_a_day_on(store: Store) -> None:
    anna = await Person(store).open()
    read = (await anna.node("Read")).id
    await change_terms(store, anna.actor, read, TermsChange(tracked=True), anna.now, source_key=None)
    assert (await anna.standing("Read")).target is None


@pytest.mark.parametrize(
    ("title", "change", "code"),
    [
        ("Run", TermsChange(target=Decimal(8), starting=date(2026, 11, 1)), "terms_before_start"),
        ("Run", TermsChange(target=Decimal(8), starting=date(2027, 6, 1)), "terms_after_end"),
        ("Run", TermsChange(target=Decimal(0)), "target_not_positive"),
        ("Run", TermsChange(weight=Decimal(-1)), "weight_negative"),
        ("Run", TermsChange(), "nothing_to_change"),
        ("Run", TermsChange(every_days=2, weekdays=frozenset({1})), "two_schedules"),
        ("Run", TermsChange(every_days=0), "every_days_unfit"),
        ("Run", TermsChange(every_days=367), "every_days_unfit"),
        ("Run", TermsChange(month_days=frozenset({32})), "month_day_unfit"),
        ("Run", TermsChange(weekdays=frozenset()), "no_weekdays"),
        ("Calm", TermsChange(weekdays=frozenset({1})), "weekdays_not_daily"),
        ("Calm", TermsChange(target=Decimal(2)), "target_on_mean"),
        ("Stretch", TermsChange(target=Decimal("1.5")), "target_not_whole"),
        ("50 km a week", TermsChange(tracked=True), "sum_without_target"),
        ("Run", TermsChange(target=Decimal(10) ** 10), "number_too_large"),
    ],
)
async def test_impossible_terms_change_nothing(store: Store, title: str, change: TermsChange, code: str) -> None:
    anna = await Person(store).open(
        "Run a marathon (from 2026-11-02 until 2027-05-31)\n  W: 50 km a week = 50 km sum\n    D: Run = 5 km\n"
        "  W: Calm\n    D: Stretch\n"
    )
    before = await anna.all()
    with pytest.raises(InvalidPlan) as refused:
        await change_terms(store, anna.actor, (await anna.node(title)).id, change, anna.now, source_key=None)
    assert [fault.code for fault in refused.value.faults] == [code]
    assert await anna.all() == before


async def test_whether_it_is_a_limit_and_where_it_begins_change_for_the_past_too(store: Store) -> None:
    anna = await Person(store).open(
        "Calm down (from 2026-11-02 until 2027-05-31)\n  D: Coffee = 4 cups\n  T: Weight = 86 -> 78 kg\n"
    )
    await anna.log("Coffee", 4, on=WEDNESDAY - DAY)
    await anna.log("Weight", 84, on=WEDNESDAY - DAY)
    coffee, weight = (await anna.node("Coffee")).id, (await anna.node("Weight")).id
    limit = TermsChange(target=Decimal(2), direction=Direction.AT_MOST)
    done = await change_terms(store, anna.actor, coffee, limit, anna.now, source_key=None)
    assert (done.outcome, done.since) == (EditOutcome.DONE, WEDNESDAY)
    yesterday = await anna.standing("Coffee", WEDNESDAY - DAY)
    assert (f"{yesterday.target}", yesterday.percent, yesterday.node.is_limit) == ("4", 100, True)
    begun = TermsChange(target=Decimal(78), baseline=Decimal(88))
    await change_terms(store, anna.actor, weight, begun, anna.now, source_key=None)
    assert (await anna.standing("Weight")).percent == 40
    again = await change_terms(store, anna.actor, weight, begun, anna.now, source_key=None)
    assert again.outcome is EditOutcome.UNCHANGED
    await anna.all()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (TermsChange(target=Decimal(2), baseline=Decimal(5)), "baseline_not_on_target"),
        (TermsChange(target=Decimal(-1), direction=Direction.AT_MOST), "limit_negative"),
    ],
)
async def test_a_goal_is_not_made_what_it_cannot_be(store: Store, change: TermsChange, code: str) -> None:
    anna = await Person(store).open()
    before = await anna.all()
    with pytest.raises(InvalidPlan) as refused:
        await change_terms(store, anna.actor, (await anna.node("Run")).id, change, anna.now, source_key=None)
    assert [fault.code for fault in refused.value.faults] == [code]
    assert await anna.all() == before
