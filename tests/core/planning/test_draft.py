"""Changes to a plan before it is planted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.errors import InvalidPlan
from core.goals.terms import DaySchedule
from core.planning.draft import DraftChange, redrafted
from core.planning.outline import parse_outline, print_plan
from core.planning.plan import PlanNode
from core.planning.rules import check

PLAN = """Run a marathon
  W: 20 km a week = 20 km sum
    D: Run = 5 km
  W: Body
    D: Stretch"""


def plan_of(outline: str) -> PlanNode:
    """An outline as a plan."""
    [plan] = parse_outline(outline, date(2026, 11, 2))
    return plan


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            DraftChange(0, title="  Run  far "),
            "Run far (from 2026-11-02)\n  W: 20 km a week = 20 km sum\n    D: Run = 5 km",
        ),
        (DraftChange(2, target=Decimal(8)), "    D: Run = 8 km\n"),
        (DraftChange(4, schedule=DaySchedule(frozenset({0, 2}))), "    D: Stretch [mon wed]"),
        (DraftChange(2, is_dropped=True), "\n  W: 20 km a week = 20 km\n  W: Body"),
        (DraftChange(4, is_dropped=True), "  W: Body"),
        (DraftChange(4, below=plan_of("A\n  D: Legs").children), "    D: Stretch\n      D: Legs"),
        (
            DraftChange(2, below=plan_of("A\n  D: Hills = 2 km").children),
            "    D: Run = 5 km sum\n      D: Hills = 2 km",
        ),
    ],
)
def test_a_change_makes_a_sound_plan(change: DraftChange, expected: str) -> None:
    changed = redrafted(plan_of(PLAN), [change])
    check(changed)
    assert expected in print_plan(changed)


def test_changes_follow_each_other() -> None:
    changes = [DraftChange(1, is_dropped=True), DraftChange(2, title="Yoga"), DraftChange(1, title="Calm")]
    assert print_plan(redrafted(plan_of(PLAN), changes)) == "Run a marathon (from 2026-11-02)\n  W: Calm\n    D: Yoga"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (DraftChange(5, title="There is no sixth"), "no_such_place"),
        (DraftChange(0, is_dropped=True), "vision_stays"),
        (DraftChange(3, target=Decimal(2)), "nothing_to_count"),
    ],
)
def test_an_impossible_change_is_refused(change: DraftChange, code: str) -> None:
    with pytest.raises(InvalidPlan) as refused:
        redrafted(plan_of(PLAN), [change])
    assert refused.value.faults[0].code == code
