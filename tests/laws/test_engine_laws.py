"""Laws of the pure engine: it agrees with the slow recomputation, and with its own incremental steps."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.goals.check_off import Stored, roll_up, spans, touches
from core.goals.engine import Cache, realise
from core.goals.model import Entry, Kind
from core.goals.progress import Sums, blank, contribution, leaf_cell
from core.goals.reading import summarise
from core.goals.tree import Tree
from tests.laws.against_oracle import complaints, complaints_about_reading, complaints_about_summary
from tests.laws.plans import FIRST, TODAY, dates, law, leaves_of, logged_documents
from tests.laws.trees import entries_of, readings_of, trees_of
from tests.oracle import Oracle
from tests.oracle.said import LEVEL_OF_KIND

Json = dict[str, Any]


def test_the_oracle_knows_every_kind() -> None:
    """The random plans draw its kinds: one that it does not know is held against nothing."""
    assert {kind: kind.level for kind in Kind if kind.level is not None} == LEVEL_OF_KIND


@law(110)
@given(logged_documents())
def test_the_cache_equals_the_slow_recomputation(document: Json) -> None:
    [tree] = trees_of(document)
    cache = realise(tree, entries_of(document, tree))
    assert not complaints(document, tree, cache.cells, cache.runs)


@law(60)
@given(logged_documents(), dates(FIRST, TODAY + timedelta(days=30)))
def test_a_day_is_shown_as_the_slow_recomputation_sees_it(document: Json, on: date) -> None:
    readings = readings_of(document, on)
    assert [c for reading in readings for c in complaints_about_reading(document, reading)] == []
    assert complaints_about_summary(document, summarise(readings, on)) == []


@law(30)
@given(logged_documents(), st.integers())
def test_the_order_of_children_is_irrelevant(document: Json, seed: int) -> None:
    shuffled = deepcopy(document)
    _shuffle(shuffled["visions"][0], Random(seed))
    [one], [other] = trees_of(document), trees_of(shuffled)
    assert _by_key(one, realise(one, entries_of(document, one))) == _by_key(
        other, realise(other, entries_of(shuffled, other))
    )


@law(40)
@given(logged_documents(), st.data())
def test_an_unmet_day_never_lengthens_a_streak(document: Json, data: st.DataObject) -> None:
    leaf = data.draw(st.sampled_from(leaves_of(document)))
    dated = [date.fromisoformat(entry["date"]) for entry in document["entries"]]
    day = data.draw(dates(max([*dated, FIRST]), TODAY))
    before = {key: node.streak(TODAY) for key, node in Oracle(document).nodes.items() if node.has_streak(TODAY)}
    # A day without an entry, and a day that was said not to be done: neither lengthens a streak. (In a skipped period
    # any later entry means that it counts after all.)
    silent = readings_of(document, TODAY + timedelta(days=1))[0]
    twin = Oracle(document).nodes[leaf["key"]]
    if twin.check and not twin.is_limit and not twin.is_skipped(twin.period(day)):
        document["entries"].append({"node": leaf["key"], "date": day.isoformat(), "value": 0})
    denied = readings_of(document, TODAY)[0]
    for reading in (silent, denied):
        for node in reading.tree.leaves():
            streak = reading.standing(node).streak
            if streak is None:
                continue
            assert streak.current <= before[node.key][0]
            assert streak.best <= max(before[node.key][1], streak.current)


@law(110)
@given(logged_documents(), st.randoms(use_true_random=False))
def test_entry_by_entry_gives_the_same_as_all_at_once(document: Json, random: Random) -> None:
    [tree] = trees_of(document)
    entries = entries_of(document, tree)
    cache, there = Cache(), list[Entry]()
    changes = [(entry, True) for entry in entries] + [(entry, False) for entry in entries if random.random() < 0.3]
    for entry, added in changes:
        after = sorted([*there, entry], key=_order) if added else [kept for kept in there if kept is not entry]
        _take(tree, cache, entry, there, after)
        there = after
    whole = realise(tree, there)
    for node in tree.nodes.values():
        mine, true = cache.cells.get(node.id, {}), whole.cells.get(node.id, {})
        for start in mine.keys() | true.keys():
            none = blank(tree, node, tree.period_of(node, start))
            assert (mine.get(start) or none) == (true.get(start) or none), (node.key, start)


def _take(tree: Tree, cache: Cache, entry: Entry, before: list[Entry], after: list[Entry]) -> None:
    """Roll one change of a leaf's entries into a cache, with `core.goals.check_off` alone."""
    leaf = tree.nodes[entry.node_id]
    touched = touches(tree, leaf, entry.on)
    sums = {}
    for span in spans(tree, touched):
        inside = [cell for start, cell in cache.cells.get(span.node_id, {}).items() if span.first <= start <= span.last]
        sums[span.node_id] = reduce(Sums.with_, inside, Sums())
    cells = {touch.node.id: cache.cell(touch.node.id, touch.period.start) for touch in touched}
    period = touched[0].period
    new = leaf_cell(tree, leaf, period, [e for e in after if e.node_id == leaf.id and e.on in period])
    delta = _brought(tree, entry, after) - _brought(tree, entry, before)
    known = {key: cell for key, cell in cells.items() if cell is not None}
    for change in roll_up(tree, touched, new, delta, Stored(known, sums)):
        cache.cells.setdefault(change.node.id, {})[change.period.start] = change.after


def _brought(tree: Tree, entry: Entry, entries: Iterable[Entry]) -> Decimal:
    day = [e for e in entries if e.node_id == entry.node_id and e.on == entry.on]
    return contribution(tree.measure(tree.nodes[entry.node_id]), day)


def _order(entry: Entry) -> tuple[date, int]:
    return entry.on, entry.id


def _shuffle(node: Json, random: Random) -> None:
    random.shuffle(node.get("children", []))
    for child in node.get("children", []):
        _shuffle(child, random)


def _by_key(tree: Tree, cache: Cache) -> Json:
    return {node.key: (cache.cells.get(node.id, {}), cache.runs.get(node.id)) for node in tree.nodes.values()}
