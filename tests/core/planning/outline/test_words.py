"""Letters, and the words behind a target."""

from __future__ import annotations

import pytest

from core.errors import InvalidPlan
from core.goals.model import Aggregate, Kind, Level, Strategy
from core.planning.outline import parse_outline
from tests.core.planning.outline.outlines import TODAY, node


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


def test_the_largest_and_the_smallest_have_words_that_mean_no_limit() -> None:
    assert node("M: Lift = 100 kg highest").aggregate is Aggregate.MAX
    assert node("M: Lap = 90 s lowest").aggregate is Aggregate.MIN
    for word in ("max", "min"):
        with pytest.raises(InvalidPlan) as refused:
            node(f"M: Lift = 100 kg {word}")
        assert [fault.code for fault in refused.value.faults] == ["word_of_two_meanings"]


def test_a_word_at_the_end_of_a_parents_line_is_its_strategy_and_of_a_leafs_line_its_title() -> None:
    (vision,) = parse_outline("V\n  W: A good week min\n    D: Sit 10 min", TODAY)
    week = vision.children[0]
    assert (week.title, week.strategy) == ("A good week", Strategy.MIN)
    assert (week.children[0].title, week.children[0].measure) == ("Sit 10 min", None)
