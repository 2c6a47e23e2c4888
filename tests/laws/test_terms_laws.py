"""Laws of terms and pauses: terms from a day on leave earlier days alone."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from core.goals.engine import realise
from core.goals.periods import Period
from core.goals.progress import Cell, blank
from core.goals.tree import Tree
from tests.laws.plans import FIRST, TODAY, dates, law, logged_documents
from tests.laws.trees import entries_of, readings_of, trees_of

Json = dict[str, Any]


def _nodes(vision: Json) -> Iterator[Json]:
    for child in vision.get("children") or []:
        yield child
        yield from _nodes(child)


def _with_terms_from(document: Json, key: str, since: date, **changes: Any) -> Json:
    """The document in which a node has other terms from a day on."""
    changed = deepcopy(document)
    node = next(node for node in _nodes(changed["visions"][0]) if node["key"] == key)
    own: Json = {}
    own |= {part: node[part] for part in ("target", "weight", "weekdays", "every_days", "month_days") if part in node}
    terms = node.setdefault("terms", [own])
    new: Json = {**own, "from": since.isoformat(), **changes}
    terms.append(new)
    node.update({part: value for part, value in changes.items() if part != "active"})
    return changed


def _last_terms(node: Json, starts: str) -> date:
    begins = date.fromisoformat(node.get("starts_on") or starts)
    return max([begins, *(date.fromisoformat(terms["from"]) for terms in node.get("terms", [])[1:])])


def _cells(document: Json) -> tuple[Tree, dict[tuple[str, date], Cell]]:
    [tree] = trees_of(document)
    cache = realise(tree, entries_of(document, tree))
    return tree, {
        (tree.nodes[id].key, start): cell for id, cells in cache.cells.items() for start, cell in cells.items()
    }


@law(60)
@given(logged_documents(), st.data(), dates(FIRST, TODAY), st.sampled_from(["target", "weight", "schedule", "active"]))
def test_terms_from_a_day_on_change_no_period_that_ended_before(
    document: Json, data: st.DataObject, since: date, part: str
) -> None:
    node = data.draw(st.sampled_from(list(_nodes(document["visions"][0]))))
    assume(since > _last_terms(node, document["visions"][0]["starts_on"]))
    assume(part != "target" or node.get("target") is not None)
    assume(part != "schedule" or (node["level"] == "daily" and "weekdays" not in node and "month_days" not in node))
    values: Json = {"target": 4, "weight": 7, "active": False, "schedule": 3}
    change = {"every_days" if part == "schedule" else part: values[part]}
    (tree, before), (_, after) = (_cells(document), _cells(_with_terms_from(document, node["key"], since, **change)))
    ids = {result.key: result for result in tree.nodes.values()}
    for (key, start), cell in before.items():
        period = tree.period_of(ids[key], start)
        # A week that straddles the end of a window is cut where the goal ends, and may then belong to the next one.
        if period.end < since - timedelta(days=7):
            none = blank(tree, ids[key], period)
            assert after.get((key, start), none) == cell, (key, start)


@law(80)
@given(logged_documents(), dates(FIRST, TODAY))
def test_pausing_an_unlogged_day_that_is_over_lowers_no_progress(document: Json, on: date) -> None:
    assume(all(entry["date"] != on.isoformat() for entry in document["entries"]))
    paused = {**document, "pauses": [*document["pauses"], {"from": on.isoformat(), "to": on.isoformat()}]}
    [one], [other] = readings_of(document, TODAY), readings_of(paused, TODAY)
    for before, after in zip(one.tree.nodes.values(), other.tree.nodes.values(), strict=True):
        assert other.standing(after).progress >= one.standing(before).progress, before.key


@law(60)
@given(logged_documents(), st.data(), dates(FIRST, TODAY), st.integers(1, 20))
def test_ending_and_taking_up_again_changes_nothing_before(
    document: Json, data: st.DataObject, since: date, gap: int
) -> None:
    node = data.draw(st.sampled_from(list(_nodes(document["visions"][0]))))
    assume(since > _last_terms(node, document["visions"][0]["starts_on"]))
    ended = _with_terms_from(document, node["key"], since, active=False)
    again = _with_terms_from(ended, node["key"], since + timedelta(days=gap))
    (tree, before), (_, after) = _cells(document), _cells(again)
    leaf = next(result for result in tree.nodes.values() if result.key == node["key"])
    for (key, start), cell in before.items():
        if key == node["key"] and tree.period_of(leaf, start).end < since:
            assert after[key, start] == cell


def test_a_day_off_is_neither_asked_for_nor_missed() -> None:
    document: Json = {
        "format": "goaltree/1",
        "visions": [
            {
                "key": "v",
                "title": "V",
                "kind": "vision",
                "starts_on": "2026-11-16",
                "children": [{"key": "gym", "title": "Gym", "kind": "kpi", "level": "daily"}],
            }
        ],
        "entries": [{"node": "gym", "date": f"2026-11-{day}"} for day in (16, 17, 20)],
        "pauses": [{"from": "2026-11-18", "to": "2026-11-19", "node": "gym"}],
    }
    [tree] = trees_of(document)
    gym = tree.leaves()[0]
    assert not tree.is_due(gym, Period(date(2026, 11, 18), date(2026, 11, 18)))
    [reading] = readings_of(document, date(2026, 11, 20))
    streak = reading.standing(gym).streak
    assert streak is not None
    assert streak.current == 3
