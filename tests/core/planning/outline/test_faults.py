"""Faults of unreadable outlines, and their places."""

from __future__ import annotations

import pytest

from core.errors import InvalidPlan
from tests.core.planning.outline.outlines import faults, node


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
        ("X!: Books", "unknown_level"),
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
def test_a_form_is_refused_where_it_cannot_be(line: str, code: str) -> None:
    with pytest.raises(InvalidPlan) as refused:
        node(line)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_a_huge_text_is_refused_at_once() -> None:
    assert faults("x" * 1_000_001) == faults("a\n" * 50_000) == [("", "outline_too_large")]
    assert faults("V\n  D: a" + " [" * 490_000) == [("line 2, column 3", "line_too_long")]


def test_a_tree_too_deep_is_refused_without_end() -> None:
    deep = "V\n" + "\n".join(" " * depth + "D: a" for depth in range(1, 1000))
    assert faults(deep) == [("line 21, column 21", "too_deep")]
