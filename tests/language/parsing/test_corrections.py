"""Lines that replace faulty ones."""

from __future__ import annotations

import pytest

from core.errors import Fault
from language.parsing.corrections import corrected

TEXT = "Fit\n  W: Week\n    D: Run = many\n    D: Swim = much\n  D: Gym"


def faults(*lines: int) -> list[Fault]:
    return [Fault(f"line {line}, column 5", "bad_number") for line in lines]


@pytest.mark.parametrize(
    ("wrong", "said", "lines"),
    [
        ((3,), "D: Run = 5 km", {3: "    D: Run = 5 km"}),
        ((3,), "Jog = 5 km", {3: "    D: Jog = 5 km"}),
        ((3, 4), "D: Swim = 1 km", {4: "    D: Swim = 1 km"}),
        ((3, 4), "4: D: Jog = 1 km", {4: "    D: Jog = 1 km"}),
        ((3, 4), "line 4: D: Jog = 1 km", {4: "    D: Jog = 1 km"}),
        ((3, 4), "D: Run = 5 km\nD: Swim = 1 km", {3: "    D: Run = 5 km", 4: "    D: Swim = 1 km"}),
        ((3, 4), "D: Learn the violin", None),
        ((), "D: Run = 5 km", None),
    ],
)
def test_a_line_takes_the_place_of_the_wrong_one_that_it_is_like(
    wrong: tuple[int, ...], said: str, lines: dict[int, str] | None
) -> None:
    assert corrected(TEXT, faults(*wrong), said) == lines
