"""The rules of a sound plan. Plans are written as outlines wherever an outline can express the fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from core.errors import InvalidPlan
from core.goals.model import Aggregate, Direction, Kind, Level, Measure, Strategy
from core.goals.terms import DaySchedule, Terms
from core.planning.outline import parse_outline
from core.planning.plan import PlanNode
from core.planning.rules import check, faults_of
from language.i18n import words
from language.refusals import placed
from tests.core.plans import plans

TODAY = date(2026, 11, 23)


def written(outline: str) -> list[tuple[str, str]]:
    try:
        parse_outline(outline, TODAY)
    except InvalidPlan as refused:
        return [(fault.place, fault.code) for fault in refused.faults]
    return []


def vision(*children: PlanNode, **fields: Any) -> PlanNode:
    return PlanNode("Vision", Kind.VISION, Level.VISION, children=children, place="v", **fields)


def kpi(level: Level = Level.DAILY, *children: PlanNode, **fields: Any) -> PlanNode:
    return PlanNode("Goal", Kind.KPI, level, children=children, place="n", **fields)


def codes(plan: PlanNode) -> list[str]:
    return [fault.code for fault in faults_of(plan)]


@given(plans())
def test_a_sound_plan_has_no_fault(plan: PlanNode) -> None:
    check(plan)


def test_a_child_is_never_coarser_than_its_parent() -> None:
    assert written("V\n  W: week\n    W: same\n      D: day") == []
    assert written("V\n  D: day\n    W: week") == [("line 3, column 5", "coarser_than_parent")]


@pytest.mark.parametrize(
    ("outline", "place", "code"),
    [
        ("V\n W: w = 9 km sum\n  D: d = 5 mi", "line 2, column 2", "sum_of_nothing"),
        ("V\n W: w = 9 km sum\n  D: d = 5", "line 2, column 2", "sum_of_nothing"),
        ("V\n W: w = 9 km sum\n  D: d = 5 km last", "line 2, column 2", "sum_of_nothing"),
        ("V\n W: w sum\n  D: d", "line 2, column 2", "sum_without_target"),
    ],
)
def test_a_sum_to_which_nothing_could_add_is_refused(outline: str, place: str, code: str) -> None:
    assert written(outline) == [(place, code)]


def test_below_a_sum_stands_what_adds_to_it_and_anything_else() -> None:
    below = "D: a = 5 KM\n  D: b\n  D: c avg\n   D: d = 1 km\n  D: e = 5 mi\n  D: f = 70 kg last"
    assert written(f"V\n W: w = 9 km sum\n  {below}") == []


WAY: dict[str, Any] = {
    "kind": Kind.TARGET,
    "level": Level.RANGE,
    "measure": Measure.NUMBER,
    "baseline": Decimal(86),
    "target": Decimal(78),
    "ends_on": date(2027, 3, 31),
}


def test_a_tree_has_one_vision_at_its_top() -> None:
    assert codes(kpi()) == ["root_not_vision"]
    assert codes(vision(vision())) == ["vision_below"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "title_empty"),
        ({"title": "x" * 201}, "title_too_long"),
        ({"title": "two\nlines"}, "title_unprintable"),
        ({"title": "\ud800"}, "title_unprintable"),
        ({"unit": "x" * 21}, "unit_too_long"),
        ({"key": "x" * 101}, "key_too_long"),
        ({"key": ""}, "key_empty"),
        ({"weight": Decimal(-1)}, "weight_negative"),
        ({"weight": Decimal("0.0000001")}, "number_too_fine"),
        ({"weight": Decimal("1e400")}, "number_too_large"),
        ({"measure": Measure.NUMBER, "target": Decimal(0)}, "target_not_positive"),
        ({"measure": Measure.NUMBER, "target": Decimal(-5)}, "target_not_positive"),
        ({"measure": Measure.NUMBER, "target": Decimal(10**9 + 1)}, "number_too_large"),
        ({"measure": Measure.NUMBER, "target": Decimal("NaN")}, "number_infinite"),
        ({"target": Decimal("2.5")}, "target_not_whole"),
        ({"aggregate": Aggregate.LAST}, "aggregate_on_check"),
        ({"schedule": DaySchedule(frozenset())}, "no_weekdays"),
        ({"level": Level.WEEKLY, "schedule": DaySchedule(frozenset({0}))}, "weekdays_not_daily"),
        ({"schedule": DaySchedule(every=0)}, "every_days_unfit"),
        ({"schedule": DaySchedule(every=367)}, "every_days_unfit"),
        ({"schedule": DaySchedule(month_days=frozenset({32}))}, "month_day_unfit"),
        ({"direction": Direction.AT_MOST, "measure": Measure.NUMBER, "target": Decimal(-1)}, "limit_negative"),
        ({"direction": Direction.AT_MOST, "measure": Measure.NUMBER}, "limit_without_target"),
        (
            {"direction": Direction.AT_MOST, "children": (PlanNode("a", Kind.KPI, Level.DAILY, place="a"),)},
            "limit_on_parent",
        ),
        (WAY | {"kind": Kind.KPI, "level": Level.MONTHLY}, "baseline_not_on_target"),
        (WAY | {"target": Decimal(86)}, "baseline_is_target"),
        (WAY | {"target": None}, "baseline_without_target"),
        (WAY | {"measure": Measure.CHECK}, "baseline_on_other"),
        (WAY | {"direction": Direction.AT_MOST}, "baseline_on_limit"),
        (WAY | {"ends_on": None}, "target_without_end"),
        ({"level": Level.RANGE}, "level_of_target"),
        ({"level": Level.VISION}, "level_of_vision"),
        ({"kind": Kind.WEEKLY_TARGET}, "level_mismatch"),
        ({"starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 31)}, "ends_before_start"),
        ({"starts_on": date(1, 1, 1)}, "date_out_of_range"),
        ({"ends_on": date(9999, 12, 31)}, "date_out_of_range"),
    ],
)
def test_a_field_that_cannot_be_is_named_in_a_sentence(fields: dict[str, Any], code: str) -> None:
    (fault,) = faults_of(vision(replace(kpi(), **fields), kpi()))
    assert fault.code == code
    assert fault.place.startswith("n.")
    assert placed(fault, words("en")).endswith(".")


def test_terms_of_the_past_are_checked_like_the_present_ones() -> None:
    history = (Terms(target=Decimal(0)), Terms(date(2026, 1, 1), Decimal(5)))
    (fault,) = faults_of(vision(kpi(measure=Measure.NUMBER, target=Decimal(5), terms=history)))
    assert (fault.place, fault.code) == ("n.terms[0].target", "target_not_positive")


def test_terms_are_in_order_and_begin_with_the_goal() -> None:
    backwards = (Terms(), Terms(date(2026, 2, 1), Decimal(2)), Terms(date(2026, 1, 1), Decimal(5)))
    assert codes(vision(kpi(terms=backwards))) == ["terms_unordered"]
    early = (Terms(), Terms(date(2025, 12, 31), Decimal(2)))
    assert codes(vision(kpi(terms=early), starts_on=date(2026, 1, 1))) == ["terms_before_start"]
    assert codes(vision(kpi(terms=early), starts_on=date(2025, 12, 31))) == []


def test_a_range_may_stand_below_what_holds_its_last_day() -> None:
    target = PlanNode("Draft", Kind.TARGET, Level.RANGE, ends_on=date(2026, 2, 1), place="t")
    assert codes(vision(kpi(Level.MONTHLY, target))) == []
    assert codes(vision(kpi(Level.DAILY, target))) == ["coarser_than_parent"]


def test_a_range_outside_the_visions_is_refused_and_one_that_meets_it_is_not() -> None:
    year = "V (from 2026-01-01 until 2026-12-31)\n  D: d "
    assert written(year + "(from 2027-01-01)") == [("line 2, column 3", "outside_vision")]
    assert written(year + "(until 2025-12-31)") == [("line 2, column 3", "outside_vision")]
    assert written(year + "(from 2025-01-01 until 2026-01-01)") == []
    assert written(year + "(from 2026-12-31 until 2027-12-31)") == []


def test_a_range_wholly_beside_the_visions_is_refused_though_both_ends_are_said() -> None:
    year = "V (from 2026-01-01 until 2026-12-31)\n  D: d "
    assert written(year + "(from 2027-01-01 until 2027-12-31)") == [("line 2, column 3", "outside_vision")]
    assert written(year + "(on 2025-12-31)") == [("line 2, column 3", "outside_vision")]


def test_some_child_counts() -> None:
    assert written("V\n  D: a x0\n  D: b x0") == [("line 1, column 1", "all_weights_zero")]
    assert written("V\n  D: a x0\n  D: b x0.5") == []


def test_keys_are_unlike() -> None:
    (fault,) = faults_of(vision(kpi(key="a"), kpi(Level.WEEKLY, kpi(key="a"))))
    assert (fault.place, fault.code) == ("n.key", "duplicate_key")


def test_a_parent_is_not_measured() -> None:
    parent = kpi(Level.WEEKLY, kpi(), measure=Measure.NUMBER, aggregate=Aggregate.LAST)
    assert codes(vision(parent)) == ["measure_on_parent", "aggregate_on_parent"]


def test_a_leaf_may_keep_a_strategy_for_children_to_come() -> None:
    assert codes(vision(kpi(strategy=Strategy.SUM))) == []


def test_a_vision_without_children_is_still_a_parent() -> None:
    assert codes(vision()) == []
    assert codes(vision(strategy=Strategy.SUM)) == ["sum_without_target"]


def test_a_weekly_check_may_want_three_days() -> None:
    assert codes(vision(kpi(Level.WEEKLY, measure=Measure.CHECK, target=Decimal(3)))) == []


def nested(levels: int) -> PlanNode:
    node = kpi()
    for _ in range(levels - 2):
        node = kpi(Level.DAILY, node)
    return vision(node)


def test_twenty_levels_fit_and_twenty_one_do_not() -> None:
    assert codes(nested(20)) == []
    assert codes(nested(21)) == ["too_deep"]


def test_a_hostile_depth_is_refused_without_recursion() -> None:
    assert codes(nested(2001)) == ["too_deep", "too_many_nodes"]
    assert codes(nested(10_000)) == ["too_deep", "too_many_nodes"]


def test_two_thousand_goals_fit_and_one_more_does_not() -> None:
    assert codes(vision(*[kpi()] * 1_999)) == []
    assert codes(vision(*[kpi()] * 2_000)) == ["too_many_nodes"]


def test_every_fault_is_in_the_error_and_a_plan_without_places_names_titles() -> None:
    plan = PlanNode(
        "V", Kind.VISION, Level.VISION, children=(PlanNode("Run", Kind.KPI, Level.DAILY, weight=Decimal(-1)),)
    )
    with pytest.raises(InvalidPlan, match=r"^“Run”: weight_negative$") as refused:
        check(plan)
    assert len(refused.value.faults) == 1
