"""A small file in every supported format, by app and form."""

from __future__ import annotations

from collections.abc import Mapping

from tests.core.importing.files import json_of, sqlite_of, zip_of

LOOP_FILES: Mapping[str, str] = {
    "Habits.csv": "Position,Name,Type,FrequencyNumerator,FrequencyDenominator,Unit,Target Type,Target Value,Archived?\n"
    "001,Read,YES_NO,3,7,,,,false\n002,Water,NUMERICAL,1,1,cups,AT_MOST,8.0,true\n",
    "001 Read/Checkmarks.csv": "Date,Value,Notes\n2026-01-02,YES_MANUAL,good\n2026-01-01,SKIP,\n",
    "002 Water/Checkmarks.csv": "Date,Value,Notes\n2026-01-02,7000,\n2026-01-01,YES_AUTO,\n",
}
_DAY = "2026-01-01T22:30:00Z"
_TROVE = {
    "habits": [
        {"id": "a", "name": "Run", "frequency": "FREQ=WEEKLY;BYDAY=MO", "targetCompletions": 2, "completions": [_DAY]}
    ]
}
KINDS: Mapping[str, bytes] = {
    "Loop zip": zip_of(LOOP_FILES),
    "Loop zip, old": zip_of(
        {
            "Habits.csv": "Position,Name,Question,Description,NumRepetitions,Interval,Color\n001,Read,,,1,2,#fff\n",
            "Checkmarks.csv": "Date,Read,\n2015-01-25,2,\n2015-01-24,1,\n",
        }
    ),
    "Loop sheet": b"Date,Read,Water,\n2026-01-02,YES_MANUAL,UNKNOWN,\n2026-01-01,SKIP,7000,\n",
    "Loop backup": sqlite_of(
        {
            "Habits": (
                "id, name, freq_num, freq_den, position, type, target_value, target_type, unit, reminder_hour,"
                " reminder_min, reminder_days",
                [(1, "Run", 1, 1, 0, 0, 0, 0, "", 8, 30, 127), (2, "Water", 1, 7, 1, 1, 8.5, 1, "cups", None, None, 0)],
            ),
            "Repetitions": ("habit, timestamp, value, notes", [(1, 86400000, 2, "well"), (2, 86400000, 7000, "")]),
        },
        version=25,
    ),
    "Tickmate": sqlite_of(
        {
            "tracks": ("_id, name, enabled, multiple_entries_per_day", [(1, "Vegan", 1, 1)]),
            "ticks": ("_track_id, year, month, day", [(1, 2016, 0, 31), (1, 2016, 1, 30)]),
        }
    ),
    "Rewire": sqlite_of(
        {
            "habits": ("_id, name, active_days, schedule, archived", [(1, "Early", "0,1", 0, 0)]),
            "checkins": ("habit_id, date, type, note", [(1, "20160103", 2, "well")]),
        }
    ),
    "HabitKit": json_of(
        {
            "habits": [{"id": "a", "name": "Read", "isInverse": False, "orderIndex": 1}],
            "completions": [{"habitId": "a", "date": _DAY, "timezoneOffsetInMinutes": 120, "amountOfCompletions": 2}],
            "intervals": [
                {"habitId": "a", "startDate": _DAY, "type": "week", "requiredNumberOfCompletionsPerDay": 2},
                {"habitId": "a", "startDate": "2026-02-01", "type": "week", "requiredNumberOfCompletions": 3},
            ],
            "reminders": [{"habitId": "a", "weekdayIndices": [0, 6], "hour": 8, "minute": 0}],
        }
    ),
    "beaverhabits": json_of(
        {
            "habits": [
                {
                    "id": "a", "name": "Read", "records": [{"day": "2026-01-01", "done": True, "text": "well"}],
                    "period": {"period_type": "W", "period_count": 1, "target_count": 3},
                }
            ],
            "order": ["a"],
        }
    ),
    "HabitTrove": json_of(_TROVE),
    "HabitTrove zip": zip_of(
        {"habits.json": json_of(_TROVE), "settings.json": json_of({"system": {"timezone": "Asia/Tokyo"}})}
    ),
    "Streaks": b"task_id,title,entry_type,entry_date,quantity,notes\nt,Run,completed_manually,20260101,,well\n"
    b"t,Run,skipped_auto,20260102,,\nr,Read,timer_manually,20260101,12.5,\n",
    "Streaks backup": json_of({"tasks": [{"id": "1", "t": "Run", "log": [{"d": 20260101, "t": 1, "p": 0.5}]}]}),
    "Habitica": json_of(
        {
            "tasks": {
                "dailys": [
                    {
                        "_id": "d", "text": "Floss", "frequency": "weekly", "everyX": 1, "repeat": {"m": True},
                        "history": [{"date": 1767268800000, "value": 1, "isDue": True, "completed": True}],
                    }
                ],
                "habits": [
                    {"_id": "h", "text": "Sugar", "up": False, "down": True,
                     "history": [{"date": 1767268800000, "scoredUp": 0, "scoredDown": 2}]}
                ],
                "todos": [{"text": "Buy"}],
            },
            "preferences": {"timezoneOffset": -60, "dayStart": 4},
        }
    ),
    "Habitica history": b"Task Name,Task ID,Task Type,Date,Value\nFloss,d,daily,2026-01-01,1\n",
    "Beeminder": json_of(
        [
            {
                "slug": "run", "goal_type": "hustler", "rate": 5, "runits": "w", "gunits": "km", "yaw": 1,
                "fullroad": [[1767268800, 0, None], [1798804800, None, 5]],
                "datapoints": [{"daystamp": "20260101", "value": 5.5, "comment": "well"}],
            },
            {"slug": "weight", "goal_type": "fatloser", "initval": 86, "goalval": 78, "goaldate": 1798804800,
             "initday": 1767268800, "datapoints": [{"daystamp": "20260101", "value": 85.5}]},
        ]
    ),
    "HabitBull": b"HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText\nRun,,,2026-01-13,1,well\n"
    b"Read,,,2026-01-13,30,\nRead,,,2026-01-14,-2150000000,\n",
    "Daylio": b"full_date,date,weekday,time,mood,activities,note_title,note\n2026-01-02,January 2,Friday,20:00,rad,"
    b"run | friends,Wow,long\n",
    "CSV, tidy": "date;habit;value;unit;note\n1.2.2026;Läufe;5,5;km;gut\n2.2.2026;Läufe;–;km;\n".encode("cp1252"),
    "CSV, a column each": "Habits 2026\nDate,Run,Water,Notes\n2026-02-01,x,2 l,fine\nTotal,1,2 l,\n".encode("utf-16"),
    "goaltree sheet": b"\xef\xbb\xbfdate,goal,path,value,unit,skipped,note\r\n2026-01-01,Run,V / W,5,km,,'=1+1\r\n",
}  # fmt: skip
REFUSED = {"Habitica history"}
