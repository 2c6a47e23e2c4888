"""The reply to a check-off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.columns import width
from bot.features.log.view import check_off, cheers, roll_up
from bot.telegram.html import plain
from core.actions.logged import CheckOff, LogOutcome, LogStep
from core.goals.model import Entry, Kind, Level, Measure, Node, Status, Strategy
from core.goals.progress import ONE
from core.goals.reading import Standing
from core.goals.streaks import Streak
from core.goals.terms import Terms
from core.goals.tree import Tree
from language.i18n import words

TODAY = date(2026, 11, 6)
W = words("en")


def node(id: int, level: Level, title: str, target: int | None = None, **more: object) -> Node:
    kind = Kind.VISION if level is Level.VISION else Kind.KPI
    terms = (Terms(target=Decimal(target) if target else None),)
    given: dict[str, object] = {"strategy": Strategy.SUM, "unit": "km", **more}
    return Node(id, id - 1 or None, f"n{id}", kind, level, title, terms=terms, **given)  # type: ignore[arg-type]


NODES = [
    node(1, Level.VISION, "Run a marathon", strategy=Strategy.AVERAGE, unit=None, starts_on=date(2026, 10, 1)),
    node(2, Level.QUARTERLY, "600 km a quarter", 600),
    node(3, Level.MONTHLY, "200 km a month", 200),
    node(4, Level.WEEKLY, "50 km a week", 50),
    node(5, Level.DAILY, "Run", 5, strategy=None, measure=Measure.NUMBER),
]


def step(tree: Tree, node_id: int, value: str, percent: int, before: int, status: Status, streak: int = 0) -> LogStep:
    node = tree.nodes[node_id]
    on_leaf = Streak(streak, streak) if tree.is_leaf(node) else None
    standing = Standing(
        node, tree.period_of(node, TODAY), Decimal(value), percent * ONE // 100, status, node.target, on_leaf
    )
    return LogStep(before * ONE // 100, standing, percent != before)


def marathon(nodes: list[Node] = NODES, *, streak: int = 12) -> CheckOff:
    tree = Tree(nodes)
    return CheckOff(
        LogOutcome.LOGGED,
        tree,
        tree.nodes[5],
        TODAY,
        TODAY,
        Entry(1, 5, TODAY, Decimal(5)),
        (
            step(tree, 5, "5", 100, 0, Status.DONE, streak),
            step(tree, 4, "31", 62, 52, Status.ON_TRACK),
            step(tree, 3, "62", 31, 29, Status.ON_TRACK),
            step(tree, 2, "220.782609", 10, 10, Status.BEHIND),
            step(tree, 1, "10", 10, 10, Status.ON_TRACK),
        ),
    )


def test_the_reply_is_the_one_of_the_design() -> None:
    assert plain(check_off(marathon(), W)) == (
        "✅ Run  5 km · today done · 🔥 12 days\n"
        "W  50 km a week      ▓▓▓▓▓▓░░░░  62%  +10   on track\n"
        "M  200 km a month    ▓▓▓░░░░░░░  31%   +2   on track\n"
        "Q  600 km a quarter  ▓░░░░░░░░░  10%        behind: 14 km to make up\n"
        "★  Run a marathon                10%"
    )


def test_long_and_wide_titles_keep_the_columns() -> None:
    nodes = [replace(one, title="走る" * 30 if one.id == 3 else "x" * 200) for one in NODES]
    lines = roll_up(marathon(nodes), W).split("\n")
    assert {width(line.split("▓")[0]) for line in lines[:3]} == {21}
    assert all(width(line) <= 70 for line in lines)


@pytest.mark.parametrize(
    ("streak", "cheered"), [(6, False), (7, True), (8, False), (30, True), (100, True), (365, True)]
)
def test_milestones_of_a_streak_are_cheered(streak: int, cheered: bool) -> None:
    assert bool(cheers(marathon(streak=streak), W)) is cheered


def test_a_goal_is_cheered_only_when_it_is_reached_now() -> None:
    done = marathon()
    week = step(done.tree, 4, "50", 100, 90, Status.DONE)
    reached = replace(done, steps=(done.steps[0], week, *done.steps[2:]))
    assert [plain(line) for line in cheers(reached, W)] == ["🏆 50 km a week: reached!"]
    again = replace(done, steps=(done.steps[0], replace(week, before=ONE), *done.steps[2:]))
    assert cheers(again, W) == []
    assert cheers(replace(reached, outcome=LogOutcome.UNDONE), W) == []


def test_user_text_is_escaped() -> None:
    nodes = [replace(one, title="<b>&", unit="<km>") for one in NODES]
    text = check_off(replace(marathon(nodes), entry=Entry(1, 5, TODAY, Decimal(5), note="a < b")), W)
    assert "&lt;b&gt;&amp;" in text
    assert "5 &lt;km&gt;" in text
    assert "<i>a &lt; b</i>" in text
    assert "<km>" not in text


def test_numbers_are_written_as_the_locale_writes_them() -> None:
    done = marathon()
    german = plain(check_off(replace(done, entry=Entry(1, 5, TODAY, Decimal("5.5"))), words("de")))
    assert german.startswith("✅ Run  5,5 km")
