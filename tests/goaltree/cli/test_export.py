"""goaltree export and backup: their output is read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goaltree.cli import main
from tests.goaltree.cli.plans import PLAN, write


def test_entries_are_exported_as_a_sheet_that_is_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    entries: list[dict[str, object]] = [
        {"node": "gym", "date": "2026-11-16", "note": "=2+3"},
        {"node": "gym", "date": "2026-11-17", "value": 0},
    ]
    skip: dict[str, object] = {"node": "gym", "date": "2026-11-18", "skipped": True}
    assert main(["import", write(tmp_path, PLAN | {"entries": [*entries, skip]})]) == 0
    assert main(["export", "--csv", "--output", "entries.csv"]) == 0
    sheet = (tmp_path / "entries.csv").read_bytes().decode("utf-8-sig")
    assert sheet.splitlines() == [
        "date,goal,path,value,unit,skipped,note",
        "2026-11-16,Gym,Healthy,1,,,'=2+3",
        "2026-11-17,Gym,Healthy,0,,,",
        "2026-11-18,Gym,Healthy,,,yes,",
    ]
    periods = (tmp_path / "entries-periods.csv").read_bytes().decode("utf-8-sig").splitlines()
    assert periods[0] == "goal,path,level,from,to,expected,value,unit,percent,status"
    assert "Gym,Healthy,daily,2026-11-16,2026-11-16,,1,,100,done" in periods
    assert "Gym,Healthy,daily,2026-11-17,2026-11-17,,0,,0,missed" in periods
    assert "Gym,Healthy,daily,2026-11-18,2026-11-18,,0,,0,off" in periods
    assert main(["export", "--csv", "--output", str(tmp_path)]) == 0
    assert (tmp_path / "periods.csv").read_bytes() == (tmp_path / "entries-periods.csv").read_bytes()
    monkeypatch.setenv("GOALTREE_DATA_DIR", str(tmp_path / "other"))
    assert main(["import", "entries.csv"]) == 0
    capsys.readouterr()
    assert main(["export"]) == 0
    result = json.loads(capsys.readouterr().out)["entries"]
    assert [entry | {"node": "gym"} for entry in result] == [entries[0] | {"value": 1}, entries[1], skip]


def test_an_export_brought_into_an_empty_database_exports_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", write(tmp_path, PLAN)]) == 0
    assert main(["export", "--output", "one.json"]) == 0
    monkeypatch.setenv("GOALTREE_DATA_DIR", str(tmp_path / "other"))
    assert main(["import", "one.json"]) == 0
    assert main(["export", "--output", "two.json"]) == 0
    assert (tmp_path / "one.json").read_text() == (tmp_path / "two.json").read_text()


def test_an_export_to_a_file_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", write(tmp_path, PLAN)]) == 0
    capsys.readouterr()
    out = tmp_path / "all.json"
    assert main(["export", "--output", str(out)]) == 0
    assert capsys.readouterr().out == f"Written to {out}: {out.stat().st_size} bytes.\n"


def test_a_backup_holds_what_the_database_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", write(tmp_path, PLAN)]) == 0
    (tmp_path / "copy").mkdir()
    assert main(["backup", str(tmp_path / "copy" / "goaltree.db")]) == 0
    assert main(["backup", str(tmp_path / "copy" / "goaltree.db")]) == 2  # an existing file is never overwritten
    monkeypatch.setenv("GOALTREE_DATA_DIR", str(tmp_path / "copy"))
    capsys.readouterr()
    assert main(["summary", "--on", "2026-11-16"]) == 0
    assert "1 of 1 done" in capsys.readouterr().out
