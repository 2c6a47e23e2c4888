"""The generator: the tree of an aim, and the parts of its amount, which add up to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.errors import InvalidPlan
from core.goals.model import Aggregate, Direction, Level, Measure, Node
from core.goals.periods import Period, period_of
from core.goals.progress import expected
from core.goals.terms import DaySchedule
from core.goals.tree import Tree
from core.planning.generate import Aim, AmountShare, PlanTitles, Proposal, propose
from core.planning.outline import assign_keys, parse_outline, print_plan
from core.planning.plan import PlanNode, nodes_of

TODAY = date(2026, 11, 23)
TITLES = PlanTitles(
    "All of it",
    {
        level: f"Each {level.removesuffix('ly')}"
        for level in (Level.YEARLY, Level.QUARTERLY, Level.MONTHLY, Level.WEEKLY)
    },
    {Level.MONTHLY: "A step each month", Level.WEEKLY: "A step each week", Level.DAILY: "A little each day"},
)
BOOK = Aim("Write a book", "Write", Decimal(80_000), "words", ends_on=date(2027, 6, 30))
EVEN_DAYS = DaySchedule(every=2)
FIRST = DaySchedule(month_days=frozenset({1}))
WEEKDAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: DaySchedule(frozenset(days)))
SCHEDULES = WEEKDAYS | st.integers(1, 9).map(lambda every: DaySchedule(every=every))
AMOUNTS = st.decimals(1, 10**6, places=0) | st.decimals(Decimal("0.01"), 10**5, places=2)


def outline(aim: Aim, today: date = TODAY) -> list[str]:
    """The proposal with its last terms."""
    last = propose(aim, TITLES, today).plan.mapped(lambda node: replace(node, terms=()))
    return print_plan(last).splitlines()[1:]


def tree_of(proposal: Proposal, week_start: int = 0) -> Tree:
    return Tree(nodes_of(assign_keys(proposal.plan, set()), count(1)), week_start)


def asked(tree: Tree, node: Node, days: Period) -> Mapping[Period, Decimal | None]:
    """What the engine expects in each period of a goal that is met on its active days."""
    result = {}
    active = tree.active(node)
    on = max(days.start, active.start)
    while on <= min(days.end, active.end):
        period = period_of(node.level, on, tree.week_start)
        result[period] = expected(tree, node, period)
        on = period.end + timedelta(days=1)
    return result


@st.composite
def aims(draw: st.DrawFn) -> Aim:
    amount = draw(AMOUNTS)
    starts = draw(st.none() | st.integers(1, 400).map(lambda days: TODAY + timedelta(days=days)))
    return replace(
        BOOK,
        amount=amount,
        done=draw(st.sampled_from([Decimal(0), (amount / 3).quantize(Decimal(1))])),
        is_divisible=draw(st.booleans()),
        schedule=draw(st.just(DaySchedule()) | SCHEDULES),
        starts_on=starts,
        ends_on=(starts or TODAY) + timedelta(days=draw(st.integers(0, 1_500))),
        ramp=draw(st.sampled_from([Decimal(0), Decimal(5), Decimal("2.5"), Decimal(-3)])),
        finest=draw(st.sampled_from([Level.DAILY, Level.DAILY, Level.WEEKLY, Level.MONTHLY])),
    )


@given(aims(), st.sampled_from([0, 6]))
def test_the_targets_of_every_levels_periods_add_up_to_the_whole(aim: Aim, week_start: int) -> None:
    days = Period(aim.starts_on or TODAY, aim.ends_on or TODAY)
    assume(aim.schedule.count(days.start, days.end, days.start) > 0)
    proposal = propose(aim, TITLES, TODAY, week_start)
    left = (aim.amount or Decimal(0)) - aim.done
    tree = tree_of(proposal, week_start)
    [whole] = tree.children(tree.vision)
    assert whole.target == left
    for _, node in tree.walk():
        if node.level in proposal.parts:
            amounts = asked(tree, node, days)
            assert sum(amount or Decimal(0) for amount in amounts.values()) == left
            assert [amounts[part.period] for part in proposal.parts[node.level]] == [
                part.amount for part in proposal.parts[node.level]
            ]
        elif node.level is Level.DAILY and not aim.ramp:
            assert node.target is not None
            assert node.target * aim.schedule.count(days.start, days.end, days.start) >= left


@given(AMOUNTS, st.integers(0, 800), SCHEDULES, st.sampled_from([Decimal(0), Decimal(7)]))
def test_parts_agree_from_level_to_level(amount: Decimal, days: int, schedule: DaySchedule, ramp: Decimal) -> None:
    span = Period(TODAY, TODAY + timedelta(days=days))
    assume(schedule.count(span.start, span.end, span.start))
    share = AmountShare(amount, span, schedule, 0, ramp)
    by_day = {part.period.start: part.amount for part in share.parts(Level.DAILY)}
    assert sum(by_day.values()) == amount
    assert all(schedule.holds(on, span.start) for on, value in by_day.items() if value)
    for level in (Level.WEEKLY, Level.MONTHLY, Level.QUARTERLY, Level.YEARLY):
        for part in share.parts(level):
            assert part.amount == sum(value for on, value in by_day.items() if on in part.period)


@given(aims())
def test_the_outline_of_a_proposal_reads_back_as_the_same_tree(aim: Aim) -> None:
    days = Period(aim.starts_on or TODAY, aim.ends_on or TODAY)
    assume(aim.schedule.count(days.start, days.end, days.start) > 0)
    plan = propose(aim, TITLES, TODAY).plan
    [read] = parse_outline(print_plan(plan), TODAY)
    assert read.mapped(_as_printed) == plan.mapped(_as_printed)


def _as_printed(node: PlanNode) -> PlanNode:
    """A goal in an outline, whose numbers have no trailing zeros."""

    def plain(target: Decimal | None) -> Decimal | None:
        return None if target is None else target.normalize() + 0

    terms = tuple(replace(one, target=plain(one.target)) for one in node.terms)
    return replace(node, place="", terms=terms, target=plain(node.target))


def test_an_amount_by_a_date_is_split_down_to_the_day() -> None:
    assert outline(BOOK) == [
        "  T: All of it = 80000 words sum",
        "    Q: Each quarter = 33091 words sum",
        "      M: Each month = 10909 words sum",
        "        W: Each week = 2545 words sum",
        "          D: Write = 364 words",
    ]
    proposal = propose(BOOK, TITLES, TODAY)
    assert [int(part.amount) for part in proposal.parts[Level.QUARTERLY]] == [14182, 32727, 33091]
    assert [int(part.amount) for part in proposal.parts[Level.MONTHLY]][:3] == [2909, 11273, 11273]
    assert not proposal.is_a_lot
    assert not proposal.assumed_end


def test_a_ramp_asks_more_each_week() -> None:
    aim = replace(BOOK, goal="Run", amount=Decimal(100), unit="km", ends_on=date(2027, 1, 3), ramp=Decimal(10))
    weeks = [part.amount for part in propose(aim, TITLES, TODAY).parts[Level.WEEKLY]]
    assert [int(week) for week in weeks] == [13, 14, 16, 17, 19, 21]
    assert outline(aim)[-1] == "      D: Run = 3 km"


def test_whole_things_are_not_split_into_days() -> None:
    books = replace(BOOK, goal="Read", amount=Decimal(24), unit="books", ends_on=date(2027, 11, 30))
    assert outline(books) == [
        "  T: All of it = 24 books sum",
        "    Q: Each quarter = 6 books sum",
        "      M: Read = 2 books",
    ]
    assert outline(replace(books, ends_on=date(2026, 11, 29)))[-1] == "    D: Read = 4 books"
    assert outline(replace(books, amount=Decimal(1))) == ["  T: Read = 1 books"]


def test_money_is_saved_by_the_month() -> None:
    save = Aim("Save", "Save", Decimal(12_000), "€", ends_on=date(2027, 12, 31), finest=Level.MONTHLY)
    assert [line.split("=")[0] for line in outline(save)] == [
        "  T: All of it ",
        "    Q: Each quarter ",
        "      M: Save ",
    ]
    assert outline(replace(save, ends_on=date(2026, 12, 31)))[-1] == "    W: Save = 2154 €"


def test_an_amount_done_already_is_not_asked_again() -> None:
    assert outline(replace(BOOK, done=Decimal(20_000)))[0] == "  T: All of it = 60000 words sum"


def test_times_are_ticked() -> None:
    gym = Aim("Gym", "Gym", Decimal(50), "times", ends_on=date(2027, 2, 28), counts_ticks=True)
    assert outline(gym)[-1] == "      W: Gym = 4 times"
    assert propose(gym, TITLES, TODAY).plan.children[0].children[0].children[0].measure is Measure.CHECK


@pytest.mark.parametrize(
    ("aim", "line"),
    [
        (Aim("x", "Meditate", each=Level.DAILY, schedule=EVEN_DAYS), "  D: Meditate [every 2 days]"),
        (Aim("x", "Pay rent", each=Level.DAILY, schedule=FIRST), "  D: Pay rent [1st]"),
        (Aim("x", "Steps", Decimal(10_000), "steps", Level.DAILY), "  D: Steps = 10000 steps"),
        (Aim("x", "Coffees", Decimal(2), each=Level.DAILY, direction=Direction.AT_MOST), "  D: Coffees <= 2"),
        (Aim("x", "Smoking", Decimal(0), each=Level.DAILY, direction=Direction.AT_MOST), "  D: Smoking <= 0"),
        (Aim("x", "Gym", Decimal(3), each=Level.WEEKLY, counts_ticks=True), "  W: Gym = 3 times"),
        (Aim("x", "Mum", Decimal(1), each=Level.WEEKLY, counts_ticks=True), "  W: Mum"),
        (Aim("x", "Dog", Decimal(2), "times", Level.DAILY, counts_ticks=True), '  D: Dog = 2 "times"'),
        (Aim("x", "Mood", each=Level.DAILY, is_tracked=True), "  D: Mood = track"),
        (Aim("x", "Weight", Decimal(78), "kg", baseline=Decimal(86)), "  T: Weight = 86 -> 78 kg"),
        (Aim("x", "Deadlift", Decimal(140), "kg", aggregate=Aggregate.MAX), "  T: Deadlift = 140 kg highest"),
        (Aim("x", "First article", ends_on=date(2026, 11, 29)), "  T: First article"),
    ],
)
def test_one_goal(aim: Aim, line: str) -> None:
    assert outline(aim) == [line]


def test_a_years_amount_is_divided_where_nothing_is_left_over() -> None:
    books = Aim("x", "Read", Decimal(24), "books", Level.YEARLY)
    assert outline(books) == ["  Y: All of it = 24 books sum", "    M: Read = 2 books"]
    assert outline(replace(books, amount=Decimal(20))) == ["  Y: All of it = 20 books sum", "    Q: Read = 5 books"]
    assert outline(replace(books, amount=Decimal(25))) == ["  Y: Read = 25 books"]


def test_a_weeks_amount_on_some_of_its_days() -> None:
    run = Aim(
        "x", "Run", Decimal(20), "km", Level.WEEKLY, is_divisible=True, schedule=DaySchedule(frozenset({0, 2, 4}))
    )
    assert outline(run) == ["  W: All of it = 20 km sum", "    D: Run = 6.7 km [mon wed fri]"]
    gym = replace(run, goal="Gym", amount=Decimal(3), unit=None, counts_ticks=True)
    assert outline(gym) == ["  D: Gym [mon wed fri]"]


def test_a_habit_that_grows_from_week_to_week() -> None:
    run = Aim("x", "Run", Decimal(20), "km", Level.WEEKLY, ramp=Decimal(10), ends_on=date(2026, 12, 20))
    leaf = propose(run, TITLES, TODAY).plan.children[0]
    assert [(terms.since, int(terms.target or 0)) for terms in leaf.terms] == [
        (date.min, 20), (date(2026, 11, 30), 22), (date(2026, 12, 7), 24), (date(2026, 12, 14), 27),
    ]  # fmt: skip


def test_an_open_aim_has_steps_to_fill_in() -> None:
    assert outline(Aim("Learn Spanish", "Learn Spanish")) == [
        "  M: A step each month",
        "  W: A step each week",
        "  D: A little each day",
    ]


def test_an_end_that_nobody_said_is_a_year_on_and_is_called_so() -> None:
    proposal = propose(replace(BOOK, ends_on=None), TITLES, TODAY)
    assert proposal.assumed_end
    assert proposal.plan.ends_on == date(2027, 11, 30)
    assert propose(replace(BOOK, ends_on=None), TITLES, date(2028, 2, 29)).plan.ends_on == date(2029, 2, 28)


def test_more_than_people_can_do_is_a_lot() -> None:
    run = Aim("Run", "Run", Decimal(1_000), "km", ends_on=date(2027, 1, 23), is_divisible=True)
    proposal = propose(run, TITLES, TODAY)
    assert proposal.is_a_lot
    assert proposal.a_day == Decimal(17)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ends_on": date(2026, 11, 22)}, "day_passed"),
        ({"starts_on": date(2027, 7, 1)}, "ends_before_start"),
        ({"done": Decimal(80_000)}, "nothing_left"),
        ({"ramp": Decimal(51)}, "ramp_unfit"),
        ({"amount": Decimal(0)}, "target_not_positive"),
        ({"ends_on": date(2100, 1, 1)}, "span_too_long"),
        ({"schedule": FIRST, "ends_on": date(2026, 11, 30)}, "no_day_for_it"),
        ({"baseline": Decimal(80_000)}, "baseline_is_target"),
    ],
)
def test_an_impossible_aim_is_refused(changes: Mapping[str, object], code: str) -> None:
    with pytest.raises(InvalidPlan) as refused:
        propose(replace(BOOK, **changes), TITLES, TODAY)  # type: ignore[arg-type]
    assert [fault.code for fault in refused.value.faults] == [code]
