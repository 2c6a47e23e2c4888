"""Loop Habit Tracker: the zip in both versions, the sheet of all habits, and the backup."""

from __future__ import annotations

from datetime import UTC, datetime

from core.importing import understand
from tests.core.importing.files import Said, refusal_of, said, sqlite_of, zip_of

HABITS = (
    "Position,Name,Type,Question,Description,FrequencyNumerator,FrequencyDenominator,Color,Unit,Target Type,"
    "Target Value,Archived?\n"
    "001,Read,YES_NO,Did you read?,,1,1,#FF8F00,,,,false\n"
    "002,Бег,YES_NO,,,3,7,#00897B,,,,false\n"
    '003,"Water, still",NUMERICAL,,,1,1,#00897B,cups,AT_LEAST,8.0,false\n'
    "004,Coffee,NUMERICAL,,,1,7,#00897B,cups,AT_MOST,10.0,true\n"
    "005,Stretch,YES_NO,,,2,3,#00897B,,,,false\n"
)
READ = (
    "Date,Value,Notes\n"
    '2026-01-05,YES_MANUAL,"She said ""read"", so I did"\n'
    "2026-01-04,SKIP,Ill\n"
    "2026-01-03,YES_AUTO,Filled in\n"
    "2026-01-02,NO,\n"
    "2026-01-01,UNKNOWN,\n"
)
WATER = (
    "Date,Value,Notes\n2026-01-06,YES_AUTO,\n2026-01-05,7000,\n2026-01-04,2500,hot\n2026-01-03,SKIP,\n"
    "2026-01-02,NO,\n2026-01-01,UNKNOWN,\n"
)
NEW = zip_of(
    {
        "Habits.csv": HABITS,
        "Checkmarks.csv": "Date,Read,Бег,Water, still,Coffee,Stretch,\n",
        "001 Read/Checkmarks.csv": READ,
        "002/Checkmarks.csv": "Date,Value,Notes\n2026-01-05,YES_MANUAL,\n",
        "003 Water still/Checkmarks.csv": WATER,
        "004 Coffee/Checkmarks.csv": "Date,Value,Notes\n2025-12-30,4000,\n",
        "005 Stretch/Checkmarks.csv": "Date,Value,Notes\n",
    }
)


def test_the_document_of_a_zip_is_as_written_by_hand() -> None:
    assert said(NEW).content == {
        "format": "goaltree/1",
        "visions": [
            {
                "key": "import-loop",
                "title": "Loop Habit Tracker",
                "kind": "vision",
                "children": [
                    {
                        "key": "import-loop-Read",
                        "title": "Read",
                        "level": "daily",
                        "measure": "check",
                        "starts_on": "2026-01-04",
                    },
                    {
                        "key": "import-loop-717c958a",
                        "title": "Бег",
                        "level": "weekly",
                        "measure": "check",
                        "target": 3,
                        "starts_on": "2026-01-05",
                    },
                    {
                        "key": "import-loop-water-still-1bb86450",
                        "title": "Water, still",
                        "level": "daily",
                        "measure": "number",
                        "unit": "cups",
                        "target": 8,
                        "starts_on": "2026-01-02",
                    },
                    {
                        "key": "import-loop-Coffee",
                        "title": "Coffee",
                        "level": "weekly",
                        "measure": "number",
                        "unit": "cups",
                        "direction": "at_most",
                        "target": 10,
                        "starts_on": "2025-12-30",
                        "ends_on": "2025-12-30",
                        "let_go": True,
                    },
                    {
                        "key": "import-loop-Stretch",
                        "title": "Stretch",
                        "level": "weekly",
                        "measure": "check",
                        "target": 4,
                        "starts_on": "2026-01-05",
                    },
                ],
            }
        ],
        "entries": [
            {"node": "import-loop-Coffee", "date": "2025-12-30", "value": 4},
            {"node": "import-loop-water-still-1bb86450", "date": "2026-01-02", "value": 0},
            {"node": "import-loop-water-still-1bb86450", "date": "2026-01-03", "skipped": True},
            {"node": "import-loop-Read", "date": "2026-01-04", "skipped": True, "note": "Ill"},
            {"node": "import-loop-water-still-1bb86450", "date": "2026-01-04", "value": 2.5, "note": "hot"},
            {"node": "import-loop-Read", "date": "2026-01-05", "note": 'She said "read", so I did'},
            {"node": "import-loop-717c958a", "date": "2026-01-05"},
            {"node": "import-loop-water-still-1bb86450", "date": "2026-01-05", "value": 7},
        ],
    }


def test_omissions_are_reported() -> None:
    assert said(NEW).remarks == {
        "descriptions": 1,
        "rolling_weekly": 1,
        "computed": 1,
        "notes_alone": 1,
        "undone": 1,
        "unknown": 2,
        "state_in_number": 1,
    }


def test_a_line_of_a_note_that_looks_like_a_day_stays_in_it() -> None:
    sheet = 'Date,Value,Notes\n2026-01-03,NO,\n2026-01-02,YES_MANUAL,"a\n2026-01-01,NO,\nb"\n2025-12-31,NO,\r\n'
    habits = "Position,Name,NumRepetitions,Interval\n001,Read,1,1\n"
    result = said(zip_of({"Habits.csv": habits, "001 Read/Checkmarks.csv": sheet}))
    assert result.entries == {"Read": [("2026-01-02", "done", "a\n2026-01-01,NO,\nb")]}
    assert result.remarks == {"undone": 2}


def test_the_older_zip_has_other_columns_no_headers_and_codes() -> None:
    old = zip_of(
        {
            "Loop Habits CSV 2024-01-01/Habits.csv": (
                "Position,Name,Question,Description,NumRepetitions,Interval,Color\n"
                "001,Meditate,Did you?,,1,1,#FF8F00\n002,Swim,,,2,7,#00897B\n"
            ),
            "Loop Habits CSV 2024-01-01/Checkmarks.csv": "Date,Meditate,Swim,\n2015-01-25,-1,2,\n",
            "Loop Habits CSV 2024-01-01/001 Meditate/Checkmarks.csv": (
                "2015-01-25,2\n2015-01-24,1\n2015-01-23,0\n2015-01-22,3\n2015-01-21,-1\n"
            ),
            "__MACOSX/Loop Habits CSV 2024-01-01/._Habits.csv": "\x00\x05",
        }
    )
    result = said(old)
    assert result.entries == {
        "Meditate": [("2015-01-22", "skip"), ("2015-01-25", "done")],
        "Swim": [("2015-01-25", "done")],  # its folder is missing: the sheet of all habits has it
    }
    assert result.goal("Swim")["level"] == "weekly"
    assert result.remarks["computed"] == 1


def test_habits_of_one_name_stay_apart() -> None:
    twice = zip_of(
        {
            "Habits.csv": "Position,Name,NumRepetitions,Interval\n001,Vegan,1,1\n002,Vegan,1,1\n",
            "001 Vegan/Checkmarks.csv": "2015-01-25,2\n",
            "002 Vegan/Checkmarks.csv": "2015-01-26,2\n",
        }
    )
    assert [entry["node"] for entry in said(twice).content["entries"]] == [
        "import-loop-Vegan",
        "import-loop-vegan-2-39bf9e90",
    ]


def test_a_comma_in_a_name_shifts_the_sheet_and_is_refused() -> None:
    shifted = zip_of(
        {
            "Habits.csv": 'Position,Name,NumRepetitions,Interval\n001,"Eat, drink",1,1\n002,Run,1,1\n',
            "Checkmarks.csv": "Date,Eat, drink,Run,\n2015-01-25,2,2,0,2,\n",
        }
    )
    assert refusal_of(shifted).code == "columns_shifted"


def test_the_sheet_of_all_habits_can_come_alone() -> None:
    words = "Date,Meditate,Wake up,\n2015-01-25,UNKNOWN,YES_MANUAL,\n2015-01-24,SKIP,YES_AUTO,\n"
    assert said(words).entries == {"Wake up": [("2015-01-25", "done")], "Meditate": [("2015-01-24", "skip")]}
    codes = "Date,Meditate,Wake up,\n2015-01-25,-1,2,\n2015-01-24,3,1,\n"
    assert said(codes).entries == said(words).entries
    entry = "Entry(timestamp=Timestamp(unixTime=1422144000000), value={}, notes=)"
    written = f"Date,Meditate,Pages,\n2015-01-25,{entry.format(2)},{entry.format(7000)},\n"
    assert said(written).entries == {"Meditate": [("2015-01-25", "done")], "Pages": [("2015-01-25", 7)]}


def ms(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp()) * 1000


OLD_HABITS = (
    "Id INTEGER PRIMARY KEY, archived INTEGER, color INTEGER, description TEXT, freq_den INTEGER, freq_num INTEGER, "
    "name TEXT, position INTEGER, reminder_days INTEGER, reminder_hour INTEGER, reminder_min INTEGER"
)


def old_backup() -> Said:
    habits = [
        (15, 0, -1, "Before six", 7, 3, "Wake up", 1, 0b1000001, 6, 30),
        (16, 1, -1, "", 5, 1, "Sauna", 0, 127, None, None),
    ]
    days = [
        (1, 15, ms(2016, 1, 1)),
        (2, 15, ms(2016, 1, 1)),  # a duplicate, as old backups have them
        (3, 16, ms(2016, 2, 29)),
        (4, 99, ms(2016, 1, 1)),  # of a habit that is gone
        (5, None, ms(2016, 1, 1)),
        (6, 15, None),
    ]
    return said(
        sqlite_of(
            {
                "Habits": (OLD_HABITS, habits),
                "Repetitions": ("Id INTEGER PRIMARY KEY, habit INTEGER, timestamp INTEGER", days),
                "Checkmarks": (
                    "Id INTEGER PRIMARY KEY, habit INTEGER, timestamp INTEGER, value INTEGER",
                    [(1, 15, 0, 1)],
                ),
            },
            version=12,
        )
    )


def test_an_old_backup_has_ticks_alone() -> None:
    result = old_backup()
    assert [goal["title"] for goal in result.goals] == ["Sauna", "Wake up"]
    assert result.entries == {"Wake up": [("2016-01-01", "done")], "Sauna": [("2016-02-29", "done")]}
    assert result.goal("Sauna") == {
        "title": "Sauna",
        "level": "daily",
        "measure": "check",
        "every_days": 5,
        "starts_on": "2016-02-29",
        "ends_on": "2016-02-29",
        "let_go": True,
    }
    assert result.remarks == {
        "every_days_from_start": 1,
        "descriptions": 1,
        "orphans": 2,
        "rows_damaged": 1,
        "repeated": 1,
    }


def test_reminders_come_along_with_their_weekdays_counted_from_saturday() -> None:
    assert old_backup().content["reminders"] == [
        {"kind": "check_in", "at": "06:30", "weekdays": ["fri", "sat"], "node": "import-loop-15"}
    ]


def test_a_new_backup_has_states_numbers_limits_and_notes() -> None:
    habits = (
        "id integer primary key, archived integer, description text, freq_den integer, freq_num integer, name text, "
        "position integer, reminder_hour integer, reminder_min integer, reminder_days integer, type integer, "
        "target_type integer, target_value real, unit text, question text, uuid text"
    )
    rows = [
        (1, 0, "", 1, 1, "Coffee", 0, None, None, 0, 1, 1, 3.0, "cups", "", "c0ffee"),
        (2, 0, "", 1, 1, "Walk", 1, None, None, 0, 0, 0, 0.0, "", "", "0a1k"),
        (3, 0, "", 30, 1, "Save", 2, None, None, 0, 1, 0, 250.5, "€", "", "5a4e"),
    ]
    days = [
        (1, 1, ms(2026, 3, 1), 2000, "strong"),
        (2, 1, ms(2026, 3, 2), 0, ""),
        (3, 1, ms(2026, 3, 3), 3, ""),
        (4, 2, ms(2026, 3, 1), 2, ""),
        (5, 2, ms(2026, 3, 2), 0, "rain"),
        (6, 2, ms(2026, 3, 3), 1, ""),
        (7, 2, ms(2026, 3, 4), 3, "ill"),
        (8, 3, ms(2026, 3, 4), 100_500, ""),
    ]
    columns = "id integer primary key, habit integer, timestamp integer, value integer, notes text"
    result = said(sqlite_of({"Habits": (habits, rows), "Repetitions": (columns, days)}, version=25))
    assert result.entries == {
        "Coffee": [("2026-03-01", 2, "strong"), ("2026-03-02", 0), ("2026-03-03", "skip")],
        "Walk": [("2026-03-01", "done"), ("2026-03-04", "skip", "ill")],
        "Save": [("2026-03-04", 100.5)],
    }
    assert result.goal("Coffee")["direction"] == "at_most"
    assert (result.goal("Save")["level"], result.goal("Save")["target"], result.goal("Save")["unit"]) == (
        "monthly",
        250.5,
        "€",
    )
    assert result.content["entries"][0]["node"] == "import-loop-c0ffee"
    assert result.remarks == {"undone": 1, "notes_alone": 1, "computed": 1}


def test_the_same_file_gives_the_same_document() -> None:
    assert understand(NEW).document == understand(NEW).document
