"""Backups of HabitTrove."""

from __future__ import annotations

from tests.core.importing.files import BERLIN, json_of, said, zip_of

HABITTROVE = {
    "habits": [
        {
            "id": "w",
            "name": "Water",
            "description": "",
            "frequency": "daily",
            "targetCompletions": 2,
            "completions": ["2026-01-01T22:30:00.000Z", "2026-01-01T23:30:00.000Z", "2026-01-02T10:00:00.000Z"],
        },
        {
            "id": "g",
            "name": "Gym",
            "frequency": "FREQ=WEEKLY;BYDAY=MO,WE",
            "completions": ["2026-01-05T10:00:00.000Z", "2026-01-05T12:00:00.000Z", "soon"],
            "archived": True,
        },
        {"id": "r", "name": "Rent", "frequency": "RRULE:FREQ=MONTHLY;BYMONTHDAY=1,31", "completions": []},
        {"id": "s", "name": "Sauna", "frequency": "FREQ=DAILY;INTERVAL=3", "completions": []},
        {"id": "x", "name": "Board", "frequency": "FREQ=MONTHLY;BYDAY=1MO", "completions": []},
        {"id": "t", "name": "Taxes", "frequency": "", "completions": [], "isTask": True},
    ]
}


def test_habittrove_counts_the_completions_of_a_local_day() -> None:
    backup = zip_of(
        {
            "data/habits.json": json_of(HABITTROVE),
            "data/settings.json": json_of({"system": {"timezone": "Europe/Berlin", "weekStartDay": 1}}),
            "data/coins.json": b"{}",
        }
    )
    result = said(backup)
    assert result.app == "HabitTrove"
    assert result.entries == {"Water": [("2026-01-01", 1), ("2026-01-02", 2)], "Gym": [("2026-01-05", "done")]}
    assert result.goal("Water")["target"] == 2
    assert result.goal("Gym")["weekdays"] == ["mon", "wed"]
    assert result.goal("Rent")["month_days"] == [1, 31]
    assert result.goal("Sauna")["every_days"] == 3
    assert result.remarks == {
        "added_up": 1,
        "repeated": 1,
        "rows_damaged": 1,
        "every_days_from_start": 1,
        "rule_unknown": 1,
        "tasks": 1,
    }


def test_habits_json_alone_is_dated_in_the_owners_zone() -> None:
    result = said(json_of(HABITTROVE), BERLIN)
    assert result.entries["Water"] == [("2026-01-01", 1), ("2026-01-02", 2)]
    assert result.remarks["dated_by_zone"] == 5
