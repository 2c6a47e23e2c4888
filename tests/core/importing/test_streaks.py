"""Backups of Streaks."""

from __future__ import annotations

from tests.core.importing.files import json_of, said


def test_a_streaks_backup_has_codes_for_what_happened() -> None:
    log = [
        {"d": 20260101, "t": 1},
        {"d": 20260102, "t": 2},
        {"d": 20260103, "t": 4},
        {"d": 20260104, "t": 5},
        {"d": 20260105, "t": 9},
        {"d": 20260106, "t": 15, "p": 0.5},
        {"d": "soon", "t": 1},
    ]
    water = [{"d": 20260101, "t": 11, "p": 3}, {"d": 20260101, "t": 1, "p": 5}]
    result = said(json_of({"tasks": [{"id": "1", "t": "Run", "log": log}, {"id": "2", "t": "Water", "log": water}]}))
    assert result.app == "Streaks"
    assert result.entries == {
        "Run": [("2026-01-01", "done"), ("2026-01-02", "done"), ("2026-01-03", "skip")],
        "Water": [("2026-01-01", 8)],
    }
    assert result.remarks == {
        "rows_damaged": 1,
        "computed_misses": 1,
        "partly_done": 1,
        "frequency_unknown": 2,
        "added_up": 1,
    }
