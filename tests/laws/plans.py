"""Random sound plans as goaltree/1 documents, and random words about their leaves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

Json = dict[str, Any]

LONGER = int(os.environ.get("GOALTREE_TEST_EXAMPLES", "1"))
"""How many times as many examples to try; more than 1 also tries new ones at every run, and shrinks what fails."""

FIRST = date(2026, 1, 1)
TODAY = date(2026, 3, 12)
"""When random plans begin at the earliest, and the day that they are logged on."""

LEVELS = ["daily", "weekly", "monthly", "quarterly"]
TARGET_KINDS = {
    "daily": ["daily_action"],
    "weekly": ["weekly_target"],
    "monthly": ["monthly_target"],
    "quarterly": ["quarterly_target", "power_goal"],
}
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEK_STARTS = ["monday", "sunday", "saturday", "wednesday"]
TARGETS = [1, 2, 5, 7.5, 20, 0.3]
VALUES = [5, 10, 1, 2.5, 0.333333, 0.1, 0, -1]


def law(examples: int) -> settings:
    """The settings of a law that tries this many examples in an ordinary run."""
    return settings(
        max_examples=examples * LONGER,
        deadline=None,
        derandomize=LONGER == 1,
        database=None,
        phases=[Phase.generate] if LONGER == 1 else [Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )


def dates(first: date = FIRST, last: date = TODAY) -> st.SearchStrategy[date]:
    """Days of a range, mostly from two weeks around the turn of a month, so that they fall into the same periods."""
    close = [date(2026, 2, 23) + timedelta(days=ahead) for ahead in range(14)]
    within = [day for day in close if first <= day <= last]
    return st.integers(0, 4).flatmap(lambda far: st.sampled_from(within) if far and within else st.dates(first, last))


@st.composite
def targets(draw: st.DrawFn, choice: list[float], changes: bool = True) -> Json:
    """A target, sometimes with a history."""
    if not changes or draw(st.integers(0, 3)):
        return {"target": draw(st.sampled_from(choice))}
    days = sorted(draw(st.sets(dates(), min_size=1, max_size=2)))
    history: list[Json] = [{"from": None, "target": draw(st.sampled_from(choice))}]
    history += [{"from": day.isoformat(), "target": draw(st.sampled_from(choice))} for day in days]
    return {"targets": history}


@st.composite
def documents(draw: st.DrawFn) -> Json:
    """A document with one vision and no entries."""
    starts = draw(st.one_of(st.dates(FIRST, date(2026, 2, 25)), st.just(FIRST)))
    vision: Json = {"kind": "vision", "starts_on": starts.isoformat()}
    if draw(st.booleans()):
        vision["ends_on"] = draw(st.dates(starts + timedelta(days=10), TODAY + timedelta(days=40))).isoformat()
    _fill_parent(draw, vision, 4, None, 0, iter(range(1000)), vision)
    vision["key"] = "v"
    vision["title"] = "Vision"
    return {
        "format": "goaltree/1",
        "owner": {"timezone": "Europe/Berlin", "week_start": draw(st.sampled_from(WEEK_STARTS))},
        "visions": [vision],
        "entries": [],
    }


def _fill_parent(
    draw: st.DrawFn, said: Json, rank: int, unit: str | None, depth: int, numbers: Iterator[int], vision: Json
) -> None:
    """Chooses a strategy and children. Below a sum in a unit, all is summed in that unit."""
    strategy = "sum" if unit else draw(st.sampled_from(["average", "average", "sum", "min", "max", "count"]))
    said["strategy"] = strategy
    if strategy == "sum":
        unit = "km"
        said.update(draw(targets([10, 30, 100, 7.7])), unit="km")
    elif strategy == "count" and draw(st.booleans()):
        said.update(draw(targets([1, 2, 3])))
    children = [
        _child(draw, rank, unit, depth + 1, numbers, vision, first=at == 0) for at in range(draw(st.integers(1, 3)))
    ]
    said["children"] = draw(st.permutations(children))


def _child(
    draw: st.DrawFn, above: int, unit: str | None, depth: int, numbers: Iterator[int], vision: Json, *, first: bool
) -> Json:
    rank = draw(st.integers(0, min(above, 3)))
    level = LEVELS[rank]
    number = next(numbers)
    said: Json = {"key": f"n{number}", "title": f"Goal {number}", "level": level}
    said["kind"] = draw(st.sampled_from(["kpi", "kpi", *TARGET_KINDS[level]]))
    weight = draw(st.sampled_from([1, 1, 1, 2, 0.5, 3]) if first else st.sampled_from([1, 1, 0, 2, 0.25, 0.000001]))
    if weight != 1:
        said["weight"] = weight
    said.update(_range(draw, vision))
    if level == "daily" and draw(st.booleans()):
        said["weekdays"] = sorted(draw(st.sets(st.sampled_from(WEEKDAYS), min_size=1, max_size=5)))
    if depth < 4 and number < 8 and draw(st.integers(0, 2)):
        _fill_parent(draw, said, rank, unit, depth, numbers, vision)
    elif draw(st.booleans()):
        said["measure"] = "number"
        said.update(draw(targets(TARGETS)))
        if unit:
            said["unit"] = unit
        else:
            said["aggregate"] = draw(st.sampled_from(["sum", "last", "max", "min", "average", "count"]))
    else:
        said["measure"] = "check"
        if draw(st.booleans()):
            said.update(draw(targets([1, 2, 3])))
    return said


def _range(draw: st.DrawFn, vision: Json) -> Json:
    """Sometimes an active range of its own, which may reach beyond the vision's."""
    chosen = draw(st.sampled_from(["", "", "", "both", "starts_on", "ends_on"]))
    starts, ends = date.fromisoformat(vision["starts_on"]), date.fromisoformat(vision.get("ends_on", "2026-12-31"))
    first = min(starts + timedelta(days=draw(st.integers(-5, 40))), ends)
    last = max(first, starts) + timedelta(days=draw(st.integers(0, 60)))
    said = {"starts_on": first.isoformat(), "ends_on": last.isoformat()}
    return said if chosen == "both" else {part: on for part, on in said.items() if part == chosen}


def leaves_of(document: Json) -> list[Json]:
    """The leaves of a document's visions, in order."""
    found, stack = [], list(reversed(document["visions"]))
    while stack:
        node = stack.pop()
        stack.extend(reversed(node.get("children") or []))
        if not node.get("children") and node["kind"] != "vision":
            found.append(node)
    return found


@st.composite
def entries(draw: st.DrawFn, document: Json, most: int = 25) -> list[Json]:
    """Entries of a document's leaves, in the order of logging."""
    found: list[Json] = []
    for leaf in draw(st.lists(st.sampled_from(leaves_of(document)), min_size=most // 3, max_size=most)):
        entry: Json = {"node": leaf["key"], "date": draw(dates()).isoformat()}
        if not draw(st.integers(0, 5)):
            entry["skipped"] = True
        elif leaf.get("measure") == "number":
            entry["value"] = draw(st.sampled_from(VALUES))
        else:
            entry["value"] = draw(st.sampled_from([1, 1, 1, 0]))
        found.append(entry)
    return found


@st.composite
def logged_documents(draw: st.DrawFn) -> Json:
    """A document with its entries."""
    document = draw(documents())
    return document | {"entries": draw(entries(document))}
