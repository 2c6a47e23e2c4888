"""The promise of /why holds: logging exactly what it says leads to the promised percentage."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given

from core.goals.progress import ONE, percent
from core.goals.why import Why, why
from tests.laws.against_oracle import NEAR
from tests.laws.plans import FIRST, TODAY, dates, law, logged_documents
from tests.laws.trees import entries_of, readings_of
from tests.oracle import Oracle

Json = dict[str, Any]


@law(60)
@given(logged_documents(), dates(FIRST, TODAY))
def test_the_figure_becomes_what_was_promised(document: Json, on: date) -> None:
    [reading] = readings_of(document, on)
    entries = [entry for entry in entries_of(document, reading.tree) if entry.on <= on]
    seen = document | {"entries": [said for said in document["entries"] if said["date"] <= on.isoformat()]}
    for node in reading.tree.nodes.values():
        told = why(reading, node, entries)
        assert complaints(seen, told) == []
        if told.lift is not None:
            grown = deepcopy(seen)
            grown["entries"] += [
                {"node": one.leaf.key, "date": one.on.isoformat(), "value": float(one.value)}
                for one in told.lift.entries
            ]
            twin = Oracle(grown).nodes[node.key]
            promised = twin.progress(twin.period(on)) or Fraction(0)
            assert abs(promised - Fraction(told.lift.progress, ONE)) <= NEAR, node.key


def complaints(document: Json, told: Why) -> list[str]:
    """The sentence's claim about today, against the slow recomputation."""
    result = []
    standing, lift, held = told.standing, told.lift, told.held
    if lift is not None:
        if not lift.progress > standing.progress:
            result.append("lifts nothing")
        if any(not on.on <= lift.by or on.value < 0 for on in lift.entries):
            result.append("by a day that is too early")
    if held is not None:
        twin = Oracle(document).nodes[held.node.key]
        if percent(held.progress) != percent(int((twin.progress((held.period.start, held.period.end)) or 0) * ONE)):
            result.append("a figure that is found nowhere else")
        if any(twin.counts((one.start, one.end)) is False for one in held.missed):
            result.append("missed what does not count")
    if told.cut is not None and not told.cut.expected < told.cut.target:
        result.append("cuts nothing")
    return result
