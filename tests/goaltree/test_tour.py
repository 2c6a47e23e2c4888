"""The tours on paper are the exact output of the terminal chat."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.goaltree.tour import BLOCK, PAGE, ROOT, SCRIPTS, played

LONGEST_TOUR = 40
"""The most lines on the front page, which a newcomer reads through."""


def told(text: str) -> list[str]:
    """The lines, without the size of a picture's file."""
    return [re.sub(r"\(\S+ kB\)", "(…)", line) for line in text.splitlines()]


@pytest.mark.parametrize(("index", "script"), list(enumerate(SCRIPTS)))
async def test_a_tour_shows_what_the_chat_says(index: int, script: str, tmp_path: Path) -> None:
    shown = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(shown) == len(SCRIPTS)
    assert told(shown[index]) == told(await played(script, tmp_path)), "python -m tests.goaltree.tour writes it anew"


def test_the_front_page_shows_the_script_that_can_be_replayed() -> None:
    front = (ROOT / "README.md").read_text(encoding="utf-8")
    script = (ROOT / "docs" / "tour.txt").read_text(encoding="utf-8")
    assert len(script.splitlines()) <= LONGEST_TOUR
    assert f"```text\n{script}```" in front
