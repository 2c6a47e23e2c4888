"""Words that say whether something was done or skipped."""

from __future__ import annotations

import pytest

from tests.language.parsing.hearing import heard


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("run no", "Run: set 0"),
        ("no run today", "Run: set 0"),
        ("didn't run", "Run: set 0"),
        ("missed gym", "Gym: set 0"),
        ("skipped gym yesterday", "Gym: skip 22 Nov"),
        ("gym skip yesterday.", "Gym: skip 22 Nov"),
        ("gym not done yesterday.", "Gym: set 0 22 Nov"),
        ("didnt go to the gym", "Gym: set 0"),
        ("no time for the gym yesterday", "Gym: set 0 22 Nov"),
        ("beer none", "Beer: set 0"),
        ("remove gym", "Gym: set 0"),
        ("gym done", "Gym: add"),
        ("gym ✔️", "Gym: add"),
        ("gym done ✅", "Gym: add"),
        ("gym ✅", "Gym: add"),
        ("no gym because of rain", "Gym: set 0 (because of rain)"),
        ("didn't manage to get to the gym, was sick", "Gym: set 0 (was sick)"),
    ],
)
def test_an_act_is_heard_before_and_behind_the_name(text: str, becomes: str) -> None:
    assert heard(text) == [becomes]
