"""The outline as a whole: typed, and printed again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel import Locale
from hypothesis import given

from core.goals.model import Each, Kind, Level, Measure, Strategy
from core.planning.outline import parse_outline, print_plan
from core.planning.plan import PlanNode, with_own_periods
from language.lexicon import lexicon
from language.parsing.until import day_reader
from tests.core.planning.outline.outlines import MARATHON, TODAY, node, printed
from tests.core.plans import as_meant, later_plans


def test_the_example_of_the_design_comes_back_as_it_was_typed() -> None:
    assert printed(MARATHON) == MARATHON


def test_a_vision_that_does_not_say_when_it_starts_starts_today() -> None:
    (vision,) = parse_outline("Run a marathon (until 2027-04-30)", TODAY)
    assert (vision.title, vision.starts_on, vision.ends_on) == ("Run a marathon", TODAY, date(2027, 4, 30))


def test_bullets_tabs_blank_lines_and_a_shared_indent_are_no_trouble() -> None:
    text = "\n\t• Run\n\n\t\t- W: Week\n\t\t\t* D: Jog\r\n\tRead\n\t\tD: Pages = 20 pages\n"
    assert [vision.title for vision in parse_outline(text, TODAY)] == ["Run", "Read"]


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


def test_a_comma_is_read_as_the_locale_has_it() -> None:
    (vision,) = parse_outline("V\n  D: Read = 1,500 words", TODAY, decimal_comma=True)
    assert vision.children[0].target == Decimal("1.5")
    assert node("D: Read = 1,500 words").target == Decimal(1500)


def test_dates_are_read_as_the_chat_writes_them() -> None:
    (vision,) = parse_outline(
        "Thesis by 12 May\n  T: Draft = 12 chapters (until 1 May)\n  D: Write (from 1 Dec until 1 May)",
        TODAY,
        read_day=day_reader(TODAY, lexicon(Locale("en"))),
    )
    draft, write = vision.children
    assert (vision.title, vision.ends_on, draft.ends_on) == ("Thesis", date(2027, 5, 12), date(2027, 5, 1))
    assert (write.starts_on, write.ends_on) == (date(2026, 12, 1), date(2027, 5, 1))


@given(later_plans())
def test_a_printed_plan_reads_back_as_the_same(plan: PlanNode) -> None:
    text = print_plan(plan)
    (again,) = parse_outline(text, TODAY)
    assert as_meant(again) == as_meant(plan)
    assert print_plan(again) == text


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


def test_members_own_leaves_are_not_printed() -> None:
    own = PlanNode("Ann", Kind.KPI, Level.DAILY, key="ann", measure=Measure.CHECK, member=7)
    gym = PlanNode("Gym", Kind.KPI, Level.DAILY, key="gym", each=Each(), strategy=Strategy.COUNT, children=(own,))
    vision = PlanNode("V", Kind.VISION, Level.VISION, key="v", starts_on=TODAY, children=(gym,))
    assert print_plan(vision) == "V (from 2026-11-23)\n  D: Gym each count"


def test_an_undated_one_off_target_gets_the_period_that_holds_today_or_the_visions_start() -> None:
    (vision,) = parse_outline("V\n  W: every week\n  W!: this week\n  M!: dated (until 2026-12-24)", TODAY)
    (later,) = parse_outline("V (from 2027-01-02)\n  Q!: a", TODAY)
    every, week, dated = with_own_periods(vision, TODAY, week_start=6).children
    assert (every.starts_on, dated.starts_on) == (None, None)
    assert (week.starts_on, week.ends_on) == (TODAY, date(2026, 11, 28))
    (quarter,) = with_own_periods(later, TODAY, week_start=0).children
    assert (quarter.starts_on, quarter.ends_on) == (date(2027, 1, 2), date(2027, 3, 31))  # no day before the vision
