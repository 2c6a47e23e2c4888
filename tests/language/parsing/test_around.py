"""Lines with unknown words before a goal's name."""

from __future__ import annotations

from core.actions.logged import How
from language.parsing.line import KnownGoal
from language.parsing.log_text import read_line
from tests.language.parsing.hearing import EVENING, GOALS


def test_a_resembling_goal_is_offered_in_the_writers_words() -> None:
    denied = read_line("never made it for a gyym", GOALS, EVENING)
    assert (denied.goals, denied.said.how) == ((), How.SKIP)
    assert read_line("good night", [KnownGoal(1, "Mood", number=True)], EVENING).nearest == ()
    assert [goal.title for goal in read_line("rub 5", GOALS, EVENING).nearest] == ["Run"]
