"""The reach of one entry, and the reads that it needs."""

from __future__ import annotations

from core.goals.check_off import spans, touches
from tests.core.plain import Grown, day, goal, grow, number


def reached(tree: Grown, key: str, on: str) -> list[tuple[str, str]]:
    return [(touch.node.key, touch.period.start.isoformat()) for touch in touches(tree.tree, tree.node(key), day(on))]


def chain(strategy: str) -> Grown:
    said = {"strategy": strategy, "target": 50, "unit": "km"} if strategy == "sum" else {"strategy": strategy}
    run = number("run", unit="km")
    return grow(goal("q", "quarterly", goal("m", "monthly", goal("w", "weekly", run, **said), **said), **said))


def test_sums_follow_the_date_of_the_entry() -> None:
    assert reached(chain("sum"), "run", "2026-11-01") == [
        ("run", "2026-11-01"),
        ("w", "2026-10-26"),
        ("m", "2026-11-01"),
        ("q", "2026-10-01"),
        ("v", "2026-10-01"),
    ]


def test_rates_follow_the_middle_day_of_the_childs_period() -> None:
    assert reached(chain("average"), "run", "2026-11-01") == [
        ("run", "2026-11-01"),
        ("w", "2026-10-26"),
        ("m", "2026-10-01"),
        ("q", "2026-10-01"),
        ("v", "2026-10-01"),
    ]


def test_nothing_is_reached_above_a_weight_of_0() -> None:
    tree = grow(goal("m", "monthly", goal("w", "weekly", goal("g"), weight=0), goal("o")))
    assert [key for key, _ in reached(tree, "g", "2026-11-19")] == ["g", "w"]


def test_a_vision_is_reached_from_a_week_that_lies_mostly_before_it() -> None:
    tree = grow(goal("w", "weekly"), starts="2026-11-06", ends="2026-11-22")
    assert [key for key, _ in reached(tree, "w", "2026-11-07")] == ["w", "v"]
    assert [key for key, _ in reached(tree, "w", "2026-11-09")] == ["w", "v"]


def test_spans_are_those_of_every_counted_child_of_what_follows_from_rates() -> None:
    tree = grow(goal("m", "monthly", goal("w", "weekly", goal("a"), goal("b")), goal("c", weight=0)))
    read = spans(tree.tree, touches(tree.tree, tree.node("a"), day("2026-11-19")))
    assert [(tree.tree.nodes[span.node_id].key, span.first, span.last) for span in read] == [
        ("a", day("2026-11-16"), day("2026-11-22")),
        ("b", day("2026-11-16"), day("2026-11-22")),
        ("w", day("2026-11-02"), day("2026-11-23")),
        ("m", day("2026-10-01"), day("2026-12-01")),
    ]


def test_a_chain_of_sums_reads_no_children_but_those_of_the_vision() -> None:
    tree = chain("sum")
    read = spans(tree.tree, touches(tree.tree, tree.node("run"), day("2026-11-19")))
    assert [tree.tree.nodes[span.node_id].key for span in read] == ["q"]


def test_reads_do_not_grow_with_siblings_trees_or_history() -> None:
    small = grow(goal("m", "monthly", goal("a"), goal("w", "weekly", goal("b"))))
    big = grow(goal("m", "monthly", goal("a"), goal("w", "weekly", *[goal(f"b{n}") for n in range(50)])))
    counts = [len(spans(t.tree, touches(t.tree, t.node("a"), day("2026-11-19")))) for t in (small, big)]
    assert counts == [3, 3]
