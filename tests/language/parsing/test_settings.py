"""Settings as people type them."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from babel import Locale

from core.goals.model import QuietHours
from language.lexicon import lexicon
from language.parsing.clock import clock
from language.parsing.settings import SettingWish, language, pause, quiet_hours, wish

EN = lexicon(Locale("en"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22:00-7:00", (22, 7)),
        ("22 to 7", (22, 7)),
        ("10pm-7am", (22, 7)),
        ("from 22:00 until 07:00", (22, 7)),
        ("22:00 – 07:00", (22, 7)),
        ("22-22", None),
        ("22", None),
        ("", None),
    ],
)
def test_quiet_hours_as_they_are_typed(text: str, expected: tuple[int, int] | None) -> None:
    hours = QuietHours(*map(time, expected)) if expected else None
    assert quiet_hours(text, EN) == hours


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("2h", 120), ("2 hours", 120), ("90 min", 90), ("90m", 90), ("1.5 h", 90), ("1,5h", 90), ("1h 30m", 90),
     ("after 45 minutes", 45), ("2", None), ("", None), ("soon", None), ("-2h", None)],
)  # fmt: skip
def test_lengths_of_time_as_they_are_typed(text: str, minutes: int | None) -> None:
    assert pause(text, EN) == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("4", time(4)), ("04:00", time(4)), ("4.30", time(4, 30)), ("12am", time(0)), ("24:00", None), ("soon", None)],
)
def test_day_starts_as_they_are_typed(text: str, expected: time | None) -> None:
    assert clock(text, EN) == expected


def test_weekdays_by_their_beginning_or_in_ones_own_language() -> None:
    assert EN.weekday("sun") == 6
    assert EN.weekday("Saturday") == 5
    assert EN.weekday("s") is None


def test_languages_and_wishes() -> None:
    assert language("pt_BR") == "pt-BR"
    assert language("xx") is None
    assert wish("nonsense 5", EN) is None
    assert wish("timezone = Berlin", EN) is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("second reminder 2h", SettingWish("nudge", "2h")),
        ("monthly on", SettingWish("monthly", "on")),
        ("digest weekly off", SettingWish("weekly", "off")),
        ("quiet hours from 23:30 to 8", SettingWish("quiet", "from 23:30 to 8")),
        ("week starts on sunday", SettingWish("week", "sunday")),
    ],
)
def test_small_words_before_a_value_say_nothing(text: str, expected: SettingWish) -> None:
    assert wish(text, EN) == expected
