"""Titles that are said without their articles."""

from __future__ import annotations

import pytest

from language.parsing.line import KnownGoal
from language.parsing.log_text import read_line
from tests.language.parsing.hearing import EVENING, heard

GOALS = [KnownGoal(1, "Walk the dog"), KnownGoal(2, "Gym"), KnownGoal(3, "Read", number=True, unit="pages")]


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("walk dog", ["Walk the dog: add"]),
        ("walked my dog yesterday", ["Walk the dog: add 22 Nov"]),
        ("walked dog and read 20 pages", ["Walk the dog: add", "Read: add 20"]),
        ("walked 2 dogs", ["asked: another_amount"]),
        ("gym and dog walk", ["asked: another_goal"]),
    ],
)
def test_articles_are_left_out_or_others_said(text: str, becomes: list[str]) -> None:
    assert heard(text, EVENING, GOALS) == becomes


def test_goals_that_only_articles_tell_apart_are_asked_about() -> None:
    twins = [KnownGoal(1, "Walk the dog"), KnownGoal(2, "Walk a dog")]
    assert read_line("walk dog", twins, EVENING).goals == tuple(twins)
