"""Columns as they appear on a screen."""

from __future__ import annotations

import pytest

from bot.columns import bar, cut, padded, width


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Run", 3),
        ("跑步", 4),
        ("🏃", 2),
        ("👨‍👩‍👧", 2),
        ("🇩🇪", 2),
        ("é", 1),
        ("e\u0301", 1),
        ("❤️", 2),
        ("👍🏽", 2),
        ("", 0),
    ],
)
def test_width_counts_what_is_seen(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [
        ("Run a marathon", 16, "Run a marathon"),
        ("Run a very long marathon", 10, "Run a ver…"),
        ("跑步跑步", 5, "跑步…"),
        ("跑步跑步", 6, "跑步…"),
        ("👨‍👩‍👧👨‍👩‍👧", 3, "👨‍👩‍👧…"),
        ("two\n lines", 20, "two lines"),
    ],
)
def test_cut_breaks_no_sign(text: str, columns: int, shown: str) -> None:
    assert cut(text, columns) == shown


def test_padded_is_exactly_that_wide() -> None:
    for text in ("", "Run", "跑步跑步跑步", "🏃🏃🏃🏃🏃🏃"):
        assert width(padded(text, 7)) == 7


@pytest.mark.parametrize(
    ("percent", "shown"), [(0, "░░░░░░░░░░"), (9, "░░░░░░░░░░"), (62, "▓▓▓▓▓▓░░░░"), (99, "▓▓▓▓▓▓▓▓▓░")]
)
def test_a_bar_is_full_only_when_the_target_is_reached(percent: int, shown: str) -> None:
    assert bar(percent) == shown
    assert bar(100) == "▓" * 10
