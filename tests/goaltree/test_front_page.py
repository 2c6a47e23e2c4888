"""The commands on the front page work exactly as they stand there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from goaltree.cli import main
from tests.core.importing.kinds import KINDS

PAGE = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
CHAT = ":at 2026-11-25 12:30\n/start\nBerlin\n/plan Fit\n  D: Run = 5 km\nrun 5\n"


@pytest.mark.long
def test_the_lines_of_the_command_line_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [block] = re.findall(r"## The command line\n.*?```sh\n(.*?)```", PAGE, re.DOTALL)
    chat, *lines = block.splitlines()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GOALTREE_DATA_DIR", "my-goals")
    Path("Loop Habits CSV 2026-11-23.zip").write_bytes(KINDS["Loop zip"])
    _, *arguments = shlex.split(chat, comments=True)
    subprocess.run(
        [sys.executable, "-m", "goaltree", *arguments], input=CHAT, capture_output=True, text=True, check=True
    )
    said = {}
    for line in lines:
        directory, name, *arguments = shlex.split(line, comments=True)
        assert (directory, name) == ("GOALTREE_DATA_DIR=my-goals", "goaltree")
        assert main(arguments) == 0
        said[arguments[0]] = capsys.readouterr().out
    assert "Run" in said["tree"]
    assert '"Run"' in Path("mine.json").read_text(encoding="utf-8")
    assert "Run,Fit,5,km" in Path("mine.csv").read_text(encoding="utf-8")
    assert "Run,Fit,daily" in Path("mine-periods.csv").read_text(encoding="utf-8")
    assert said["import"].startswith("Loop Habit Tracker: 2 goals")
