"""Exports of HabitKit."""

from __future__ import annotations

from tests.core.importing.files import BERLIN, json_of, said


def interval(habit: str, since: str, **fields: object) -> dict[str, object]:
    return {"habitId": habit, "startDate": since, "endDate": None, "type": "day", **fields}


def completion(habit: str, at: str, amount: object = 1, **fields: object) -> dict[str, object]:
    return {
        "habitId": habit,
        "date": at,
        "timezoneOffsetInMinutes": 120,
        "amountOfCompletions": amount,
        "note": None,
        **fields,
    }


HABITKIT = {
    "habits": [
        {"id": "b", "name": "Gym", "archived": False, "isInverse": False, "orderIndex": 1, "description": "legs"},
        {"id": "a", "name": "Water", "archived": False, "isInverse": False, "orderIndex": 0},
        {"id": "c", "name": "Snacks", "archived": True, "isInverse": True, "orderIndex": 2},
    ],
    "completions": [
        completion("a", "2026-05-03T22:00:00.000Z", 3),
        completion("a", "2026-05-04T22:00:00.000Z", 0, note="none"),
        completion("b", "2026-05-04T10:00:00.000Z", note="heavy"),
        completion("c", "2026-05-05T22:30:00.000Z", 2),
        completion("ghost", "2026-05-05T22:30:00.000Z"),
        completion("a", "yesterday"),
    ],
    "intervals": [
        interval("a", "2026-05-19T22:00:00.000Z", requiredNumberOfCompletionsPerDay=8),
        interval("a", "2026-04-30T22:00:00.000Z", requiredNumberOfCompletionsPerDay=6),
        interval("b", "2026-04-01T22:00:00.000Z", requiredNumberOfCompletionsPerDay=1),
        interval(
            "b",
            "2026-05-01T22:00:00.000Z",
            type="week",
            requiredNumberOfCompletions=3,
            requiredNumberOfCompletionsPerDay=1,
        ),
        interval("c", "2026-05-01T22:00:00.000Z", requiredNumberOfCompletionsPerDay=1),
    ],
    "categories": [{"id": "k", "name": "Good"}],
    "categoryMappings": [{"habitId": "a", "categoryId": "k"}],
    "reminders": [{"habitId": "b", "weekdayIndices": [0, 2], "hour": 18, "minute": 5}],
}


def test_habitkit_is_as_written_by_hand() -> None:
    result = said(json_of(HABITKIT))
    assert result.app == "HabitKit"
    assert result.goals == [
        {
            "title": "Water",
            "level": "daily",
            "measure": "number",
            "unit": "times",
            "target": 8,
            "targets": [{"target": 6}, {"from": "2026-05-20", "target": 8}],
            "starts_on": "2026-05-04",
        },
        {"title": "Gym", "level": "weekly", "measure": "check", "target": 3, "starts_on": "2026-05-04"},
        {
            "title": "Snacks",
            "level": "daily",
            "measure": "number",
            "unit": "times",
            "direction": "at_most",
            "target": 0,
            "starts_on": "2026-05-06",
            "ends_on": "2026-05-06",
            "let_go": True,
        },
    ]
    assert result.entries == {
        "Water": [("2026-05-04", 3)],
        "Gym": [("2026-05-04", "done", "heavy")],
        "Snacks": [("2026-05-06", 2)],
    }
    assert result.content["reminders"] == [
        {"kind": "check_in", "at": "18:05", "weekdays": ["mon", "wed"], "node": "import-habitkit-b"}
    ]
    assert result.remarks == {
        "earlier_period": 1,
        "descriptions": 1,
        "limit_needs_word": 1,
        "groupings": 1,
        "undone": 1,
        "notes_alone": 1,
        "orphans": 1,
        "rows_damaged": 1,
    }


def test_habitkit_without_offsets_is_dated_in_the_owners_zone() -> None:
    late = {
        "habits": [{"id": "a", "name": "Read"}],
        "completions": [completion("a", "2026-05-03T22:30:00Z", timezoneOffsetInMinutes=None)],
        "intervals": [],
    }
    assert said(json_of(late), BERLIN).entries == {"Read": [("2026-05-04", "done")]}
    assert said(json_of(late)).entries == {"Read": [("2026-05-03", "done")]}
    assert said(json_of(late)).remarks == {"dated_by_zone": 1}
