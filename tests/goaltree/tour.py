"""The tours of docs/tour.md, replayed in the terminal chat. `python -m tests.goaltree.tour` rewrites them."""

from __future__ import annotations

import asyncio
import io
import re
import sys
import tempfile
from contextlib import redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from goaltree import chat
from goaltree.settings import Settings
from sandbox.clock import SandboxClock

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tour.md"
SCRIPTS = ("tour.txt", "tour-group.txt")
"""Files in docs that `goaltree chat` takes, in the order in which the page shows their output."""
BLOCK = re.compile(r"(?<=^```text\n).*?(?=^```$)", re.DOTALL | re.MULTILINE)
NOON = datetime(2026, 11, 25, 11, 30, tzinfo=UTC)


async def played(script: str, data: Path) -> str:
    """The terminal's output without the greeting. Files are named as if they lay in /tmp/goaltree."""
    out = io.StringIO()
    typed = (ROOT / "docs" / script).read_text(encoding="utf-8")
    still = SandboxClock(NOON, seconds=lambda: 0.0)
    clock = mock.patch.object(chat, "SandboxClock", return_value=still)
    with clock, mock.patch.object(sys, "stdin", io.StringIO(typed)), redirect_stdout(out):
        assert await chat.chat(Settings(_env_file=None), data) == 0
    lines = [line.rstrip() for line in out.getvalue().replace(str(data), "/tmp/goaltree").splitlines()]
    return "\n".join(lines).split("\n\n", 1)[1].strip("\n") + "\n"


def main() -> None:
    """Write the tours into the page."""
    tours = []
    for script in SCRIPTS:
        with tempfile.TemporaryDirectory() as data:
            tours.append(asyncio.run(played(script, Path(data))))
    remaining = iter(tours)
    page = BLOCK.sub(lambda _: next(remaining), PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
