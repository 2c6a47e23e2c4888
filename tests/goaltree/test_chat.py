"""`goaltree chat` from outside: lines are piped in, the conversation is printed, and time passes on demand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.bot.pictures.pixels import size

LONGEST = 300
OPENING = """\
:at 2026-11-23 18:00
/start
/settings zone Europe/Berlin
/plan Run a marathon (until 2027-04-30)
  Q: 600 km a quarter = 600 km sum
    W: 50 km a week = 50 km sum
      D: Run = 5 km
  W: Read = 3 times
"""


def chatted(lines: str, data: Path) -> str:
    """The output of `goaltree chat` for these lines."""
    ran = subprocess.run(
        [sys.executable, "-m", "goaltree", "chat", "--data", str(data)],
        input=OPENING + lines,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


def after(clock: str, printed: str) -> str:
    """The output from the time shown on the clock until it was set again."""
    return printed.partition(f"⏱ {clock}\n")[2].partition("⏱")[0]


def test_a_prompt_a_digest_and_the_file_of_its_picture_come_as_time_passes(tmp_path: Path) -> None:
    lines = ":at 20:00\n:tap Run 5 km\n:at 2026-11-27 21:00\nhello\n:at 2026-11-30 10:00\n:tap All goals\n"
    printed = chatted(lines, tmp_path)
    assert "🔔 Mon 23 Nov · how is it going?\n  • Run · 0 of 5 km" in after("Mon 23 Nov 2026 20:00", printed)
    assert "🏁 Mon 23 Nov · 1 of 1 done" in after("Mon 23 Nov 2026 20:00", printed)
    assert all(
        f"⏱ {day} Nov 2026 20:00" in printed for day in ("Tue 24", "Wed 25", "Thu 26", "Fri 27", "Sat 28", "Sun 29")
    )

    digest = after("Mon 30 Nov 2026 10:00", printed)
    assert "📊 Week of 23 Nov\n" in digest
    assert "W 50 km a week: 5 of 50 km, 10%" in digest
    assert "You tapped [All goals]" in digest
    shown = re.search(r"🖼 picture (\d+)×(\d+) \([\d.]+ kB\) → (\S+)", digest)
    assert shown
    picture = Path(shown[3])
    assert picture.parent == tmp_path / "files"
    assert size(picture.read_bytes()) == (int(shown[1]), int(shown[2]))


def test_a_second_reminder_and_a_snooze_come_at_their_hour(tmp_path: Path) -> None:
    """They count from the moment at which the prompt was sent, slightly after the full hour."""
    printed = chatted(
        "/settings nudge 2h\n:at 20:00\n:at 22:00\n:wait 30m\n:at 2026-11-24 20:00\n:tap 15 min\n:wait 15m\n", tmp_path
    )
    assert "⏰ Mon 23 Nov · still open:\n  • Run · 0 of 5 km" in after("Mon 23 Nov 2026 22:00", printed)
    assert "goaltree" not in after("Mon 23 Nov 2026 22:30", printed)
    assert "I'll ask again at 20:15" in after("Tue 24 Nov 2026 20:00", printed)
    assert "⏰ Tue 24 Nov · still open:\n  • Run · 0 of 5 km" in after("Tue 24 Nov 2026 20:15", printed)
