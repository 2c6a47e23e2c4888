"""Likeness of words."""

from __future__ import annotations

from core.likeness import likeness, most_alike


def test_likeness_goes_from_nothing_to_the_same() -> None:
    assert likeness("run", "run") == 100
    assert likeness("run", "xyz") == 0
    assert likeness("yesteray", "yesterday") > 90 > likeness("yesteray", "today")


def test_the_most_alike_come_first_and_no_others_than_are_alike_enough() -> None:
    places = ["Bonn", "Berlin", "Merlin", "Berlim"]
    assert most_alike("Berlin", places, 80) == ["Berlin"]
    assert most_alike("Berlin", places, 80, most=2) == ["Berlin", "Merlin"]
    assert most_alike("Hamburg", places, 80) == []
    assert most_alike("Berlin", [], 0) == []
