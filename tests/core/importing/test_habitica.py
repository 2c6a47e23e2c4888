"""Exports of Habitica."""

from __future__ import annotations

from datetime import datetime

from tests.core.importing.files import json_of, refusal_of, said


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1000)


def test_habitica_takes_completions_and_never_what_it_computed() -> None:
    daily = {
        "_id": "d1",
        "text": "Floss",
        "notes": "night",
        "frequency": "weekly",
        "everyX": 1,
        "repeat": {"m": True, "t": False, "w": True, "th": False, "f": False, "s": False, "su": True},
        "startDate": "2026-01-01T00:00:00.000Z",
        "reminders": [{"id": "r", "time": "2026-01-01T19:30:00.000Z"}],
        "history": [
            {"date": ms("2026-01-05T20:00:00+00:00"), "value": 1.2, "isDue": True, "completed": True},
            {"date": ms("2026-01-06T00:30:00+00:00"), "value": 1.2, "isDue": True, "completed": True},
            {"date": ms("2026-01-08T01:30:00+00:00"), "value": 0.1, "isDue": True, "completed": False},
            {"date": ms("2025-06-01T20:00:00+00:00"), "value": 0.1},
        ],
    }
    every = {"_id": "d2", "text": "Plants", "frequency": "daily", "everyX": 3, "history": []}
    rent = {"_id": "d3", "text": "Rent", "frequency": "monthly", "everyX": 1, "daysOfMonth": [1], "history": []}
    up = {
        "_id": "h1",
        "text": "Push-ups",
        "up": True,
        "down": True,
        "history": [{"date": ms("2026-01-05T12:00:00+00:00"), "value": 2, "scoredUp": 3, "scoredDown": 1}],
    }
    down = {
        "_id": "h2",
        "text": "Smoking",
        "up": False,
        "down": True,
        "history": [{"date": ms("2026-01-05T12:00:00+00:00"), "value": -2, "scoredUp": 0, "scoredDown": 2}],
    }
    data = {
        "tasks": {"habits": [up, down], "dailys": [daily, every, rent], "todos": [{"text": "Taxes"}], "rewards": []},
        "preferences": {"timezoneOffset": -60, "dayStart": 3},
    }
    result = said(json_of(data))
    assert result.app == "Habitica"
    assert result.entries == {
        # Half past one at night is still the fifth: the day begins at three.
        "Floss": [("2026-01-05", "done")],
        "Push-ups": [("2026-01-05", 3)],
        "Smoking": [("2026-01-05", 2)],
    }
    assert result.goal("Floss") == {
        "title": "Floss",
        "level": "daily",
        "measure": "check",
        "weekdays": ["mon", "wed", "sun"],
        "starts_on": "2026-01-01",
    }
    assert result.goal("Plants")["every_days"] == 3
    assert result.goal("Rent")["month_days"] == [1]
    assert (result.goal("Smoking")["direction"], result.goal("Smoking")["target"]) == ("at_most", 0)
    assert "target" not in result.goal("Push-ups")
    assert result.content["reminders"] == [{"kind": "check_in", "at": "20:30", "node": "import-habitica-d1"}]
    assert result.remarks == {
        "descriptions": 1,
        "computed_misses": 1,
        "thinned_out": 1,
        "every_days_from_start": 1,
        "minuses": 1,
        "limit_needs_word": 1,
        "tasks": 1,
        "repeated": 1,
    }


def test_habiticas_history_is_refused_with_a_hint() -> None:
    assert refusal_of("Task Name,Task ID,Task Type,Date,Value\nFloss,d1,daily,2026-01-05,1.2\n").code == (
        "habitica_history"
    )
