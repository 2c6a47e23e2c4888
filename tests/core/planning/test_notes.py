"""Notes about a tree that was just planted."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from core.goals.tree import Tree
from core.planning.notes import Idle, OutOfReach, Short, cut_short, notes
from core.planning.outline import assign_keys, parse_outline
from core.planning.plan import nodes_of

WEDNESDAY = date(2026, 11, 25)


def said(lines: str, today: date = WEDNESDAY) -> list[str]:
    [plan] = parse_outline(f"Fit\n{lines}", today)
    tree = Tree(nodes_of(assign_keys(plan, set()), itertools.count(1)))
    words = []
    for note in notes(tree, today):
        match note:
            case Short(node, period, expected, target):
                words.append(f"{node.title} until {period.end}: {expected} of {target}")
            case Idle(node, above):
                words.append(f"{node.title} adds nothing to {above.title}")
            case OutOfReach(node, most):
                words.append(f"{node.title}: {node.target} of at most {most}")
    return words


def test_the_first_periods_that_are_short_are_named_once_for_each_level() -> None:
    assert said("  M: Month = 80 km sum\n    W: Week = 20 km sum\n      D: Run = 5 km\n  W: Gym = 3 times") == [
        "Month until 2026-11-30: 16 of 80",
        "Week until 2026-11-29: 15 of 20",
    ]


def test_on_the_first_day_of_a_period_nothing_is_short() -> None:
    assert said("  W: Week = 20 km sum\n    D: Run = 5 km", date(2026, 11, 23)) == []


@pytest.mark.parametrize(
    ("lines", "note"),
    [
        ("  W: Week = 20 km sum\n    D: Run = 5 km\n    D: Stretch", "Stretch adds nothing to Week"),
        ("  W: Week = 20 km sum\n    D: Run = 5 km\n    D: Read = 5 pages", "Read adds nothing to Week"),
        ("  W: Gym = 9 times", "Gym: 9 of at most 7"),
        ("  W: Two things = 3 count\n    D: Gym", "Two things: 3 of at most 1"),
        ("  W: Sessions = 9 sessions sum\n    D: Gym\n    D: Swim [sun]", "Sessions: 9 of at most 8"),
    ],
)
def test_goals_that_add_to_nothing_or_cannot_be_reached(lines: str, note: str) -> None:
    assert said(lines, date(2026, 11, 23)) == [note]


@pytest.mark.parametrize(
    "lines",
    [
        "  W: Gym = 7 times",
        "  W: Sessions = 8 sessions sum\n    D: Gym\n    D: Swim [sun]",
        "  D: Coffee <= 2 cups",
        "  W: Two things = 2 count\n    D: Gym\n    D: Swim",
        "  D: Push-ups = 300",
    ],
)
def test_a_reachable_goal_is_not_mentioned(lines: str) -> None:
    assert said(lines, date(2026, 11, 23)) == []


def test_a_goal_that_was_to_outlast_the_vision_is_named() -> None:
    outline = "Trip (until 2026-12-31)\n  T: Weight = 86 -> 78 kg (until 2027-03-31)\n  W: Gym (until 2026-12-20)\n"
    [plan] = parse_outline(outline + "    D: Stretch (until 2027-01-15)\n  D: Run = 5 km", WEDNESDAY)
    tree = Tree(nodes_of(assign_keys(plan, set()), itertools.count(1)))
    assert cut_short(plan, tree) == ["Weight", "Stretch"]
