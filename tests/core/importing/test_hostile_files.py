"""Files that are damaged, sent by mistake or malicious: each is refused, and has no other effect."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from core.importing import Options, understand
from core.importing.limits import (
    MOST_BYTES,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_FILES,
    MOST_HABITS,
    MOST_JSON_PARTS,
    MOST_LINES,
    MOST_ROWS,
    MOST_UNPACKED,
)
from core.importing.understood import OWN
from tests.core.importing.files import json_of, refusal_of, said, zip_of

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(500)
HEADER = "date,Run\n"
DAY = "2026-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "file_empty"),
        (b" \n\t\n", "file_empty"),
        (PNG, "file_unknown"),
        (b"%PDF-1.7 text", "file_unknown"),
        (b'{"update_id": 1, "message": {}}', "file_unknown"),
        (b"[1, 2, 3]", "file_unknown"),
        (b'"text"', "one_column"),
        (b"date\n2026-01-01\n", "one_column"),
        (b"name,age\nAnna,30\n", "file_unknown"),
        (b"date,Run\n2026-01-01,1\n2026-01-0", "date_unreadable"),
        (b"date,habit,value\n2026-01-01,Run,1\n2026-01-02\n", "row_cut_off"),
        (b'date,Run\n2026-01-01,"1\n', "csv_broken"),
        (b"date,Run,run\n2026-01-01,1,1\n", "column_twice"),
        (b"date,habit,value,value\n2026-01-01,Run,1,1\n", "column_twice"),
        (b"date,Run\n2026-01-01,1,2\n", "row_too_long"),
        (b"date,Run\n2026-01-01,\xff\n", "file_not_text"),
        (b"date,Run\n2026-01-01,\xc3", "file_not_text"),
        (b"\xff\xfed\x00a\x00t\x00e\x00,\x00x\x00\n\x00\x31", "file_not_text"),
        (b"date,Run\n" + b"2026-01-01,1\n" * 1000 + b"2026-01-01,\x00\n", "file_not_text"),
        (b"date," + b",".join(b"h%d" % number for number in range(MOST_COLUMNS)) + b"\n", "too_many_columns"),
        (b"PK\x03\x04" + bytes(100), "zip_damaged"),
        (b"SQLite format 3\x00" + bytes(100), "database_damaged"),
        (b'{"habits": [], "completions": [], "intervals": []}', "no_habits"),
    ],
)
def test_a_file_that_is_no_export_is_refused(raw: bytes, code: str) -> None:
    assert refusal_of(raw).code == code


def test_a_file_that_is_too_large_is_not_looked_into() -> None:
    refused = refusal_of(bytes(MOST_BYTES + 1))
    assert (refused.code, refused.values["size"]) == ("file_too_large", MOST_BYTES + 1)


def test_two_million_rows_are_refused() -> None:
    assert refusal_of(HEADER + "1,1\n" * (MOST_ROWS + 1)).code == "file_too_many_rows"


def test_a_sheet_with_too_many_values_is_refused() -> None:
    wide = "date," + ",".join(f"h{number}" for number in range(900)) + "\n"
    row = ",x" * 900 + "\n"
    days = [f"{year}-{month:02}-01{row}" for year in range(1970, 2020) for month in range(1, 13)]
    assert refusal_of(wide + "".join(days)).code == "file_too_many_rows"


DAYS = [f"{year}-{month:02}-{day:02}" for year in range(2000, 2026) for month in range(1, 13) for day in range(1, 29)]


def test_values_that_make_no_entry_count_too() -> None:
    columns = 900
    header = ",".join(f"h{number}" for number in range(columns))
    for word, end in (("no", ""), ("UNKNOWN", ",")):
        rows = [day + f",{word}" * columns + end + "\n" for day in DAYS[: MOST_ROWS // columns + 1]]
        assert refusal_of(f"date,{header}{end}\n" + "".join(rows)).code == "file_too_many_rows"
    records = [{"day": DAYS[0], "done": False}] * (MOST_ROWS + 1)
    assert refusal_of(json_of({"habits": [{"name": "Run", "records": records}]})).code == "file_too_many_rows"


def two_habits(day: str, days: int) -> bytes:
    """Loop's zip with the same day repeated for either of two habits."""
    habits = "Position,Name,NumRepetitions,Interval\n001,a,1,1\n002,b,1,1\n"
    return zip_of({"Habits.csv": habits, "001 a/Checkmarks.csv": day * days, "002 b/Checkmarks.csv": day * days})


def test_the_sheets_of_a_zip_are_counted_together_before_any_is_read() -> None:
    for day, most in (("1,2,3\n", MOST_LINES), ("2015-01-01,0,a note\n", MOST_ROWS)):
        refused = refusal_of(two_habits(day, most // 2 + 1))
        assert (refused.code, refused.values["most"]) == ("file_too_many_rows", most)


def test_days_of_a_zip_that_say_nothing_are_not_held_against_it() -> None:
    days = MOST_ROWS // 2 + 1
    assert said(two_habits("2015-01-01,0\n", days)).remarks["undone"] == 2 * days


def test_amounts_are_counted_before_any_is_understood() -> None:
    rows = "".join(f"Run,{number},5 what\n" for number in range(3))
    assert refusal_of(f"habit,date,value\n{rows}", Options(entries=2)).code == "file_too_many_entries"


def test_many_letters_of_an_old_encoding_take_little() -> None:
    assert refusal_of(b"date;Run\n" + b"a\xe4" * 600_000).code == "csv_broken"


def test_json_of_very_many_parts_is_not_loaded() -> None:
    assert refusal_of(b"[" + b"[]," * 2_000_000 + b"0]").code == "file_too_many_rows"


def test_json_that_is_nested_very_deeply_goes_to_what_reads_documents() -> None:
    raw = b"[" * 100_000
    assert understand(raw).app == OWN


def test_a_goaltree_document_is_returned_unchanged() -> None:
    for raw in (b'{"format": "goaltree/1", "visions": []}', b'{"visions": [], "format": "other/2"}', b'{"format": '):
        assert (understand(raw).app, understand(raw).document) == (OWN, raw)


def test_a_zip_that_leads_elsewhere_is_refused() -> None:
    for name in ("../Habits.csv", "/etc/Habits.csv", "a/../../Habits.csv", "..\\Habits.csv", "C:/Habits.csv"):
        assert refusal_of(zip_of({name: "Position,Name\n", "b": ""})).code == "zip_leads_elsewhere", name


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zip_of({"Habits.csv": bytes(MOST_UNPACKED), "Checkmarks.csv": bytes(1)})
    assert len(bomb) < 100_000
    assert refusal_of(bomb).code == "zip_too_large"


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    raw = bytearray(zip_of({"Habits.csv": bytes(MOST_UNPACKED + 1), "b": ""}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", raw, raw.index(mark) + at, 10)
    assert refusal_of(bytes(raw)).code == "zip_damaged"


def test_json_in_a_zip_has_the_limits_of_any_json() -> None:
    parts = json_of({"habits": [{}] * MOST_JSON_PARTS})
    assert refusal_of(zip_of({"habits.json": parts, "settings.json": "{}"})).code == "file_too_many_rows"
    text = json_of({"habits": ["x" * MOST_BYTES]})
    assert refusal_of(zip_of({"habits.json": text, "settings.json": "{}"})).code == "file_too_large"


def test_a_sheet_with_very_many_cells_is_refused_though_they_are_empty() -> None:
    columns = MOST_COLUMNS - 1
    rows = ("2026-01-01" + "," * columns + "\n") * (MOST_CELLS // MOST_COLUMNS + 1)
    raw = "date," + ",".join(f"h{number}" for number in range(columns)) + "\n" + rows
    assert refusal_of(raw).code == "file_too_many_rows"


def test_a_file_of_very_many_habits_is_refused() -> None:
    rows = "".join(f"2026-01-01,h{number},1\n" for number in range(MOST_HABITS + 1))
    assert refusal_of(f"date,habit,value\n{rows}").code == "too_many_habits"


def test_more_entries_than_a_chat_may_have_are_refused_before_anything_is_made_of_them() -> None:
    raw = HEADER + "2026-01-01,1\n2026-01-02,1\n2026-01-03,1\n"
    refused = refusal_of(raw, Options(entries=2))
    assert (refused.code, refused.values) == ("file_too_many_entries", {"most": 2})


def test_a_line_that_is_too_long_is_named() -> None:
    refused = refusal_of(HEADER + "2026-01-01,1\n" + "," * 1_000_001)
    assert (refused.code, refused.values["line"]) == ("csv_broken", 3)


def test_a_workbook_is_to_be_saved_as_csv() -> None:
    excel = {"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}
    for raw in (
        zip_of(excel),
        zip_of({"mimetype": "x", "content.xml": "<x/>"}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ):
        assert refusal_of(raw).code == "file_is_workbook"


def test_a_zip_of_very_many_files_is_refused() -> None:
    assert refusal_of(zip_of({f"{number}": "" for number in range(MOST_FILES + 1)})).code == "zip_too_many_files"
    assert refusal_of(zip_of({f"{number:0200}": "" for number in range(5_000)})).code == "zip_too_many_files"


def test_a_zip_with_a_password_is_refused() -> None:
    raw = bytearray(zip_of({"Habits.csv": "Position,Name\n", "b": ""}))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    assert refusal_of(bytes(raw)).code == "file_protected"


def test_a_zip_in_another_method_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("Habits.csv", "Position,Name\n")
        file.writestr("b", "")
    assert refusal_of(out.getvalue()).code == "zip_damaged"


def test_a_zip_of_one_file_stands_for_that_file() -> None:
    assert understand(zip_of({"sheet.csv": HEADER + "2026-01-01,1\n"})).app == "CSV"
    assert refusal_of(zip_of({"inner.zip": zip_of({"a.csv": HEADER})})).code == "file_unknown"
    assert refusal_of(zip_of({"a.png": PNG, "b.png": PNG})).code == "file_unknown"


def test_fields_of_strange_types_read_as_nothing() -> None:
    strange = {
        "habits": [{"id": ["a"], "name": {"x": 1}, "orderIndex": "last"}, 7, {"id": "b", "name": "B\ud800\u0000b"}],
        "completions": [
            {
                "habitId": "b",
                "date": "2026-01-01T00:00:00Z",
                "amountOfCompletions": 1e300,
                "timezoneOffsetInMinutes": 1e9,
            },
            {"habitId": "b", "date": 5, "amountOfCompletions": 1},
            {"habitId": "b", "date": DAY, "amountOfCompletions": "NaN"},
            None,
        ],
        "intervals": [{"habitId": "b", "startDate": "2026-01-01", "requiredNumberOfCompletionsPerDay": 2}, "x"],
        "reminders": [{"habitId": "b", "hour": 25, "minute": 0, "weekdayIndices": 3}],
    }
    result = understand(json_of(strange))
    assert result.parsed().visions[0].children[1].title == "Bb"
    assert {remark.code for remark in result.remarks} >= {"rows_damaged", "values_too_large", "undone"}
