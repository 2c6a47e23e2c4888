"""The README's tour of a group, played in the terminal chat. `python -m tests.goaltree.tour` writes it anew."""

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

README = Path(__file__).parents[2] / "README.md"
NOON = datetime(2026, 11, 25, 11, 30, tzinfo=UTC)
BLOCK = re.compile(r"(?<=^```text\n)  · Ann, alone.*?(?=^```$)", re.DOTALL | re.MULTILINE)
TYPED = """\
:as Ann
:chat Friends
/plan Read more together
  D: Read = 20 pages each
  D: Run = 5 km
/settings zone Berlin
/join
:as Ben
/join
:as Cleo
/join
/away today
:at 20:00
:as Ann
:tap Read 20
:as Ben
:tap 3
:reply 12
:tap Run 5
:at 00:00
:at 20:00
:tap Read 20
:as Cleo
:tap Read 20
:as Ann
:tap Read 20
:at 00:00
/board
/digest week
"""


async def played(data: Path) -> str:
    """What the terminal shows, without the line that greets; files lie where the README says."""
    out = io.StringIO()
    still = SandboxClock(NOON, seconds=lambda: 0.0)
    clock = mock.patch.object(chat, "SandboxClock", return_value=still)
    with clock, mock.patch.object(sys, "stdin", io.StringIO(TYPED)), redirect_stdout(out):
        assert await chat.chat(Settings(_env_file=None), data) == 0
    lines = [line.rstrip() for line in out.getvalue().replace(str(data), "/tmp/goaltree").splitlines()]
    return "\n".join(lines).split("\n\n", 1)[1].strip("\n") + "\n"


def main() -> None:
    """Writes the tour into the README."""
    with tempfile.TemporaryDirectory() as data:
        tour = asyncio.run(played(Path(data)))
    README.write_text(BLOCK.sub(lambda _: tour, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
