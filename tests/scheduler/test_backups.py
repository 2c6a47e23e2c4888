"""Which backups are kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from scheduler.backups import backup_path, outdated


def test_the_newest_few_are_kept_and_what_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    ours = [backup_path(tmp_path, date(2026, 11, day)) for day in (3, 1, 30, 2)]
    foreign = ["goaltree.db", "goaltree-2026.db", "goaltree-20261101.db.part", "my-goaltree-20261101.db", "notes.txt"]
    for path in (*ours, *(tmp_path / name for name in foreign)):
        path.touch()
    assert [path.name for path in outdated(tmp_path, 2)] == ["goaltree-20261101.db", "goaltree-20261102.db"]
    assert outdated(tmp_path, 4) == []
    assert outdated(tmp_path, 9) == []
