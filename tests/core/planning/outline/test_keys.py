"""Keys of goals that were written without one."""

from __future__ import annotations

from core.planning.outline import assign_keys, parse_outline
from tests.core.planning.outline.outlines import TODAY


def test_keys_are_slugs_of_the_titles_and_unlike_each_other_and_those_taken() -> None:
    (vision,) = parse_outline("Läufer\n  D: Run!\n  D: Run\n  D: Бег\n  W: 跑\n  D: 水", TODAY)
    assert [node.key for node in assign_keys(vision, {"laufer"}).walk()] == [
        "laufer-2",
        "run",
        "run-2",
        "d1",
        "w1",
        "d2",
    ]
