"""Lines below a goal: its later terms, and its pauses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.goals.terms import DaySchedule, Terms
from core.planning.outline import parse_outline
from core.planning.plan import DaysOff
from tests.core.planning.outline.outlines import TODAY, faults, node, printed


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


def test_a_vision_may_begin_like_such_a_line_and_none_stands_above_all_goals() -> None:
    visions = parse_outline("V\n  D: Gym\nThen we rest\n  D: Sleep\nPause and think\n  D: Think", TODAY)
    assert [vision.title for vision in visions] == ["V", "Then we rest", "Pause and think"]
    assert faults("then from 2027-01-04: = 6 km") == [("line 1, column 1", "later_without_goal")]
