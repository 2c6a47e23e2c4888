"""Tickmate and Rewire, and how SQLite files are opened."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from core.importing.limits import MOST_ROWS
from tests.core.importing.files import refusal_of, said, sqlite_of

TRACKS = (
    '_id integer primary key, name text, description text, enabled integer, multiple_entries_per_day integer, "order" '
    "integer"
)
TICKS = "_id integer primary key, _track_id integer, year integer, month integer, day integer"


def test_tickmate_counts_months_from_zero_and_adds_up_what_may_come_several_times() -> None:
    tracks = [(1, "Vegan", "", 1, 1, 20), (2, "Sport", "Any", 1, 0, 0), (3, "Old", "", 0, 0, 10)]
    ticks = [
        (1, 2, 2016, 0, 31),
        (2, 1, 2016, 1, 29),
        (3, 1, 2016, 1, 29),
        (4, 2, 2016, 1, 30),  # the thirtieth of February
        (5, 3, 2016, 11, 1),
        (6, 9, 2016, 1, 1),
    ]
    result = said(sqlite_of({"tracks": (TRACKS, tracks), "ticks": (TICKS, ticks)}))
    assert result.app == "Tickmate"
    assert [goal["title"] for goal in result.goals] == ["Sport", "Old", "Vegan"]
    assert result.entries == {
        "Sport": [("2016-01-31", "done")],
        "Vegan": [("2016-02-29", 2)],
        "Old": [("2016-12-01", "done")],
    }
    assert result.goal("Vegan") == {
        "title": "Vegan",
        "level": "daily",
        "measure": "number",
        "unit": "times",
        "starts_on": "2016-02-29",
    }
    assert result.goal("Old")["let_go"] is True
    assert result.remarks == {"descriptions": 1, "rows_damaged": 1, "orphans": 1, "added_up": 1}


def test_rewire_has_three_kinds_of_schedule() -> None:
    habits = (
        "_id INTEGER PRIMARY KEY, order_num INTEGER, name TEXT, description TEXT, active_days TEXT, archived INTEGER, "
        "schedule INTEGER, days INTEGER, period INTEGER, unit INTEGER, target_count REAL, repeating_count INTEGER, "
        "start_date TEXT"
    )
    rows = [
        (1, 2, "Early", "", "0,1,5", 0, 0, 10, 1, 1, 0.0, 0, "20160101"),
        (2, 1, "Teeth", "white", "", 0, 1, 3, 0, 1, 0.0, 5, "20150321"),
        (3, 3, "Sauna", "", "", 1, 2, 0, 0, 1, 0.0, 5, None),
        (4, 4, "Water", "", "0,1,2,3,4,5,6", 0, 0, 0, 0, 2, 1.5, 0, None),
    ]
    checkins = [
        (1, 1, "20160103", 2, "well", 0.0),
        (2, 1, "20160104", 1, None, 0.0),
        (3, 2, "20160104", 2, None, 0.0),
        (4, 3, "20160105", 2, None, 0.0),
        (5, 4, "20160105", 2, None, 0.5),
        (6, 4, "20160106", 7, None, 0.5),
        (7, 4, "2016", 2, None, 0.5),
    ]
    result = said(
        sqlite_of(
            {
                "Habits": (habits, rows),
                "CHECKINS": (
                    "_id INTEGER PRIMARY KEY, Habit_id INTEGER, date TEXT, type INTEGER, note TEXT, actual_count REAL",
                    checkins,
                ),
                "UNIT": ("_id INTEGER PRIMARY KEY, UNIT_NAME TEXT", [(1, "times"), (2, "litres")]),
                "REMINDERS": (
                    "_id INTEGER PRIMARY KEY, habit_id INTEGER, time INTEGER, active_days TEXT",
                    [(1, 2, 480, "1,2")],
                ),
            }
        )
    )
    assert result.app == "Rewire"
    assert [goal["title"] for goal in result.goals] == ["Teeth", "Early", "Sauna", "Water"]
    assert result.goal("Early")["weekdays"] == ["mon", "fri", "sun"]
    assert result.goal("Early")["starts_on"] == "2016-01-01"
    assert (result.goal("Teeth")["level"], result.goal("Teeth")["target"]) == ("weekly", 3)
    assert result.goal("Sauna")["every_days"] == 5
    assert (result.goal("Water")["target"], result.goal("Water")["unit"]) == (1.5, "litres")
    assert result.entries == {
        "Early": [("2016-01-03", "done", "well")],
        "Teeth": [("2016-01-04", "done")],
        "Sauna": [("2016-01-05", "done")],
        "Water": [("2016-01-05", 0.5)],
    }
    assert result.content["reminders"] == [
        {"kind": "check_in", "at": "08:00", "weekdays": ["mon", "tue"], "node": "import-rewire-2"}
    ]


def test_a_file_that_was_written_ahead_is_read() -> None:
    raw = bytearray(sqlite_of({"tracks": (TRACKS, [(1, "Run", "", 1, 0, 0)]), "ticks": (TICKS, [(1, 1, 2016, 0, 1)])}))
    raw[18:20] = b"\x02\x02"
    assert said(bytes(raw)).entries == {"Run": [("2016-01-01", "done")]}


def test_a_damaged_or_an_encrypted_database_is_refused() -> None:
    sound = sqlite_of({"tracks": (TRACKS, [(1, "Run", "", 1, 0, 0)]), "ticks": (TICKS, [])})
    assert refusal_of(sound[:200]).code == "database_damaged"
    assert refusal_of(sound[:100] + b"\xff" * (len(sound) - 100)).code == "database_damaged"
    assert refusal_of(bytes(range(256)) * 40).code == "file_unknown"


def test_a_database_of_another_program_is_refused() -> None:
    assert refusal_of(sqlite_of({"messages": ("text", [("hello",)])})).code == "file_unknown"


def test_a_table_of_very_many_rows_is_refused() -> None:
    ticks = ((1, 2016, 0, 1) for _ in range(MOST_ROWS + 1))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE TABLE tracks ({TRACKS})")
        connection.execute("CREATE TABLE ticks (_track_id, year, month, day)")
        connection.executemany("INSERT INTO ticks VALUES (?, ?, ?, ?)", ticks)
        connection.commit()
        raw = connection.serialize()
    assert refusal_of(raw).code == "file_too_many_rows"


def test_a_view_that_never_ends_is_not_run() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE TABLE tracks ({TRACKS})")
        connection.execute(
            "CREATE VIEW ticks AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            " SELECT i AS _track_id, i AS year, i AS month, i AS day FROM n"
        )
        raw = connection.serialize()
    assert refusal_of(raw).code == "file_unknown"
