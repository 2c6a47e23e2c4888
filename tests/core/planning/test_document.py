"""Documents: what is written reads back as the same trees and entries."""

from __future__ import annotations

import itertools
import json
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.goals.model import Entry, Measure, Node
from core.goals.tree import Tree
from core.planning.document import Document, dump_document, parse_document
from core.planning.outline import print_plan
from core.planning.plan import nodes_of, plan_of
from tests.cases import case_files
from tests.core.planning.documents import GYM, OWNER, RUN, document
from tests.core.plans import NUMBERS, WEIGHTS, plans


def trees_of(read: Document) -> tuple[list[Tree], list[list[Entry]]]:
    """The contents of a store after an import."""
    ids = itertools.count(1)
    trees = [Tree(nodes_of(plan, ids)) for plan in read.visions]
    by_key = {node.key: (at, node) for at, tree in enumerate(trees) for node in tree.nodes.values()}
    entries: list[list[Entry]] = [[] for _ in trees]
    for id, entry in enumerate(read.entries, start=1):
        at, node = by_key[entry.node]
        entries[at].append(Entry(id, node.id, entry.on, entry.value, entry.skipped, entry.note, entry.author_id))
    return trees, entries


def _as_written(node: dict[str, Any]) -> dict[str, Any]:
    """Without what holds anyway: the level that a kind fixes, and what is null."""
    said = {name: value for name, value in node.items() if value is not None}
    if node["kind"] == "target":
        del said["level"]
    if "children" in node:
        said["children"] = [_as_written(child) for child in node["children"]]
    return said


def _is_plain(node: Node) -> bool:
    """Whether the node may be without a target for a time."""
    return not node.is_limit and node.baseline is None


@st.composite
def stored(draw: st.DrawFn) -> tuple[Tree, list[Entry]]:
    """A tree with histories and entries, as a store may hold it."""
    nodes: list[Node] = []
    for planted in nodes_of(draw(plans(starts=draw(st.booleans()))), itertools.count(1)):
        node = replace(planted, let_go=draw(st.booleans()))
        if node.target and node.measure is Measure.NUMBER and _is_plain(node) and draw(st.booleans()):
            [last] = node.terms
            earlier = replace(last, target=draw(st.one_of(st.none(), NUMBERS)), weight=draw(WEIGHTS))
            gap = replace(last, since=date(2027, 4, 1), active=False, weight=draw(WEIGHTS))
            nodes.append(replace(node, terms=(earlier, gap, replace(last, since=date(2027, 5, 1)))))
        else:
            nodes.append(node)
    tree = Tree(nodes)
    entries: list[Entry] = []
    for leaf in tree.leaves():
        for _ in range(draw(st.integers(0, 2))):
            value = draw(NUMBERS if leaf.measure is Measure.NUMBER else st.sampled_from([Decimal(0), Decimal(1)]))
            skipped = draw(st.booleans())
            note = draw(st.one_of(st.none(), st.sampled_from(["felt great", "two\nlines", "“quoted” \\ 🏃"])))
            on, author = draw(st.dates(date(2026, 1, 1), date(2026, 12, 31))), draw(st.one_of(st.none(), st.just(7)))
            entries.append(Entry(len(entries) + 1, leaf.id, on, None if skipped else value, skipped, note, author))
    return tree, entries


@pytest.mark.parametrize("case", case_files(), ids=lambda path: path.stem)
def test_the_worked_cases_are_read_and_written_without_loss(case: Path) -> None:
    plan = json.loads(case.read_text())["plan"]
    read = parse_document(json.dumps(plan))
    trees, entries = trees_of(read)
    assert len(read.entries) == len(plan["entries"])
    again = json.loads(dump_document(OWNER, trees, entries))
    assert (again["visions"], again["entries"]) == ([_as_written(plan["visions"][0])], plan["entries"])


def test_two_of_one_name_come_in_whole() -> None:
    """Earlier releases allowed them, so their exports have them: an outline cannot tell them apart, keys do."""
    other = {**GYM, "key": "gym-2"}
    entries = [{"node": key, "date": f"2026-11-0{day}", "value": 1} for day, key in ((1, "gym"), (2, "gym-2"))]
    read = parse_document(document(GYM, other, entries=entries))
    assert [(node.key, node.title) for node in read.visions[0].children] == [("gym", "Gym"), ("gym-2", "Gym")]
    [tree], [told] = trees_of(read)
    assert [(tree.nodes[entry.node_id].key, entry.on.day) for entry in told] == [("gym", 1), ("gym-2", 2)]


def test_the_plan_of_a_case_reads_as_an_outline() -> None:
    (case,) = [path for path in case_files() if path.stem == "one_off_target"]
    (vision,) = parse_document(json.dumps(json.loads(case.read_text())["plan"])).visions
    assert print_plan(vision) == (
        "Publish (from 2026-10-01 until 2026-12-31)\n"
        "  P: Launch the blog\n"
        "    M!: Two articles = 2 count (from 2026-11-01 until 2026-11-30)\n"
        "      W!: First article (from 2026-11-09 until 2026-11-15)\n"
        "      W!: Second article (from 2026-11-16 until 2026-11-22)"
    )


@given(stored())
def test_a_written_document_reads_back_as_the_same_trees_and_entries(given: tuple[Tree, list[Entry]]) -> None:
    tree, entries = given
    text = dump_document(OWNER, [tree], [entries])
    read = parse_document(text.encode())
    (plan,) = read.visions
    assert plan.mapped(lambda node: replace(node, place="")) == plan_of(tree)
    trees, again = trees_of(read)
    assert [list(tree.nodes.values()) for tree in trees] == [list(tree.nodes.values())]
    assert again == [entries]
    assert dump_document(OWNER, trees, again) == text
    assert parse_document(dump_document(OWNER, trees, again)) == read


def test_omitted_fields_take_their_defaults() -> None:
    (vision,) = parse_document(document(GYM, {"key": "p", "title": "P", "kind": "power_goal"})).visions
    assert [f"{node.kind} {node.level}" for node in vision.walk()] == [
        "vision vision",
        "kpi daily",
        "power_goal quarterly",
    ]


def test_numbers_are_exact() -> None:
    raw = document(RUN).replace('"target": 5', '"target": 0.1, "weight": 123456789.123456')
    run = parse_document(raw).visions[0].children[0]
    assert (run.target, run.weight) == (Decimal("0.1"), Decimal("123456789.123456"))


def test_equal_values_of_many_entries_are_kept_once() -> None:
    first, second = parse_document(
        document(RUN, entries=[{"node": "run", "date": f"2026-11-0{day}", "value": 5.25} for day in (1, 2)])
    ).entries
    assert first.node is second.node
    assert first.value is second.value


def test_ticks_may_be_true_false_one_nought_or_unsaid() -> None:
    entries = [{"node": "gym", "date": "2026-01-01", "value": value} for value in (True, False, 1, 0)]
    entries.append({"node": "gym", "date": "2026-01-01"})
    assert [entry.value for entry in parse_document(document(GYM, entries=entries)).entries] == [1, 0, 1, 0, 1]


def calls_to_read(goals: int) -> int:
    """How many functions are called to read a plan of so many goals, with fifteen times as many entries."""
    children = [{"key": f"k{at}", "title": "T", "level": "daily"} for at in range(goals)]
    entries = [{"node": f"k{at % goals}", "date": "2026-01-01"} for at in range(15 * goals)]
    raw, calls = document(*children, entries=entries), 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        read = parse_document(raw)
    finally:
        sys.setprofile(None)
    assert len(read.entries) == 15 * goals
    return calls


def test_the_work_of_reading_a_plan_grows_with_its_size_and_not_faster() -> None:
    assert calls_to_read(1_000) < 4.5 * calls_to_read(250)
