"""Traps that all formats share: which date holds, and sheets that a spreadsheet has rewritten."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.importing import Options
from core.importing.options import DateOrder
from tests.core.importing.files import Said, json_of, said
from tests.core.importing.kinds import KINDS, REFUSED

SHEETS = ["HabitBull", "Streaks", "Daylio", "goaltree sheet"]
FAR_EAST, FAR_WEST = ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago")
DATED_BY_ZONE = {"HabitTrove"}
"""Formats without a date or a zone, as the preview says."""


def read(raw: bytes, zone: ZoneInfo = FAR_EAST) -> Said:
    return said(raw, Options(zone, DateOrder.DMY))


@pytest.mark.parametrize("name", sorted(KINDS.keys() - REFUSED))
def test_the_dates_of_a_file_hold_wherever_its_reader_lives(name: str) -> None:
    east, west = read(KINDS[name]), read(KINDS[name], FAR_WEST)
    assert (east.entries == west.entries) == (name not in DATED_BY_ZONE)
    assert ("dated_by_zone" in east.remarks) == (name in DATED_BY_ZONE)


def rewritten(raw: bytes, *, turned: bool) -> bytes:
    """A sheet as saved by a European spreadsheet, with its columns in another order."""
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(row[::-1] if turned else row for row in rows)
    return out.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("turned", [False, True])
def test_a_sheet_that_a_spreadsheet_saved_says_the_same(name: str, turned: bool) -> None:
    again = read(rewritten(KINDS[name], turned=turned))
    assert (again.app, again.entries) == (read(KINDS[name]).app, read(KINDS[name]).entries)


def test_habitify_has_an_amount_beside_its_state() -> None:
    result = said(
        "Habit,Date,Total log,Unit,Status,Habit ID\nRun,2026-02-01,5.5,km,Completed,a\nRun,2026-02-02,2,km,Failed,a\n"
        "Run,2026-02-03,0,km,Skipped,a\nCalm,2026-02-01,1,times,Completed,b\n"
    )
    assert result.entries == {
        "Run": [("2026-02-01", 5.5), ("2026-02-02", 2), ("2026-02-03", "skip")],
        "Calm": [("2026-02-01", 1)],
    }


def test_streaks_counts_what_was_done_in_part_where_it_has_an_amount() -> None:
    result = said(
        "task_id,title,entry_type,entry_date,quantity\nw,Water,completed_manually,20260101,8\n"
        "w,Water,completed_manually_partial,20260102,3\nw,Water,missed_auto_partial,20260103,1\n"
        "w,Water,skipped_manually,20260104,\nw,Water,missed_auto,20260105,\n"
    )
    assert result.entries == {
        "Water": [("2026-01-01", 8), ("2026-01-02", 3), ("2026-01-03", 1), ("2026-01-04", "skip")]
    }


@pytest.mark.parametrize(
    ("fields", "level", "target"),
    [
        ({"runits": "h", "rate": 0.5}, "daily", 12),
        ({"runits": "m", "rate": 4}, "monthly", 4),
        ({"runits": "y", "rate": 24}, "yearly", 24),
        ({"runits": "w", "rate": None, "fullroad": [[1767225600, 0, None], [1798761600, None, 7]]}, "weekly", 7),
    ],
)
def test_beeminders_rates_are_of_any_unit(fields: dict[str, object], level: str, target: int) -> None:
    [goal] = said(json_of([{"slug": "run", "goal_type": "hustler", "yaw": 1, "datapoints": [], **fields}])).goals
    assert (goal["level"], goal["target"]) == (level, target)


def test_habiticas_weeks_of_a_month_are_monthly_and_said_to_be() -> None:
    daily = {"_id": "d", "text": "Board", "frequency": "monthly", "everyX": 1, "weeksOfMonth": [0], "history": []}
    result = said(json_of({"tasks": {"dailys": [daily]}, "preferences": {}}))
    assert result.goals[0]["level"] == "monthly"
    assert result.remarks["rule_unknown"] == 1


def test_habitkit_days_are_those_of_its_own_offset() -> None:
    at = datetime(2026, 5, 3, 22, tzinfo=UTC).isoformat()
    completion = {"habitId": "a", "date": at, "amountOfCompletions": 1}
    for offset, day in ((120, "2026-05-04"), (-300, "2026-05-03"), (0, "2026-05-03")):
        done = {**completion, "timezoneOffsetInMinutes": offset}
        file = {"habits": [{"id": "a", "name": "Read"}], "completions": [done], "intervals": []}
        assert read(json_of(file)).entries == {"Read": [(day, "done")]}, offset
