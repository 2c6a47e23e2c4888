"""HabitBull, Streaks and Daylio as CSV, and any sheet of the two common shapes."""

from __future__ import annotations

import codecs

import pytest

from core.importing import DateOrder, Options, StateWords
from tests.core.importing.files import refusal_of, said

HABITBULL = (
    "HabitName,HabitDescription,HabitCategory,CalendarDate,Value,CommentText\n"
    "Push-ups,strong,Fitness,11/5/2025,30,easy\n"
    "Push-ups,strong,Fitness,11/6/2025,-2150000000,\n"
    "Push-ups,strong,Fitness,11/7/2025,-2.15E+09,\n"
    "Push-ups,strong,Fitness,11/13/2025,1,\n"
    'Read,"books, mostly",Mind,11/5/2025,1,\n'
    "Read,,Mind,11/5/2025,1,\n"
    "Read,,Mind,11/6/2025,0,tired\n"
)


def test_habitbull_dates_follow_from_the_whole_column() -> None:
    result = said(HABITBULL)
    assert result.app == "HabitBull"
    assert result.entries == {
        "Push-ups": [("2025-11-05", 30, "easy"), ("2025-11-13", 1)],
        "Read": [("2025-11-05", "done")],
    }
    assert result.goals == [
        {"title": "Push-ups", "level": "daily", "measure": "number", "starts_on": "2025-11-05"},
        {"title": "Read", "level": "daily", "measure": "check", "starts_on": "2025-11-05"},
    ]
    assert result.remarks == {
        "unknown": 2,
        "undone": 1,
        "notes_alone": 1,
        "descriptions": 2,
        "groupings": 2,
        "frequency_unknown": 2,
        "repeated": 1,
    }


AMBIGUOUS = "HabitName,CalendarDate,Value\nRead,3/4/2020,1\nRead,5/4/2020,1\n"


def test_dates_that_fit_two_orders_are_asked_and_the_answer_holds() -> None:
    asked = refusal_of(AMBIGUOUS)
    assert asked.code == "dates_ambiguous"
    assert asked.values == {"text": "3/4/2020", "choices": ["dmy", "mdy"]}
    assert said(AMBIGUOUS, Options(dates=DateOrder.DMY)).entries == {
        "Read": [("2020-04-03", "done"), ("2020-04-05", "done")]
    }
    assert said(AMBIGUOUS, Options(dates=DateOrder.MDY)).entries == {
        "Read": [("2020-03-04", "done"), ("2020-05-04", "done")]
    }
    assert refusal_of(AMBIGUOUS, Options(dates=DateOrder.YMD)).code == "date_unreadable"


def test_dates_that_mean_the_same_either_way_are_not_asked() -> None:
    assert said("habit,date,value\nRead,4/4/2020,1\n").entries == {"Read": [("2020-04-04", "done")]}


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-31",
        "20260131",
        "2026/1/31",
        "2026.01.31.",
        "31.1.2026",
        "1/31/2026",
        "2026-01-31 18:05",
        "2026-01-31T18:05:00Z",
        "1/31/2026 6:05 PM",
        "31 January 2026",
        "Jan 31, 2026",
        "Sat 31 Jan 2026",
    ],
)
def test_dates_in_the_common_orders(written: str) -> None:
    options = Options(words=StateWords(months={"january": 1, "jan": 1}))
    assert said(f'date;habit;value\n"{written}";Read;x\n', options).entries == {"Read": [("2026-01-31", "done")]}


def test_short_years_may_stand_at_either_end() -> None:
    assert refusal_of("date,habit,value\n31/01/26,Read,x\n").values["choices"] == ["dmy", "ymd"]
    assert said("date,habit,value\n31/01/99,Read,x\n").entries == {"Read": [("2099-01-31", "done")]}


def test_points_between_numbers_put_the_day_first() -> None:
    assert said("date;habit;value\n3.4.2026;Read;x\n").entries == {"Read": [("2026-04-03", "done")]}


@pytest.mark.parametrize("date", ["20261-01-01", "2026-13-01", "30/02/2026", "0001-01-01", "tomorrow", "", "=TODAY()"])
def test_a_date_that_is_none_is_refused(date: str) -> None:
    refused = refusal_of(f"habit,date,value\nRead,2026-01-01,1\nRead,{date},1\n")
    assert (refused.code, refused.values) == ("date_unreadable", {"text": date})


STREAKS = (
    "task_id,title,icon,page,entry_type,entry_date,entry_timestamp,entry_timezone,quantity,notes\n"
    "t1,Run,i,1,completed_manually,20260101,2026-01-01T23:30:00Z,Europe/Berlin,,well\n"
    "t1,Run,i,1,completed_auto,20260102,x,x,,\n"
    "t1,Run,i,1,skipped_auto,20260103,x,x,,\n"
    "t1,Run,i,1,missed_auto,20260104,x,x,,\n"
    "t1,Run,i,1,missed_auto_partial,20260105,x,x,0.5,\n"
    "t1,Run,i,1,teleported,20260106,x,x,,\n"
    "t2,Read,i,1,timer_manually,20260101,x,x,12.5,\n"
    "t2,Read,i,1,completed_manually,20260101,x,x,7.5,\n"
)


def test_streaks_dates_are_its_own_and_what_it_missed_is_no_word() -> None:
    result = said(STREAKS)
    assert result.app == "Streaks"
    assert result.entries == {
        "Run": [("2026-01-01", "done", "well"), ("2026-01-02", "done"), ("2026-01-03", "skip")],
        "Read": [("2026-01-01", 20)],
    }
    assert result.remarks == {
        "computed_misses": 1,
        "partly_done": 1,
        "unknown_states": 1,
        "frequency_unknown": 2,
        "added_up": 1,
    }


def test_the_older_sheet_of_streaks_has_another_order_and_no_notes() -> None:
    result = said("title,task_id,entry_date,entry_type,quantity\nRun,t1,20260101,completed_manually,\n")
    assert result.entries == {"Run": [("2026-01-01", "done")]}


def test_daylio_notes_moods_and_what_was_done() -> None:
    result = said(
        "full_date,date,weekday,time,mood,activities,note_title,note\n"
        '2026-01-02,January 2,Friday,20:00,rad,run | friends,Wow,"long,<br>day"\n'
        "2026-01-02,January 2,Friday,08:00,meh,run,,\n"
        "2026-01-01,January 1,Thursday,20:00,sleepy,,,zzz\n"
    )
    assert result.app == "Daylio"
    assert result.entries == {
        "Mood": [("2026-01-02", 5, "Wow\nlong,\nday"), ("2026-01-02", 3)],
        "run": [("2026-01-02", 2)],
        "friends": [("2026-01-02", 1)],
    }
    assert result.goals[0] == {
        "title": "Mood",
        "level": "daily",
        "measure": "number",
        "aggregate": "average",
        "starts_on": "2026-01-02",
    }
    assert result.remarks == {"unknown_moods": 1, "notes_alone": 1, "added_up": 1}


def test_a_sheet_with_a_row_for_each_habit_and_day() -> None:
    result = said(
        "Habit,Date,Value,Note\nRead,2026-01-01,yes,\nRead,2026-01-02,no,late\nRead,2026-01-03,skip,ill\n"
        "Read,2026-01-04,,\nRun,2026-01-01,5.5,\nRun,2026-01-02,0,\nRun,2026-01-01,1,\n"
    )
    assert result.app == "CSV"
    assert result.entries == {
        "Read": [("2026-01-01", "done"), ("2026-01-03", "skip", "ill")],
        "Run": [("2026-01-01", 6.5), ("2026-01-02", 0)],
    }
    assert result.remarks == {"undone": 1, "notes_alone": 1, "unknown": 1, "frequency_unknown": 2, "added_up": 1}


def test_a_sheet_with_a_column_for_each_habit() -> None:
    result = said(
        "Date;Run;Read;Meditate;Notes;Weekday\n31.01.2026;5,5;x;✓;wonderful;Sat\n01.02.2026;1.000,5;–;;;Sun\n"
        "02.02.2026;0;no;1;;Mon\n"
    )
    assert result.entries == {
        "Run": [("2026-01-31", 5.5), ("2026-02-01", 1000.5), ("2026-02-02", 0)],
        "Read": [("2026-01-31", "done"), ("2026-02-01", "skip")],
        "Meditate": [("2026-01-31", "done"), ("2026-02-02", "done")],
    }
    assert result.remarks == {"undone": 1, "notes_of_days": 1, "frequency_unknown": 3}


def test_a_thousand_with_a_comma_is_told_from_decimals_by_the_other_cells() -> None:
    assert said("date\tSteps\n2026-01-01\t1,000\n2026-01-02\t950.5\n").entries == {
        "Steps": [("2026-01-01", 1000), ("2026-01-02", 950.5)]
    }
    assert said('date,Run\n2026-01-01,"1,000"\n2026-01-02,"5,5"\n').entries == {
        "Run": [("2026-01-01", 1), ("2026-01-02", 5.5)]
    }


SHEET = "date,Läufe\n2026-01-01,1\n"


@pytest.mark.parametrize(
    "raw",
    [
        SHEET.encode(),
        codecs.BOM_UTF8 + SHEET.encode(),
        codecs.BOM_UTF16_LE + SHEET.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SHEET.encode("utf-16-be"),
        SHEET.encode("utf-16-le"),
        SHEET.replace("\n", "\r\n").encode(),
        SHEET.replace(",", ";").encode(),
        SHEET.replace(",", "\t").encode(),
        b"sep=;\r\n" + SHEET.replace(",", ";").encode(),
        b'"date","L\xc3\xa4ufe"\n"2026-01-01","1"\n',
    ],
    ids=["plain", "mark", "utf-16 le", "utf-16 be", "unmarked", "crlf", "semicolon", "tab", "excel", "quotes"],
)
def test_a_sheet_is_read_in_any_encoding_and_with_any_separator(raw: bytes) -> None:
    assert said(raw).entries == {"Läufe": [("2026-01-01", "done")]}


GROUP = (
    "date,goal,path,value,unit,skipped,note,author\r\n2026-01-01,Run,V,5,km,,,Ann\r\n2026-01-01,Run,V,7,km,,,Ben\r\n"
    "2026-01-02,Run,V,,km,yes,,'=Ann\r\n2026-01-02,Gym,V,1,,,,Ben\r\n2026-01-03,Run,V,1,km,,,\r\n"
)


def test_only_the_importers_entries_of_a_groups_sheet_are_kept() -> None:
    result = said(GROUP, Options(names=frozenset({"Ann"})))
    assert result.entries == {"Run": [("2026-01-01", 5)]}
    assert result.remarks == {"of_others": 3, "of_nobody": 1, "frequency_unknown": 1}
    assert said(GROUP, Options(names=frozenset({"=Ann"}))).entries == {"Run": [("2026-01-02", "skip")]}
    for names in (frozenset({"Eve"}), frozenset({""}), frozenset[str]()):
        assert refusal_of(GROUP, Options(names=names)).code == "sheet_of_others"
    whole = said(GROUP)
    assert (len(whole.entries["Run"]), whole.remarks["authors"]) == (4, 4)


def test_words_of_other_languages_are_given() -> None:
    words = StateWords(done=frozenset({"сделано"}), undone=frozenset({"нет"}), skipped=frozenset({"ausgelassen"}))
    result = said("дата;Бег\n2026-01-01;Сделано\n2026-01-02;нет\n2026-01-03;ausgelassen\n", Options(words=words))
    assert result.entries == {"Бег": [("2026-01-01", "done"), ("2026-01-03", "skip")]}


def test_a_word_that_says_nothing_known_is_refused_with_its_line() -> None:
    refused = refusal_of("date,Run\n2026-01-01,x\n2026-01-02,maybe\n")
    assert (refused.code, refused.values) == ("value_unreadable", {"line": 3, "text": "maybe"})


def test_a_formula_is_no_value() -> None:
    assert refusal_of('date,Run\n2026-01-01,"=1+1"\n').code == "value_unreadable"


def test_a_sign_for_done_in_a_column_of_numbers_is_no_number() -> None:
    assert refusal_of("date,Run\n2026-01-01,5\n2026-01-02,x\n").values == {"line": 3, "text": "x"}


def test_a_number_beyond_what_is_kept_is_refused() -> None:
    assert refusal_of("date,Run\n2026-01-01,5000000000\n").code == "number_beyond"
