"""Exports of Beaver Habits."""

from __future__ import annotations

from tests.core.importing.files import json_of, said


def test_beaverhabits_keeps_its_order_and_never_shows_its_secret() -> None:
    habits = [
        {
            "name": "Run",
            "id": "1",
            "records": [
                {"day": "2026-01-02", "done": True, "text": "5k"},
                {"day": "2026-01-03", "done": False, "text": "rain"},
                {"day": "03-01-2026", "done": True},
            ],
            "tags": ["sport"],
            "status": "active",
            "period": {"period_type": "W", "period_count": 1, "target_count": 3},
        },
        {"name": "Tea", "id": "2", "records": [], "status": "active", "period": None},
        {"name": "Old", "id": "3", "records": [{"day": "2025-01-02", "done": True}], "status": "archive"},
        {"name": "Gone", "id": "4", "records": [], "status": "soft_delete"},
        {
            "name": "Sheets",
            "id": "5",
            "records": [],
            "period": {"period_type": "W", "period_count": 2, "target_count": 1},
        },
    ]
    secret = {"telegram_bot_token": "123:never"}
    result = said(json_of({"habits": habits, "order": ["2", "1"], "backup": secret}))
    assert [goal["title"] for goal in result.goals] == ["Tea", "Run", "Old", "Sheets"]
    assert result.entries == {"Old": [("2025-01-02", "done")], "Run": [("2026-01-02", "done", "5k")]}
    assert (result.goal("Run")["level"], result.goal("Run")["target"]) == ("weekly", 3)
    assert result.goal("Tea")["starts_on"] == "2026-01-02"  # the last day in the file
    assert result.goal("Old")["ends_on"] == "2025-01-02"
    assert result.goal("Sheets")["every_days"] == 14
    assert result.remarks == {
        "groupings": 1,
        "undone": 1,
        "notes_alone": 1,
        "rows_damaged": 1,
        "deleted": 1,
        "every_days_from_start": 1,
    }
    assert "never" not in str(result.content)
