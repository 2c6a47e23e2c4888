"""Arbitrary bytes: an import understands or refuses them, and its result is a valid document."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import nullcontext, suppress

from hypothesis import given
from hypothesis import strategies as st

from core.errors import ImportRefused, InvalidPlan
from core.importing import DateOrder, Options, understand
from language.i18n import words
from language.refusals import refusal
from language.remarks import remark
from tests.core.importing.files import sqlite_of, zip_of
from tests.core.importing.kinds import KINDS, LOOP_FILES, REFUSED

EN = words("en")

CELLS = """1 0 x yes no skip – 5,5 1.000 -2150000000 =1+1 2026-01-31 3/4/2020 31.1.2026 20261-01-01 YES_MANUAL UNKNOWN
completed_auto NaN 1e400"""
NAMES = """date habit value note unit skipped path goal HabitName CalendarDate title entry_type entry_date quantity
full_date mood activities Run Läufe Name Position"""
FIELDS = """habits completions intervals id name records day done period tasks log t dailys history date completed slug
datapoints daystamp value fullroad habitId frequency targetCompletions amountOfCompletions startDate repeat reminders
time d type hour minute weekdayIndices goal_type rate runits initval goalval goaldate everyX daysOfMonth system"""

cells = st.sampled_from(["", *CELLS.split()]) | st.text(max_size=12)
names = st.sampled_from(["", *NAMES.split()])
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | cells
json_values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS.split()), inner, min_size=2, max_size=6)
    ),
    max_leaves=30,
)


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    separator = draw(st.sampled_from([",", ";", "\t"]))
    rows = [draw(st.lists(names, min_size=1, max_size=6)), *draw(st.lists(st.lists(cells, max_size=7), max_size=6))]
    text = draw(st.sampled_from(["\n", "\r\n"])).join(separator.join(row) for row in rows)
    return text.encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])), "surrogatepass")


def check(raw: bytes) -> None:
    for dates in (None, DateOrder.DMY):
        try:
            result = understand(raw, Options(dates=dates))
        except ImportRefused as refused:
            said = [refusal(refused, EN)]
        else:
            said = [remark(one, EN) for one in result.remarks]
            # The document of an importer is sound; one that was sent as a document may not be.
            with suppress(InvalidPlan) if result.is_own else nullcontext():
                result.parsed()
        assert all(said)


@given(st.binary(max_size=300))
def test_any_bytes(raw: bytes) -> None:
    check(raw)
    for beginning in (b"PK\x03\x04", b"SQLite format 3\x00", b"{", b"\xff\xfe"):
        check(beginning + raw)


@given(sheets())
def test_any_sheet(raw: bytes) -> None:
    check(raw)


@given(json_values)
def test_any_json(value: object) -> None:
    check(json.dumps(value).encode())


@given(st.lists(st.tuples(names, sheets()), max_size=3))
def test_any_zip(files: list[tuple[str, bytes]]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for number, (name, content) in enumerate(files):
            file.writestr(f"{number:03} {name}/Checkmarks.csv", content)
            file.writestr(f"{number or ''}Habits.csv", content)
    check(out.getvalue())


@given(st.binary(max_size=60), st.integers(0, 8191))
def test_a_database_with_bytes_changed(change: bytes, at: int) -> None:
    raw = sqlite_of(
        {
            "Habits": ("id, name, freq_num, freq_den, position", [(1, "Run", 1, 1, 0), (b"\xff", 5, None, "x", 1e300)]),
            "Repetitions": ("habit, timestamp, value", [(1, 0, 2), (1, 1e300, "x"), ("x", None, b"")]),
        }
    )
    check(raw[:at] + change + raw[at + len(change) :])


some_bytes = st.binary(max_size=8) | cells.map(lambda text: text.encode("utf-8", "replace"))


@st.composite
def mutated(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file that was truncated, lost or gained bytes, repeats a part, or continues as another one."""
    raw = whole
    for _ in range(draw(st.integers(1, 4))):
        at, end = sorted((draw(st.integers(0, len(raw))), draw(st.integers(0, len(raw)))))
        match draw(st.sampled_from(["cut", "lose", "insert", "change", "twice", "splice"])):
            case "cut":
                raw = raw[:end]
            case "lose":
                raw = raw[:at] + raw[min(at + 20, end) :]
            case "insert":
                raw = (
                    raw[:at]
                    + draw(st.binary(max_size=8) | cells.map(lambda text: text.encode("utf-8", "replace")))
                    + raw[at:]
                )
            case "change":
                change = draw(st.binary(min_size=1, max_size=4))
                raw = raw[:at] + change + raw[at + len(change) :]
            case "twice":
                raw = raw[:end] + raw[at:]
            case "splice":
                other = draw(st.sampled_from(sorted(KINDS.values())))
                raw = raw[:at] + other[draw(st.integers(0, len(other))) :]
    return raw


def test_files_of_every_kind_are_understood() -> None:
    for name, raw in KINDS.items():
        if name not in REFUSED:
            result = understand(raw, Options(dates=DateOrder.DMY))
            assert name.startswith(result.app.split()[0]) or name == "goaltree sheet", name
            assert result.parsed().entries, name


@given(st.sampled_from(sorted(KINDS.values())).flatmap(mutated))
def test_files_of_every_kind_that_were_damaged(raw: bytes) -> None:
    check(raw)


@given(st.sampled_from(sorted(LOOP_FILES)), st.data())
def test_a_zip_with_a_damaged_file_in_it(name: str, data: st.DataObject) -> None:
    check(zip_of({**LOOP_FILES, name: data.draw(mutated(LOOP_FILES[name].encode()))}))


JSON_KINDS = [raw for raw in KINDS.values() if raw[:1] in (b"{", b"[")]


@given(st.sampled_from(JSON_KINDS), st.data())
def test_json_of_every_kind_with_other_values_in_it(raw: bytes, data: st.DataObject) -> None:
    changed: set[int] = set(data.draw(st.lists(st.integers(0, 40), min_size=1, max_size=4)))
    seen = 0

    def another(value: object) -> object:
        nonlocal seen
        seen += 1
        if seen in changed:
            return data.draw(json_values)
        if isinstance(value, list):
            return [another(one) for one in value]
        return {name: another(one) for name, one in value.items()} if isinstance(value, dict) else value

    check(json.dumps(another(json.loads(raw))).encode())
