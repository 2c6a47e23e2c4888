"""The operators' documentation and files agree with the bot."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest

from bot.application import PATIENCE_AT_STOP
from goaltree.cli import parser
from goaltree.settings import Settings
from scheduler.ending import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
GIVEN = [
    "README.md",
    "docs/settings.md",
    "docs/operating.md",
    "Dockerfile",
    "compose.yaml",
    "compose.postgres.yaml",
    "deploy/goaltree.service",
    "deploy/Caddyfile",
]
GRACE = 120
"""Seconds in which the bot must stop, in all of them."""


def source(*rooms: str) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for room in rooms for file in sorted((ROOT / room).rglob("*.py")))


def rows_below(heading: str) -> Iterator[list[str]]:
    """The cells of each row of the table below a heading."""
    table = PAGE.partition(f"# {heading}\n")[2].partition("\n#")[0]
    rows = [line.strip("|").split(" | ") for line in table.splitlines() if line.startswith("|")]
    assert len(rows) > 3, heading
    yield from rows[2:]


@pytest.mark.parametrize("name", GIVEN)
def test_every_variable_that_is_named_is_a_setting(name: str) -> None:
    named = set(re.findall(r"GOALTREE_[A-Z_]+", (ROOT / name).read_text(encoding="utf-8")))
    assert named <= {f"GOALTREE_{field.upper()}" for field in Settings.model_fields}


def test_every_command_that_is_named_exists() -> None:
    [commands] = [action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)]
    blocks = re.findall(r"```\w*\n(.*?)```", PAGE, re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL))
    named = set(
        re.findall(r"\bgoaltree ([a-z][a-z-]+)", "\n".join(blocks + spans).replace("goaltree goaltree", "goaltree"))
    )
    assert {"backup", "restore", "copy-to", "doctor", "migrate"} <= named
    assert named <= set(commands.choices)


def test_every_line_of_the_log_that_is_explained_is_one_that_the_bot_writes() -> None:
    written = source("bot", "core", "scheduler", "storage", "web", "goaltree")
    for first, *_ in rows_below("What the log says"):
        for words in re.findall(r"`([^`]+)`", first):
            assert words in written, words


def test_every_figure_that_is_explained_is_one_that_there_is() -> None:
    names = set(re.findall(r"\b(?:goaltree|process)_[a-z_]+", PAGE))
    metrics = source("web")
    for name in sorted(names - {"process_resident_memory_bytes", "process_open_fds", "process_cpu_seconds_total"}):
        assert f'"{name.removesuffix("_total").removesuffix("_bucket")}"' in metrics, name
    told = set(re.findall(r'"(goaltree_\w+)"', metrics))
    assert told <= {name.removesuffix("_total") for name in names}


def test_every_finding_of_the_doctor_is_explained() -> None:
    given = set(re.findall(r'\b(?:ok|warn|fail)\(\s*"([\w ]+)"', source("goaltree/doctor")))
    assert {row[0].strip() for row in rows_below("What the doctor's findings mean")} == given


def test_a_service_that_stops_the_bot_waits_longer_than_it_takes() -> None:
    # A tick, messages on their way to Telegram, and updates being handled, one after another
    assert 2 * PATIENCE + PATIENCE_AT_STOP <= 20 < GRACE
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "deploy" / "goaltree.service", encoding="utf-8")
    assert unit["Service"]["TimeoutStopSec"] == f"{GRACE}"
    assert unit["Service"]["KillMode"] == "mixed"
