"""Commands that read a database, and repair it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from goaltree.cli import main
from tests.goaltree.cli.plans import PLAN, write


def test_a_changed_figure_is_found_by_verify_and_mended_by_rebuild(
    tmp_path: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import sqlite3

    assert main(["import", write(tmp_path, PLAN)]) == 0
    with sqlite3.connect(data_dir / "goaltree.db") as database:
        database.execute("UPDATE cells SET progress = 1 WHERE progress > 1")
    database.close()
    capsys.readouterr()
    assert main(["verify"]) == 1
    assert "Repair them with: goaltree rebuild" in capsys.readouterr().out
    assert main(["rebuild"]) == 0
    assert main(["verify"]) == 0


@pytest.mark.parametrize("command", ["tree", "summary", "status", "verify", "rebuild", "export"])
def test_looking_at_nothing_makes_no_database(command: str, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command]) == 2
    assert "Nobody has spoken to the bot and nothing was imported yet." in capsys.readouterr().err
    assert not data_dir.exists()


def test_a_reader_that_has_seen_enough_is_no_failure(tmp_path: Path) -> None:
    assert main(["import", write(tmp_path, PLAN)]) == 0
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m goaltree tree | true"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
