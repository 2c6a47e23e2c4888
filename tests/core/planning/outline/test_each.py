"""Goals that each member does."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.goals.model import Aggregate, Each, Measure, Strategy
from tests.core.planning.outline.outlines import faults, node, printed


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
    assert [result for _, result in faults(text)] == [code]
