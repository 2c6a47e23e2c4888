"""Titles with a number: which are asked about, and the line for either answer."""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from core.planning.outline import parse_outline
from language.lexicon import lexicon
from language.parsing.hearing import Hearing
from language.parsing.numbered import Numbered, numbered

TODAY = date(2026, 11, 23)
ENGLISH = lexicon(Locale("en"))


def asked_about(text: str) -> list[Numbered]:
    return numbered(parse_outline(text, TODAY), Hearing(TODAY, ENGLISH), text=text)


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("D: Read 5 pages", "D: Read = 5 pages"),
        ("D: Read 20 km a week", "W: Read = 20 km"),
        ("D: Push-ups: 30", "D: Push-ups = 30"),
        ("D: Push-ups 3x10", "D: Push-ups = 30"),
        ("W: Gym 3x", "W: Gym = 3 times"),
        ("D: sleep 8 h", "D: Sleep = 8 h"),
        ("D: Run 5k [mon wed]", "D: Run = 5 km [mon wed]"),
        ("D: drink 2 l of water", "D: Drink water = 2 l"),
        ("D: 10,000 steps a day", "D: Steps = 10000 steps"),
        ("D: Save €5 a day", "D: Save = 5 €"),
        ("Y: Read 24 books", "Y: Read = 24 books"),
        ("D: Take 2 pills x2", "D: Take = 2 pills x2"),
        ("D: Inbox under 20", "D: Inbox <= 19"),
        ("D: Max 2 coffees", "D: Coffees <= 2"),
        ("M: 3 releases", "M: Releases = 3 releases"),
    ],
)
def test_a_number_in_a_title_may_be_its_target(line: str, target: str) -> None:
    [one] = asked_about(f"V\n  - {line}")
    letter, _, rest = line.partition(": ")
    assert one.as_target == f"  - {target}"
    assert one.as_name.startswith(f'  - {letter}: "')
    assert asked_about(f"V\n{one.as_name}") == []
    [named] = parse_outline(f"V\n{one.as_name}", TODAY)[0].children
    assert rest.startswith(named.title)


@pytest.mark.parametrize(
    "line",
    [
        "D: Chapter 5",
        "D: Be in bed by 10",
        "D: Sleep by 23:00",
        "D: Run at 7 am",
        "Y: Marathon 2027",
        "D: Work from 9 to 5",
        "D: No smoking",
        "D: Mood 1-10",
        'D: "Read 5 pages"',
        "D: Read 5 pages = 5 pages",
        "D: Vitamin B12",
    ],
)
def test_a_number_that_names_something_is_not_asked_about(line: str) -> None:
    assert asked_about(f"V\n  {line}") == []


def test_above_what_adds_up_it_is_a_sum() -> None:
    [one] = asked_about("V\n  W: 20 km a week\n    D: Run = 5 km")
    assert (one.line, one.title, one.target) == (2, "20 km a week", "20 km sum")
    assert one.as_target == "  W: 20 km a week = 20 km sum"


def test_above_what_does_not_add_up_in_its_unit_it_is_a_name() -> None:
    assert asked_about("V\n  W: 20 km a week\n    D: Swim = 500 m") == []


def test_in_a_group_it_may_be_what_each_one_is_to_do() -> None:
    [one] = asked_about("V\n  D: Read 20 pages each")
    assert one.as_target == "  D: Read = 20 pages each"
