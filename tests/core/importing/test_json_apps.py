"""HabitKit, beaverhabits, HabitTrove, Streaks, Habitica and Beeminder."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from core.importing import Options
from tests.core.importing.files import json_of, refusal_of, said, zip_of

BERLIN = Options(zone=ZoneInfo("Europe/Berlin"))


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
    found = said(json_of(HABITKIT))
    assert found.app == "HabitKit"
    assert found.goals == [
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
    assert found.entries == {
        "Water": [("2026-05-04", 3)],
        "Gym": [("2026-05-04", "done", "heavy")],
        "Snacks": [("2026-05-06", 2)],
    }
    assert found.content["reminders"] == [
        {"kind": "check_in", "at": "18:05", "weekdays": ["mon", "wed"], "node": "import-habitkit-b"}
    ]
    assert found.remarks == {
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
    found = said(json_of({"habits": habits, "order": ["2", "1"], "backup": secret}))
    assert [goal["title"] for goal in found.goals] == ["Tea", "Run", "Old", "Sheets"]
    assert found.entries == {"Old": [("2025-01-02", "done")], "Run": [("2026-01-02", "done", "5k")]}
    assert (found.goal("Run")["level"], found.goal("Run")["target"]) == ("weekly", 3)
    assert found.goal("Tea")["starts_on"] == "2026-01-02"  # the last day that the file knows
    assert found.goal("Old")["ends_on"] == "2025-01-02"
    assert found.goal("Sheets")["every_days"] == 14
    assert found.remarks == {
        "groupings": 1,
        "undone": 1,
        "notes_alone": 1,
        "rows_damaged": 1,
        "deleted": 1,
        "every_days_from_start": 1,
    }
    assert "never" not in str(found.content)


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
    found = said(backup)
    assert found.app == "HabitTrove"
    assert found.entries == {"Water": [("2026-01-01", 1), ("2026-01-02", 2)], "Gym": [("2026-01-05", "done")]}
    assert found.goal("Water")["target"] == 2
    assert found.goal("Gym")["weekdays"] == ["mon", "wed"]
    assert found.goal("Rent")["month_days"] == [1, 31]
    assert found.goal("Sauna")["every_days"] == 3
    assert found.remarks == {
        "added_up": 1,
        "repeated": 1,
        "rows_damaged": 1,
        "every_days_from_start": 1,
        "rule_unknown": 1,
        "tasks": 1,
    }


def test_habits_json_alone_is_dated_in_the_owners_zone() -> None:
    found = said(json_of(HABITTROVE), BERLIN)
    assert found.entries["Water"] == [("2026-01-01", 1), ("2026-01-02", 2)]
    assert found.remarks["dated_by_zone"] == 5


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
    found = said(json_of({"tasks": [{"id": "1", "t": "Run", "log": log}, {"id": "2", "t": "Water", "log": water}]}))
    assert found.app == "Streaks"
    assert found.entries == {
        "Run": [("2026-01-01", "done"), ("2026-01-02", "done"), ("2026-01-03", "skip")],
        "Water": [("2026-01-01", 8)],
    }
    assert found.remarks == {
        "rows_damaged": 1,
        "computed_misses": 1,
        "partly_done": 1,
        "frequency_unknown": 2,
        "added_up": 1,
    }


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
    found = said(json_of(data))
    assert found.app == "Habitica"
    assert found.entries == {
        # Half past one at night is still the fifth: the day begins at three.
        "Floss": [("2026-01-05", "done")],
        "Push-ups": [("2026-01-05", 3)],
        "Smoking": [("2026-01-05", 2)],
    }
    assert found.goal("Floss") == {
        "title": "Floss",
        "level": "daily",
        "measure": "check",
        "weekdays": ["mon", "wed", "sun"],
        "starts_on": "2026-01-01",
    }
    assert found.goal("Plants")["every_days"] == 3
    assert found.goal("Rent")["month_days"] == [1]
    assert (found.goal("Smoking")["direction"], found.goal("Smoking")["target"]) == ("at_most", 0)
    assert "target" not in found.goal("Push-ups")
    assert found.content["reminders"] == [{"kind": "check_in", "at": "20:30", "node": "import-habitica-d1"}]
    assert found.remarks == {
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


def point(day: str, value: float, **fields: object) -> dict[str, object]:
    return {"daystamp": day, "value": value, "comment": "", "id": day, "timestamp": 0, **fields}


def at(text: str) -> int:
    return ms(f"{text}T00:00:00+00:00") // 1000


def test_beeminder_has_rates_limits_and_ways_to_go() -> None:
    run = {
        "slug": "run",
        "title": "Run",
        "goal_type": "hustler",
        "yaw": 1,
        "kyoom": True,
        "aggday": "sum",
        "runits": "w",
        "rate": 20,
        "gunits": "km",
        "initday": at("2026-01-01"),
        "fullroad": [[at("2026-01-01"), 0, None], [at("2026-02-01"), 50, 15], [at("2026-12-31"), 999, 20]],
        "datapoints": [
            point("20260101", 0, is_initial=True),
            point("20260102", 5.5, comment="easy"),
            point("20260102", 1),
            point("20260103", 9, is_dummy=True),
            point("20260104", 9, comment="pessimistic #DERAIL"),
            point("2026", 9),
        ],
    }
    beer = {
        "slug": "beer",
        "goal_type": "drinker",
        "yaw": -1,
        "kyoom": True,
        "runits": "d",
        "rate": 1,
        "weekends_off": True,
        "datapoints": [point("20260102", 2)],
    }
    weight = {
        "slug": "weight",
        "goal_type": "fatloser",
        "yaw": -1,
        "kyoom": False,
        "aggday": "min",
        "initday": at("2026-01-01"),
        "initval": 86,
        "goaldate": at("2026-06-30"),
        "goalval": 78,
        "gunits": "kg",
        "datapoints": [point("20260103", 85.2), point("20260103", 85.4)],
    }
    pages = {"slug": "pages", "goal_type": "biker", "odom": True, "initval": 0, "goalval": 300, "datapoints": []}
    found = said(json_of([run, beer, weight, pages]))
    assert found.app == "Beeminder"
    assert found.goals == [
        {
            "title": "Run",
            "level": "weekly",
            "measure": "number",
            "unit": "km",
            "target": 20,
            "targets": [{"target": 15}, {"from": "2026-02-01", "target": 20}],
            "starts_on": "2026-01-01",
        },
        {
            "title": "beer",
            "level": "daily",
            "measure": "number",
            "direction": "at_most",
            "target": 1,
            "weekdays": ["mon", "tue", "wed", "thu", "fri"],
            "starts_on": "2026-01-02",
        },
        {
            "title": "weight",
            "kind": "target",
            "measure": "number",
            "aggregate": "min",
            "unit": "kg",
            "baseline": 86,
            "target": 78,
            "starts_on": "2026-01-01",
            "ends_on": "2026-06-30",
        },
        {"title": "pages", "level": "daily", "measure": "number", "aggregate": "last", "starts_on": "2026-01-03"},
    ]
    assert found.entries == {
        "Run": [("2026-01-02", 6.5, "easy")],
        "beer": [("2026-01-02", 2)],
        "weight": [("2026-01-03", 85.2), ("2026-01-03", 85.4)],
    }
    assert found.remarks == {
        "initial_values": 1,
        "computed": 2,
        "rows_damaged": 1,
        "limit_needs_word": 1,
        "only_noted": 1,
        "added_up": 1,
    }
