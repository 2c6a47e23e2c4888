"""The plan outline: what is typed, what it means, and what is said about what cannot be read."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from hypothesis import given

from core.errors import InvalidPlan
from core.goals.model import Aggregate, Each, Kind, Level, Measure, Strategy
from core.goals.terms import DaySchedule, Terms
from core.goals.tree import Tree
from core.planning.outline import assign_keys, parse_outline, print_outline, print_plan
from core.planning.plan import DaysOff, PlanNode, nodes_of, with_own_periods
from language.lexicon import lexicon
from language.parsing.until import day_reader
from tests.core.plans import as_meant, later_plans

TODAY = date(2026, 11, 23)
MARATHON = """\
Run a marathon (from 2026-11-23 until 2027-04-30)
  Q: 600 km a quarter = 600 km sum
    M: 200 km a month = 200 km sum
      W: 50 km a week = 50 km sum
        D: Run = 5 km
        D: Stretch [mon wed fri] x2"""


def node(line: str) -> PlanNode:
    """The only goal below a vision, from its line."""
    (vision,) = parse_outline(f"V\n  {line}", TODAY)
    return vision.children[0]


def faults(text: str) -> list[tuple[str, str]]:
    with pytest.raises(InvalidPlan) as refused:
        parse_outline(text, TODAY)
    return [(fault.place, fault.code) for fault in refused.value.faults]


def printed(text: str) -> str:
    """The outline as it comes back after it was stored."""
    return "\n".join(
        print_outline(Tree(nodes_of(assign_keys(plan, set()), itertools.count(1))), date.min)
        for plan in parse_outline(text, TODAY)
    )


def test_the_example_of_the_design_comes_back_as_it_was_typed() -> None:
    assert printed(MARATHON) == MARATHON


def test_a_vision_that_does_not_say_when_it_starts_starts_today() -> None:
    (vision,) = parse_outline("Run a marathon (until 2027-04-30)", TODAY)
    assert (vision.title, vision.starts_on, vision.ends_on) == ("Run a marathon", TODAY, date(2027, 4, 30))


def test_a_leaf_with_a_target_measures_a_number_and_one_without_is_a_check() -> None:
    run, gym = node("D: Run = 5.5 km"), node("D: Gym")
    assert (run.measure, run.target, run.unit) == (Measure.NUMBER, Decimal("5.5"), "km")
    assert (gym.measure, gym.target) == (None, None)


def test_times_on_a_weekly_leaf_are_ticks_and_on_a_daily_one_a_number() -> None:
    gym, pushups = node("W: Gym = 3 times"), node("D: Push-ups = 30 times")
    assert (gym.measure, gym.target, gym.unit) == (Measure.CHECK, Decimal(3), None)
    assert (pushups.measure, pushups.target, pushups.unit) == (Measure.NUMBER, Decimal(30), "times")


def test_min_right_after_the_number_is_minutes() -> None:
    assert (node("D: Sit = 10 min").unit, node("D: Sit = 10 min").aggregate) == ("min", None)


@pytest.mark.parametrize(
    ("line", "kind", "level"),
    [
        ("w: a", Kind.KPI, Level.WEEKLY),
        ("Q!: a", Kind.QUARTERLY_TARGET, Level.QUARTERLY),
        ("M!: a", Kind.MONTHLY_TARGET, Level.MONTHLY),
        ("W!: a", Kind.WEEKLY_TARGET, Level.WEEKLY),
        ("D!: a", Kind.DAILY_ACTION, Level.DAILY),
        ("P: a", Kind.POWER_GOAL, Level.QUARTERLY),
        ("p!: a", Kind.POWER_GOAL, Level.QUARTERLY),
    ],
)
def test_the_letter_says_kind_and_level(line: str, kind: Kind, level: Level) -> None:
    assert (node(line).kind, node(line).level, node(line).title) == (kind, level, "a")


@pytest.mark.parametrize(
    ("days", "numbers"),
    [
        ("mon wed fri", {0, 2, 4}),
        ("Monday, tue", {0, 1}),
        ("weekdays", set(range(5))),
        ("weekends", {5, 6}),
        ("fri-mon", {4, 5, 6, 0}),
    ],
)
def test_weekdays_are_named_singly_in_ranges_or_in_groups(days: str, numbers: set[int]) -> None:
    assert node(f"D: Stretch [{days}]").schedule.weekdays == numbers


def test_what_follows_the_title_may_stand_in_any_order() -> None:
    assert as_meant(node("D: Run x2 (until 2026-12-01) [mon] = 5 km last")) == as_meant(
        node("D: Run = 5 km last [mon] x2 (until 2026-12-01)")
    )


def test_a_word_at_the_end_of_a_parents_line_is_its_strategy_and_of_a_leafs_line_its_title() -> None:
    (vision,) = parse_outline("V\n  W: A good week min\n    D: Sit 10 min", TODAY)
    week = vision.children[0]
    assert (week.title, week.strategy) == ("A good week", Strategy.MIN)
    assert (week.children[0].title, week.children[0].measure) == ("Sit 10 min", None)


def test_a_parents_target_in_a_unit_is_a_sum_if_all_below_adds_up_in_it() -> None:
    (vision,) = parse_outline("V = 100 km\n  W: Week = 20 km\n    D: Run = 5 km\n    D: Tick", TODAY)
    assert (vision.strategy, vision.children[0].strategy) == (Strategy.SUM, Strategy.SUM)
    assert faults("V\n  W: Week = 20 km\n    D: Swim = 500 m") == [("line 2, column 3", "strategy_missing")]


def test_quotes_keep_a_title_that_looks_like_more() -> None:
    assert node('D: "Read [draft] = \\"x2\\"" x3').title == 'Read [draft] = "x2"'
    assert printed('V (on 2026-11-23)\n  D: "Run"\n  D: "Play x2"') == 'V (on 2026-11-23)\n  D: Run\n  D: "Play x2"'


def test_bullets_tabs_blank_lines_and_a_shared_indent_are_no_trouble() -> None:
    text = "\n\t• Run\n\n\t\t- W: Week\n\t\t\t* D: Jog\r\n\tRead\n\t\tD: Pages = 20 pages\n"
    assert [vision.title for vision in parse_outline(text, TODAY)] == ["Run", "Read"]


def test_every_fault_of_a_text_is_named_at_once_with_its_place() -> None:
    text = "V\n  X: foo\n foo\n  W:\n  D: Run = many\n  D: Run (on 2026-02-30) [mun] x2 x3 foo\n\tW: tab"
    assert faults(text) == [
        ("line 2, column 3", "unknown_level"),
        ("line 3, column 2", "no_level"),
        ("line 3, column 2", "wrong_indent"),
        ("line 4, column 5", "no_title"),
        ("line 5, column 12", "bad_number"),
        ("line 6, column 11", "bad_date"),
        ("line 6, column 27", "bad_weekday"),
        ("line 6, column 35", "second_weight"),
        ("line 6, column 38", "leftover_words"),
        ("line 7, column 1", "mixed_indent"),
    ]


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("", "line 1, column 1", "empty_outline"),
        (" \n ", "line 1, column 1", "empty_outline"),
        ("Q: 600 km", "line 1, column 1", "no_vision"),
        ("V\n  D: a\nQ: 600 km", "line 3, column 1", "no_vision"),
        ("V\n  D: Run\n  W: run", "line 3, column 3", "title_taken"),
        ("V\n  D: Push-ups = 3x10", "line 2, column 17", "product_of_numbers"),
        ("  V\n W", "line 2, column 2", "left_of_first_line"),
        ("V\n    W: a\n  W: b", "line 3, column 3", "wrong_indent"),
        ("V\n  Weekly: run", "line 2, column 3", "no_level"),
        ('V\n  D: "run', "line 2, column 6", "open_quotes"),
        ("V\n  D: run [mon", "line 2, column 10", "not_closed"),
        ("V\n  D: run []", "line 2, column 10", "no_weekday_named"),
        ("V\n  D: run = nan km", "line 2, column 12", "bad_number"),
        ("V\n  D: run = 1e400", "line 2, column 12", "number_too_large"),
        ("V\n  D: run = 5 km a lap", "line 2, column 17", "leftover_words"),
        ("V\n  D: run (until 2026-13-01)", "line 2, column 11", "bad_date"),
        ("V\n  D: run [mon] max", "line 2, column 16", "word_without_target"),
        ("V\n  W: week = 5 km last\n    D: run = 5 km", "line 2, column 18", "word_on_parent"),
        ("V\n  W: week\n    M: month", "line 3, column 5", "coarser_than_parent"),
        ("V\n  D: run = 0 km", "line 2, column 3", "target_not_positive"),
        ("V\n  W: run [mon]", "line 2, column 3", "weekdays_not_daily"),
    ],
)
def test_a_fault_has_a_line_a_column_and_a_code(text: str, place: str, code: str) -> None:
    assert faults(text) == [(place, code)]


def test_a_huge_text_is_refused_at_once() -> None:
    assert faults("x" * 1_000_001) == faults("a\n" * 50_000) == [("", "outline_too_large")]
    assert faults("V\n  D: a" + " [" * 490_000) == [("line 2, column 3", "line_too_long")]


def test_a_tree_too_deep_is_refused_without_end() -> None:
    deep = "V\n" + "\n".join(" " * depth + "D: a" for depth in range(1, 1000))
    assert faults(deep) == [("line 21, column 21", "too_deep")]


def test_a_comma_is_read_as_the_locale_has_it() -> None:
    (vision,) = parse_outline("V\n  D: Read = 1,500 words", TODAY, decimal_comma=True)
    assert vision.children[0].target == Decimal("1.5")
    assert node("D: Read = 1,500 words").target == Decimal(1500)


def test_keys_are_slugs_of_the_titles_and_unlike_each_other_and_those_taken() -> None:
    (vision,) = parse_outline("Läufer\n  D: Run!\n  D: Run\n  D: Бег\n  W: 跑\n  D: 水", TODAY)
    assert [node.key for node in assign_keys(vision, {"laufer"}).walk()] == [
        "laufer-2",
        "run",
        "run-2",
        "d1",
        "w1",
        "d2",
    ]


def test_an_undated_one_off_target_gets_the_period_that_holds_today_or_the_visions_start() -> None:
    (vision,) = parse_outline("V\n  W: every week\n  W!: this week\n  M!: dated (until 2026-12-24)", TODAY)
    (later,) = parse_outline("V (from 2027-01-02)\n  Q!: a", TODAY)
    every, week, dated = with_own_periods(vision, TODAY, week_start=6).children
    assert (every.starts_on, dated.starts_on) == (None, None)
    assert (week.starts_on, week.ends_on) == (TODAY, date(2026, 11, 28))
    (quarter,) = with_own_periods(later, TODAY, week_start=0).children
    assert (quarter.starts_on, quarter.ends_on) == (date(2027, 1, 2), date(2027, 3, 31))  # no day before the vision


@given(later_plans())
def test_what_is_printed_reads_back_as_the_same_plan(plan: PlanNode) -> None:
    text = print_plan(plan)
    (again,) = parse_outline(text, TODAY)
    assert as_meant(again) == as_meant(plan)
    assert print_plan(again) == text


def test_lines_below_a_goal_say_what_is_asked_of_it_later() -> None:
    run = node(
        "D: Run\n    then from 2027-01-04: = 6 km".replace("Run", "Run = 5 km")
        + " [mon wed]\n- then from 2027-02-01: STOPPED\n\t\tthen from 2027-03-01: x2 again, [mon-sun]"
        + "\n  paused on 2026-12-24\n    pause everything from 2026-12-30 to 2027-01-02"
    )
    monday_and_wednesday = DaySchedule(frozenset({0, 2}))
    six, two = Decimal(6), Decimal(2)
    assert run.terms == (
        Terms(date.min, Decimal(5)),
        Terms(date(2027, 1, 4), six, schedule=monday_and_wednesday),
        Terms(date(2027, 2, 1), six, schedule=monday_and_wednesday, active=False),
        Terms(date(2027, 3, 1), six, two),
    )
    assert run.pauses == (
        DaysOff(date(2026, 12, 24), date(2026, 12, 24)),
        DaysOff(date(2026, 12, 30), date(2027, 1, 2), everything=True),
    )


def test_without_indents_such_lines_belong_to_the_goal_above_them() -> None:
    flat = "V (from 2026-11-23)\nW: Week = 20 km sum\nD: Run = 5 km\nthen from 2027-01-04: = 6 km\nD: Swim = 1 km"
    assert printed(flat) == (
        "V (from 2026-11-23)\n  W: Week = 20 km sum\n    D: Run = 5 km\n      then from 2027-01-04: = 6 km"
        "\n    D: Swim = 1 km"
    )


def test_an_outline_of_a_day_leaves_out_what_is_over() -> None:
    text = (
        "V (from 2026-11-23)\n  D: Run = 5 km\n    then from 2026-12-01: = 6 km\n    then from 2027-01-04: = 7 km"
        "\n    pause from 2026-11-24 until 2026-11-25\n  D: Gym\n    then from 2026-12-01: stopped"
    )
    [plan] = parse_outline(text, TODAY)
    assert print_plan(plan, date(2026, 12, 24)) == (
        "V (from 2026-11-23)\n  D: Run = 6 km\n    then from 2027-01-04: = 7 km\n  D: Gym"
        "\n    then from 2026-12-01: stopped"
    )


def test_a_vision_may_begin_like_such_a_line_and_none_stands_above_all_goals() -> None:
    visions = parse_outline("V\n  D: Gym\nThen we rest\n  D: Sleep\nPause and think\n  D: Think", TODAY)
    assert [vision.title for vision in visions] == ["V", "Then we rest", "Pause and think"]
    assert faults("then from 2027-01-04: = 6 km") == [("line 1, column 1", "later_without_goal")]


@pytest.mark.parametrize(
    ("line", "title", "each", "strategy", "target"),
    [
        ("D: Read = 20 pages each", "Read", Each(Measure.NUMBER), None, 20),
        ("D: Read each = 20 pages", "Read", Each(Measure.NUMBER), None, 20),
        ("D: Gym each", "Gym", Each(), None, None),
        ("D: Gym each count [mon wed] x2", "Gym", Each(), Strategy.COUNT, None),
        ("D: Gym [mon wed] each min", "Gym", Each(), Strategy.MIN, None),
        ("W: Run = 30 km each min", "Run", Each(Measure.NUMBER), Strategy.MIN, 30),
        ("W: Gym = 3 times each sum", "Gym", Each(Measure.CHECK), Strategy.SUM, 3),
        ("M: Weigh = 70 kg last each max", "Weigh", Each(Measure.NUMBER, Aggregate.LAST), Strategy.MAX, 70),
        ("D: Read = 20 each", "Read", Each(Measure.NUMBER), None, 20),
        ('D: Buy = 3 "each" each', "Buy", Each(Measure.NUMBER), None, 3),
    ],
)
def test_each_makes_a_goal_what_everyone_does(
    line: str, title: str, each: Each, strategy: Strategy | None, target: int | None
) -> None:
    read = node(line)
    assert (read.title, read.each, read.strategy) == (title, each, strategy)
    assert read.target == (None if target is None else Decimal(target))
    assert (read.measure, read.aggregate, read.is_leaf) == (None, None, False)


def test_a_title_that_ends_in_each_is_quoted() -> None:
    read = node('D: "One each"')
    assert (read.title, read.each) == ("One each", None)
    assert printed('V (from 2026-11-23)\n  D: "One each"') == 'V (from 2026-11-23)\n  D: "One each"'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("V\n  W: Read = 20 pages each\n    D: Novel", "goals_below_each"),
        ("V\n  W: Read each\n    D: Novel", "goals_below_each"),
        ("V\n  D: Read = 20 pages each last", "word_behind_each"),
        ("V\n  D: Read each = x", "bad_number"),
        ("V\n  D: Read = 20 pages each each", "second_each"),
    ],
)
def test_each_is_refused_where_it_makes_no_sense(text: str, code: str) -> None:
    assert [found for _, found in faults(text)] == [code]


def test_what_members_have_below_is_not_printed() -> None:
    own = PlanNode("Ann", Kind.KPI, Level.DAILY, key="ann", measure=Measure.CHECK, member=7)
    gym = PlanNode("Gym", Kind.KPI, Level.DAILY, key="gym", each=Each(), strategy=Strategy.COUNT, children=(own,))
    vision = PlanNode("V", Kind.VISION, Level.VISION, key="v", starts_on=TODAY, children=(gym,))
    assert print_plan(vision) == "V (from 2026-11-23)\n  D: Gym each count"


def test_the_largest_and_the_smallest_have_words_that_mean_no_limit() -> None:
    assert node("M: Lift = 100 kg highest").aggregate is Aggregate.MAX
    assert node("M: Lap = 90 s lowest").aggregate is Aggregate.MIN
    for word in ("max", "min"):
        with pytest.raises(InvalidPlan) as refused:
            node(f"M: Lift = 100 kg {word}")
        assert [fault.code for fault in refused.value.faults] == ["word_of_two_meanings"]


@pytest.mark.parametrize("said", ["<= 2 cups", "≤ 2 cups", "<=2 cups", "at most 2 cups", "At most 2 cups"])
def test_a_limit(said: str) -> None:
    found = node(f"D: Coffee {said}")
    assert (found.title, found.is_limit, found.target, found.unit) == ("Coffee", True, Decimal(2), "cups")


def test_a_way_from_one_value_to_another() -> None:
    found = node("T: Weight = 86 -> 78 kg (until 2027-03-31)")
    assert (found.kind, found.level, found.baseline, found.target, found.unit) == (
        Kind.TARGET, Level.RANGE, Decimal(86), Decimal(78), "kg",
    )  # fmt: skip


def test_what_is_only_tracked() -> None:
    found = node("D: Steps = track steps last")
    assert (found.measure, found.target, found.unit, found.aggregate) == (
        Measure.NUMBER, None, "steps", Aggregate.LAST,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "schedule"),
    [
        ("every 2 days", DaySchedule(every=2)),
        ("every other day", DaySchedule(every=2)),
        ("every 3rd day", DaySchedule(every=3)),
        ("1st", DaySchedule(month_days=frozenset({1}))),
        ("1st, 15th and the last day", DaySchedule(month_days=frozenset({1, 15, 31}))),
        ("last day", DaySchedule(month_days=frozenset({31}))),
    ],
)
def test_days_that_are_no_weekdays(said: str, schedule: DaySchedule) -> None:
    assert node(f"D: Plants [{said}]").schedule == schedule


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("D: Coffee <= -1", "limit_negative"),
        ("D: Coffee <=", "bad_number"),
        ("D: Plants [every 0 days]", "every_days_unfit"),
        ("D: Plants [every two days]", "every_days_unfit"),
        ("D: Rent [32nd]", "month_day_unfit"),
        ("D: Rent [mon] [every 2 days]", "two_schedules"),
        ("D: Rent [mon, every other day]", "two_schedules"),
        ("D: Rent [every 2 days 1st]", "two_schedules"),
        ("D: Rent [mon] [tue]", "second_weekdays"),
        ("D: Rent [foo bar]", "bad_weekday"),
        ("D: Gym x-1", "weight_negative"),
        ("W: Plants [every 2 days]", "weekdays_not_daily"),
        ("T: Weight = 86 -> 86 kg (until 2027-03-31)", "baseline_is_target"),
        ("T: Weight = 86 -> 78 kg", "target_without_end"),
        ("M: Weight = 86 -> 78 kg", "baseline_not_on_target"),
        ("Y!: Books", "unknown_level"),
        ("D: Run = 5 km\n    then from 2027-01-04: = 6 miles", "change_of_unit"),
        ("D: Run = 5\n    then from 2027-01-04: = 6 km", "change_of_unit"),
        ("D: Gym\n    then from 2027-01-04: = 6 km", "change_of_tick"),
        ("D: Push-ups\n    then from 2027-01-04: = 30", "change_of_tick"),
        ("D: Run = 5 km\n    then from the 4th: = 6 km", "bad_change"),
        ("D: Run = 5 km\n    then = 6 km", "bad_change"),
        ("D: Run = 5 km\n    then from 2027-01-04:", "bad_change"),
        ("D: Run = 5 km\n    then from 2027-01-04: <= 6 km", "bad_change"),
        ("D: Run = 5 km\n    then from 2027-01-04: = 6 km last", "bad_change"),
        ("D: Run = 5 km\n    then from 2027-01-04: = 20 km a week", "bad_change"),
        ("D: Run = 5 km\n    then from 2027-01-04: = six km", "bad_number"),
        ("D: Run = 5 km\n    then from 2026-01-04: = 6 km", "terms_before_start"),
        ("D: Run = 5 km\n    then from 2027-02-04: = 6\n    then from 2027-01-04: = 7", "terms_unordered"),
        ("D: Run = 5 km then from 2027-01-04: = 6 km", "change_on_its_own_line"),
        ("D: Run = 5 km\n    pause next week", "bad_pause"),
        ("D: Run = 5 km\n    pause from 2027-01-04", "bad_pause"),
        ("D: Run = 5 km\n    pause from 2027-01-04 until 2027-01-01", "pause_ends_before"),
        ("D: Run = 5 km\n    pause from 2027-01-04 until 2037-01-01", "pause_too_long"),
    ],
)
def test_each_new_form_is_refused_where_it_cannot_be(line: str, code: str) -> None:
    with pytest.raises(InvalidPlan) as refused:
        node(line)
    assert [fault.code for fault in refused.value.faults] == [code]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("D: Coffee at most 2 cups", "D: Coffee <= 2 cups"),
        ("D: Coffee no more than 2 cups", "D: Coffee <= 2 cups"),
        ("D: Coffee max 2 cups a day", "D: Coffee <= 2 cups"),
        ("D: Screen = max. 2 h", "D: Screen <= 2 h"),
        ("D: at most 2 coffees", "D: Coffees <= 2 coffees"),
        ("D: at most 2 h of screen time", "D: Screen time <= 2 h"),
        ("D: Run at least 5 km", "D: Run = 5 km"),
        ("D: Run >= 5 km", "D: Run = 5 km"),
        ("D: Gym 3 times a week", "W: Gym = 3 times"),
        ("W: Gym = 3x a week", "W: Gym = 3 times"),
        ("W: Gym three times per week", "W: Gym = 3 times"),
        ("D: Gym 3x/week", "W: Gym = 3 times"),
        ("W: Gym = three times", "W: Gym = 3 times"),
        ("D: Haircut twice a month", "M: Haircut = 2 times"),
        ("D: Swim once a week", "W: Swim"),
        ("D: No phone 3 days a week", "W: No phone = 3 times"),
        ("D: Snacks max twice a week", "W: Snacks <= 2 check"),
        ("D: Gym every day except sundays", "D: Gym [mon tue wed thu fri sat]"),
        ("D: Read = 20 pages except on weekends", "D: Read = 20 pages [weekdays]"),
        ("D: Run = 20 km a week", "W: Run = 20 km"),
        ("D: Read = 5 pages a day", "D: Read = 5 pages"),
        ("D: Meditate every other day", "D: Meditate [every 2 days]"),
        ("D: Plants every 3 days", "D: Plants [every 3 days]"),
        ("D: Cactus every 2 weeks", "D: Cactus [every 14 days]"),
        ("D: Meditate every day", "D: Meditate"),
        ("D: Call mum on Sundays", "D: Call mum [sun]"),
        ("D: Piano = 30 min on weekdays", "D: Piano = 30 min [weekdays]"),
        ("D: Stretch on mon, wed and fri", "D: Stretch [mon wed fri]"),
        ("D: Stretch (mon wed fri)", "D: Stretch [mon wed fri]"),
        ("D: Stretch [Sundays]", "D: Stretch [sun]"),
        ("D: Rent on the 1st of every month", "D: Rent [1st]"),
        ("D: Rent [on the 1st and the last day]", "D: Rent [1st last day]"),
        ("T: Weight from 86 to 78 kg by 2027-03-31", "T: Weight = 86 -> 78 kg (until 2027-03-31)"),
        ("T: Read from page 120 to 480 by 2027-03-31", "T: Read = 120 -> 480 page (until 2027-03-31)"),
        ("T: Share = 10% -> 25% by 2027-03-31", "T: Share = 10 -> 25 % (until 2027-03-31)"),
        ("T: Lose weight, from 86 to 78 (until 2027-03-31)", "T: Lose weight = 86 -> 78 (until 2027-03-31)"),
        ("Y: Save = €12,000", "Y: Save = 12000 €"),
        ("Y: Save = 12 000 €", "Y: Save = 12000 €"),
        ("Y: Save = 12'000 CHF", "Y: Save = 12000 CHF"),
        ("Y: Save = 12.000 €", "Y: Save = 12000 €"),
        ("Y: Save = 12k €", "Y: Save = 12000 €"),
        ("D: Budget <= 1.234,56 €", "D: Budget <= 1234.56 €"),
        ("D: Water = 1,5l", "D: Water = 1.5 l"),
        ("D: Sit = 1h20", "D: Sit = 80 min"),
        ("D: Sleep = 7:30 h", "D: Sleep = 7.5 h"),
    ],
)
def test_what_people_write_is_read_as_its_signs(written: str, read: str) -> None:
    assert print_plan(node(written)) == print_plan(node(read)) == read


@pytest.mark.parametrize(
    "title",
    [
        "Work from 9 to 5",
        "Be in bed by 10",
        "Meet Anna on Sunday evening",
        "Play with Max 5 rounds",
        "Write every word by hand",
        "Visit the gym 3 times a week with Tom",
    ],
)
def test_words_that_can_mean_something_else_stay_in_the_title(title: str) -> None:
    assert node(f"D: {title}").title == title


def test_without_indents_the_letters_tell_the_depth() -> None:
    flat = """Run a marathon (from 2026-11-23 until 2027-04-30)
Q: 600 km a quarter = 600 km sum
M: 200 km a month = 200 km sum
W: 50 km a week = 50 km sum
D: Run = 5 km
D: Stretch [mon wed fri] x2
T: Weight = 86 -> 78 kg
W: Gym = 3 times
D: Mood = track
Second (from 2026-11-23)
D: Read"""
    assert printed(flat) == (
        f"{MARATHON}\n  T: Weight = 86 -> 78 kg\n  W: Gym = 3 times\n  D: Mood = track\n"
        "Second (from 2026-11-23)\n  D: Read"
    )


def test_dates_are_read_as_the_chat_writes_them() -> None:
    (vision,) = parse_outline(
        "Thesis by 12 May\n  T: Draft = 12 chapters (until 1 May)\n  D: Write (from 1 Dec until 1 May)",
        TODAY,
        read_day=day_reader(TODAY, lexicon(Locale("en"))),
    )
    draft, write = vision.children
    assert (vision.title, vision.ends_on, draft.ends_on) == ("Thesis", date(2027, 5, 12), date(2027, 5, 1))
    assert (write.starts_on, write.ends_on) == (date(2026, 12, 1), date(2027, 5, 1))
