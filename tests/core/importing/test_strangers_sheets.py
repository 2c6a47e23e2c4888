"""Sheets as people keep them: clear ones are read and reported, unclear ones are refused."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from core.importing import Options
from language.state_words import state_words
from tests.core.importing.files import refusal_of, said

BERLIN = Options(ZoneInfo("Europe/Berlin"), words=state_words())
RUN = {"Run": [("2026-02-01", "done")]}


@pytest.mark.parametrize(
    "written",
    [
        "1.2.2026", "Feb 1, 2026", "1 Feb 2026", "1-Feb-26", "2026 Feb 01", "Sunday, February 1, 2026",
        "1. Februar 2026", "1 févr. 2026", "1 февраля 2026", "2026年2月1日", "2026.02.01.", "2026/2/1", "Sun 2026/2/1",
        "46054", "46054.75", "2026-02-01T00:00:00Z", "2026-02-01T00:00:00.000Z", "2026-02-01T23:30:00+01:00",
        "2026-01-31T23:30:00Z", "2026-01-31 23:30:00 UTC", "2026-02-01 08:00",
    ],
)  # fmt: skip
def test_a_date_in_many_forms(written: str) -> None:
    assert said(f'date,Run\n"{written}",1\n', BERLIN).entries == RUN


def test_weekdays_before_a_date_are_no_part_of_it() -> None:
    assert said("date,Run\nMon 02/16/2026,1\n", BERLIN).entries == {"Run": [("2026-02-16", "done")]}


def test_conclusions_about_dates_are_reported() -> None:
    assert said("date,Run\n2026-01-31T23:30:00Z,1\n2026-02-02T00:00:00Z,1\n", BERLIN).remarks["dated_from_utc"] == 2
    assert said("date,Run\n46054,1\n46055,1\n").remarks["dates_serial"] == 2
    # Nobody knows what the number in another column of dates counts.
    for number in ("1769904000", "2026", "99999"):
        assert refusal_of(f"date,Run\n{number},1\n").code == "date_unreadable"


@pytest.mark.parametrize(
    "yes", ["TRUE", "x", "✓", "ja", "oui", "Sí", "да", "1,0", "1.0", "WAHR", "Y", "completed", "🟢"]
)
def test_a_word_or_a_sign_for_done(yes: str) -> None:
    assert said(f"date;Run\n2026-02-01;{yes}\n", BERLIN).entries == RUN


@pytest.mark.parametrize("no", ["FALSE", "✗", "nein", "non", "нет", "0,0", "0.0", "FALSCH", "N", "failed", "🔴"])
def test_a_word_or_a_sign_for_not_done_is_no_entry(no: str) -> None:
    result = said(f"date;Run\n2026-02-01;{no}\n2026-02-01;x\n", BERLIN)
    assert (result.entries, result.remarks["undone"]) == (RUN, 1)


@pytest.mark.parametrize(
    "above", ["My habits 2026,,\n", "Habit tracker\n\n", "# exported, by me\n", "Exported on 2026-03-01\n"]
)
def test_a_title_may_stand_above_the_header(above: str) -> None:
    result = said(f"{above}Date,Run,\n2026-02-01,1,\n", BERLIN)
    assert result.entries == RUN
    assert refusal_of(f"{above}Date,Run\n2026-02-01,maybe\n").values["line"] == above.count("\n") + 2


def test_rows_of_totals_are_left_out_and_counted() -> None:
    result = said("Date,Run\n2026-02-01,1\nTotal,7\n,50%\nØ Average,1\n", BERLIN)
    assert (result.entries, result.remarks["totals"]) == (RUN, 2 + 1)
    tidy = said("habit,date,value\nRun,2026-02-01,1\nAll,Gesamt,1\n", BERLIN)
    assert (tidy.entries, tidy.remarks["totals"]) == (RUN, 1)
    # A row without a date is a total only at the end.
    for raw in ("Date,Run\n2026-02-01,1\n,1\n2026-02-02,1\n", "habit,date,value\nRun,2026-02-01,1\nRead,,1\n"):
        assert refusal_of(raw).code == "date_unreadable"


def test_columns_without_a_name_are_none() -> None:
    result = said("habit,date,value,,\nRun,2026-02-01,1,km,5\n")
    assert (result.entries, result.goals[0]["measure"]) == (RUN, "check")


def test_empty_columns_and_rows_at_the_end_are_nothing() -> None:
    assert said("Date;Run;;;\n2026-02-01;1;;;\n;;;;\n").entries == RUN
    assert said("Date|Weekday|Day|Run\n2026-02-01|Sun|Sunday|1\n").entries == RUN


def test_units_in_the_cells_are_those_of_the_habit() -> None:
    result = said("Date;Run;Score;Water\n2026-02-01;5,5 km;85%;2 l\n2026-02-02;3 KM;;\n")
    assert [goal.get("unit") for goal in result.goals] == ["km", "%", "l"]
    assert result.entries["Run"] == [("2026-02-01", 5.5), ("2026-02-02", 3)]
    assert result.entries["Score"] == [("2026-02-01", 85)]
    tidy = said("habit,date,value\nRun,2026-02-01,5 km\nRun,2026-02-02,\n")
    assert (tidy.goals[0]["unit"], tidy.entries) == ("km", {"Run": [("2026-02-01", 5)]})


@pytest.mark.parametrize("cells", [("5 km", "300 m"), ("5 km", "6"), ("0:20", "1:05"), ("$5", "$6")])
def test_amounts_of_unlike_kinds_are_refused(cells: tuple[str, str]) -> None:
    one, other = cells
    assert refusal_of(f"date,Run\n2026-02-01,{one}\n2026-02-02,{other}\n").code == "value_unreadable"


@pytest.mark.parametrize(("text", "encoding"), [("Datum;Läufe “gut”\n", "cp1252"), ("Дата;Бег\n", "cp1251")])
def test_a_sheet_of_an_old_spreadsheet_is_read_and_said_to_be_guessed(text: str, encoding: str) -> None:
    result = said((text + "01.02.2026;1\n").encode(encoding))
    [title] = result.entries
    assert title == text.strip().partition(";")[2]
    assert result.remarks["encoding_guessed"] == sum(not char.isascii() for char in text)


def test_damaged_utf_8_is_not_taken_for_an_old_encoding() -> None:
    for raw in ("Datum,Läufe\n".encode() + b"2026-01-01,\xe4\n", b"date,Run\n2026-01-01,\xc3", b"date,R\x81n\n"):
        assert refusal_of(raw).code == "file_not_text"


def test_a_column_of_amounts_beside_one_of_states() -> None:
    result = said(
        "habit,date,status,amount,unit\n"
        "Run,2026-02-01,completed,5.2,km\n"
        "Run,2026-02-02,failed,,km\n"
        "Run,2026-02-03,completed,,km\n"
        "Run,2026-02-04,skipped,0,km\n"
        "Calm,2026-02-01,completed,,\n"
        "Calm,2026-02-02,not completed,,\n"
        "Calm,2026-02-03,skipped,,\n"
    )
    assert result.entries["Run"] == [("2026-02-01", 5.2), ("2026-02-04", "skip")]
    assert result.entries["Calm"] == [("2026-02-01", "done"), ("2026-02-03", "skip")]
    assert (result.remarks["unknown"], result.remarks["undone"]) == (1, 2)
