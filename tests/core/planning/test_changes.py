"""The changes that a plan makes in an existing tree."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.goals.model import Pause
from core.goals.tree import Tree
from core.likeness import likeness
from core.planning.changes import AddedGoal, Changed, MovedGoal, Occasion, Renamed, Replaced, Replanting, replanting
from core.planning.days_off import PlannedPause
from core.planning.matching import MOST_PAIRS
from core.planning.outline import assign_keys, parse_outline, print_outline
from core.planning.plan import PlanNode, nodes_of
from tests.core.plans import later_plans

TODAY = date(2026, 11, 23)
BEFORE = date(2026, 11, 1)
WAS = """Fit (from 2026-11-01)
  W: 50 km a week = 50 km sum
    D: Run = 5 km
    D: Swim = 1 km
  D: Gym
  D: Tea <= 2 cups"""


def tree_of(text: str) -> Tree:
    [plan] = parse_outline(text, BEFORE)
    nodes = nodes_of(assign_keys(plan, set()), itertools.count(1))
    lines = zip(plan.walk(), nodes, strict=True)
    pauses = [Pause(1, one.first, one.last, node.id) for line, node in lines for one in line.pauses]
    return Tree(nodes, pauses=pauses)


def replanted(
    text: str, was: str = WAS, renames: Mapping[int, bool] | None = None, logged: frozenset[int] = frozenset()
) -> Replanting:
    tree = tree_of(was)
    [plan] = parse_outline(text, TODAY)
    taken = {node.key for node in tree.nodes.values()}
    return replanting(tree, plan, itertools.count(-1, -1), taken, Occasion(TODAY, logged, renames or {}))


def said(result: Replanting) -> list[str]:
    """The changes in a few words."""
    words = []
    for change in result.changes:
        match change:
            case AddedGoal(node, above):
                words.append(f"+ {node.title} below {above.title}")
            case Renamed(before, after):
                words.append(f"{before.title} is {after.title}")
            case MovedGoal(node, above):
                words.append(f"{node.title} to {above.title}")
            case Changed(before, after, since):
                words.append(f"{before.title}: {before.target} → {after.target} from {since}")
            case PlannedPause(of, pause, is_off):
                what = "everything" if of is None else of.title
                words.append(f"{'no ' * is_off}pause of {what} from {pause.first} to {pause.last}")
            case Replaced(node, by):
                words.append(f"{node.title} {node.level} → {by.level}")
    return words + [f"- {node.title}" for node in result.left]


def test_the_same_outline_changes_nothing() -> None:
    result = replanted(WAS)
    assert (said(result), result.saved, result.new, result.twins) == ([], (), (), ())


@given(later_plans(), st.integers(0, 400).map(lambda days: date(2026, 1, 1) + timedelta(days=days)))
def test_a_trees_own_outline_changes_nothing(plan: PlanNode, today: date) -> None:
    nodes = nodes_of(plan, itertools.count(1))
    off = [
        (one, None if one.everything else node.id)
        for line, node in zip(plan.walk(), nodes, strict=True)
        for one in line.pauses
    ]
    pauses = [Pause(at, one.first, one.last, node_id) for at, (one, node_id) in enumerate(off)]
    tree = Tree(nodes, pauses=pauses)
    [again] = parse_outline(print_outline(tree, today), today)
    taken = {node.key for node in tree.nodes.values()}
    result = replanting(tree, again, itertools.count(-1, -1), taken, Occasion(today, set(), {}))
    assert said(result) == []


LATER = """Fit (from 2026-11-01)
  D: Run = 5 km
    then from 2027-01-04: = 6 km [mon wed]
    pause from 2026-12-20 until 2027-01-03
  D: Gym"""


@pytest.mark.parametrize(
    ("said_now", "changes"),
    [
        (LATER.replace("= 6 km", "= 7 km"), ["Run: 6 → 7 from 2027-01-04"]),
        (LATER.replace("= 5 km", "= 4 km"), ["Run: 6 → 6 from 2026-11-23"]),
        (LATER.replace("2027-01-04", "2027-02-01"), ["Run: 6 → 6 from 2027-01-04"]),
        (LATER.replace("    then from 2027-01-04: = 6 km [mon wed]\n", ""), []),
        (LATER.replace("    pause from 2026-12-20 until 2027-01-03\n", ""), []),
        (
            LATER.replace("pause from 2026-12-20", "pause from 2026-12-21"),
            ["no pause of Run from 2026-12-20 to 2027-01-03", "pause of Run from 2026-12-21 to 2027-01-03"],
        ),
        (
            LATER.replace("pause from 2026-12-20", "pause everything from 2026-12-20"),
            ["pause of everything from 2026-12-20 to 2027-01-03"],
        ),
        ("Fit\n  D: Run = 3 km\n  D: Gym", ["Run: 6 → 3 from 2026-11-23"]),
    ],
)
def test_a_plans_later_terms_change_those_days_and_omitted_ones_stay(said_now: str, changes: list[str]) -> None:
    assert said(replanted(said_now, was=LATER)) == changes


def test_a_number_that_is_only_tracked_from_now_on_loses_its_target() -> None:
    assert said(replanted(WAS.replace("Tea <= 2 cups", "Tea = track cups"))) == ["Tea: 2 → None from 2026-11-23"]


def test_goals_added_changed_and_left_out() -> None:
    result = replanted("Fit\n  W: 50 km a week = 60 km sum\n    D: Run = 5 km\n  D: Gym\n  D: Yoga [sun]")
    assert said(result) == ["50 km a week: 50 → 60 from 2026-11-23", "+ Yoga below Fit", "- Swim", "- Tea"]
    assert result.twins == ()


def test_a_change_of_what_was_logged_today_holds_from_tomorrow() -> None:
    result = replanted(WAS.replace("Run = 5", "Run = 6"), logged=frozenset({3}))
    assert said(result) == ["Run: 5 → 6 from 2026-11-24"]


def test_a_goal_that_stands_elsewhere_was_moved_with_all_below_it() -> None:
    result = replanted(
        "Fit\n  M: A good month\n    W: 50 km a week = 50 km sum\n      D: Run = 5 km\n      D: Swim = 1 km\n"
        "  D: Gym\n  D: Tea <= 2 cups"
    )
    assert said(result) == ["50 km a week to A good month", "+ A good month below Fit"]
    assert print_outline(result.after, TODAY).splitlines()[-4:] == [
        "  M: A good month (from 2026-11-23)",
        "    W: 50 km a week = 50 km sum",
        "      D: Run = 5 km",
        "      D: Swim = 1 km",
    ]


def test_a_name_that_is_nearly_the_same_is_taken_for_a_new_name_unless_it_is_denied() -> None:
    text = WAS.replace("D: Gym", "D: Gyms")
    result = replanted(text)
    assert said(result) == ["Gym is Gyms"]
    assert [(twin.node.title, twin.title, twin.likely, twin.taken) for twin in result.twins] == [
        ("Gym", "Gyms", True, True)
    ]
    denied = replanted(text, renames={5: False})
    assert said(denied) == ["+ Gyms below Fit", "- Gym"]


def test_names_with_other_numbers_are_other_goals() -> None:
    was = "Play (from 2026-11-01)\n  D: Practise the piece number 1\n  D: Practise the piece number 2"
    result = replanted(was.replace("number ", "number 1"), was)
    assert said(result) == [
        "+ Practise the piece number 11 below Play",
        "+ Practise the piece number 12 below Play",
        "- Practise the piece number 1",
        "- Practise the piece number 2",
    ]
    assert result.twins == ()


def test_another_name_at_the_same_place_is_asked_and_not_taken_by_itself() -> None:
    text = WAS.replace("D: Gym", "D: Climbing")
    result = replanted(text)
    assert said(result) == ["+ Climbing below Fit", "- Gym"]
    assert [(twin.node.title, twin.title, twin.likely) for twin in result.twins] == [("Gym", "Climbing", False)]
    assert said(replanted(text, renames={5: True})) == ["Gym is Climbing"]


def test_a_parent_with_the_same_goals_below_it_was_renamed() -> None:
    assert said(replanted(WAS.replace("50 km a week =", "Kilometres ="))) == ["50 km a week is Kilometres"]


def test_an_incomparable_goal_is_not_a_new_name() -> None:
    result = replanted(WAS.replace("D: Gym", "D: Climbing = 3 walls"))
    assert said(result) == ["+ Climbing below Fit", "- Gym"]
    assert result.twins == ()


def test_another_level_of_the_same_name_takes_its_place() -> None:
    result = replanted(WAS.replace("D: Gym", "W: Gym = 3 times"))
    assert said(result) == ["+ Gym below Fit", "Gym daily → weekly"]
    assert [node.title for node in result.replaced] == ["Gym"]


def test_titles_are_compared_without_case_and_in_either_form_of_their_accents() -> None:
    assert said(replanted("Cafe\u0301\n  D: TE\u0301", was="Café (from 2026-11-01)\n  D: Té")) == []


def test_the_vision_gets_another_title_and_an_end() -> None:
    result = replanted(WAS.replace("Fit (from 2026-11-01)", "Strong (until 2027-06-30)"))
    assert said(result) == ["Fit is Strong", "Fit: None → None from None"]
    assert result.after.vision.starts_on == BEFORE


def test_the_names_of_a_large_tree_are_not_compared_each_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = list[tuple[str, str]]()

    def noted(one: str, other: str) -> float:
        pairs.append((one, other))
        return likeness(one, other)

    monkeypatch.setattr("core.planning.matching.likeness", noted)
    lines = [f"  D: Goal {number}" for number in range(1_900)]
    was = "\n".join(["Fit (from 2026-11-01)", *lines])
    result = replanted(was.replace("Goal", "Aim"), was=was)
    assert (len(result.new), len(result.left)) == (1_900, 1_900)
    assert len(pairs) <= MOST_PAIRS
