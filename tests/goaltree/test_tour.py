"""The README's tour of a group is what the terminal chat says, line by line."""

from __future__ import annotations

import re
from pathlib import Path

from tests.goaltree.tour import BLOCK, README, played


def told(text: str) -> list[str]:
    """The lines, but for how big a picture is."""
    return [re.sub(r"\(\S+ kB\)", "(…)", line) for line in text.splitlines()]


async def test_the_tour_of_a_group_is_as_it_is(tmp_path: Path) -> None:
    [tour] = BLOCK.findall(README.read_text(encoding="utf-8"))
    assert told(tour) == told(await played(tmp_path)), "python -m tests.goaltree.tour writes it anew"
