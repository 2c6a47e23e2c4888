"""The benchmarks run. Their figures mean nothing here: a few rounds on a busy machine."""

from __future__ import annotations

import gc
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from benchmarks import (
    api,
    bad_files,
    check_off_postgres,
    check_off_sqlite,
    group_of_500,
    history,
    import_file,
    million,
    reminders,
    shapes,
    size,
    sunday,
    tree_of_200,
)
from benchmarks.harness import Bench, Row, at_least, at_most
from benchmarks.postgres import Postgres
from benchmarks.table import printed
from tests.databases import migrated_sqlite

pytestmark = pytest.mark.long

Measure = Callable[[Bench], Coroutine[Any, Any, list[Row]]]


class MigratedBench(Bench):
    """SQLite files are copies of a migrated one, since no benchmark measures migration."""

    def sqlite_url(self, name: str) -> str:
        return migrated_sqlite(self.directory / f"{name}.db")


@pytest.fixture
def frozen() -> None:
    """Benchmarks collect garbage before they measure, but not the garbage of all earlier tests."""
    gc.freeze()


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize(
    "measure",
    [
        api.measure,
        check_off_sqlite.measure,
        check_off_postgres.measure,
        tree_of_200.measure,
        group_of_500.measure,
        history.measure,
        import_file.measure,
        bad_files.measure,
        million.measure,
        sunday.measure,
        size.measure,
        reminders.measure,
        shapes.measure,
    ],
)
async def test_it_runs(measure: Measure, tmp_path: Path, postgres_host: str) -> None:
    rows = await measure(MigratedBench(tmp_path, Postgres(postgres_host), quick=True))
    assert rows
    assert all(row.figure > 0 and row.floor for row in rows if not row.absolute)


def test_a_row_is_held_by_its_ratio_to_the_floor() -> None:
    assert Row("work", 3, "ms", "floor", 2, at_most(1.5)).met is True
    assert Row("work", 3, "ms", "floor", 2, at_most(1.4)).met is False
    assert Row("work", 3, "/s", "floor", 2, at_least(1.6)).met is False
    assert Row("work", 3, "/s", "floor", 2).met is None


def test_a_row_may_be_held_by_its_figure() -> None:
    assert Row("start", 1.9, "s", "python", 0.1, at_most(2), absolute=True).met is True
    assert Row("stale", 1, "rows", hold=at_most(0)).met is False


def test_the_table_shows_the_floor_the_ratio_and_the_hold() -> None:
    rows = [Row("check-off", 3, "ms", "insert", 2, at_most(2)), Row("stale", 1, "rows", hold=at_most(0))]
    _, check_off, stale = printed(rows).splitlines()
    assert check_off.split() == ["check-off", "3.000", "ms", "insert", "2.000", "ms", "1.50", "≤", "2×", "ok"]
    assert stale.split() == ["stale", "1", "rows", "≤", "0", "rows", "MISSED"]
