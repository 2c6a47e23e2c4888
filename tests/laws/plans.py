"""Random sound plans as goaltree/1 documents, and random logs of their leaves."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from tests.oracle.said import LEVEL_OF_KIND

Json = dict[str, Any]

LONGER = int(os.environ.get("GOALTREE_TEST_EXAMPLES", "1"))
"""The factor for the number of examples; above 1, each run also tries new ones, and shrinks failures."""

ORDINARY = 3
"""The share of examples that an ordinary run tries, always the same ones."""

FIRST = date(2026, 1, 1)
TODAY = date(2026, 3, 12)
"""The earliest start of random plans, and the day on which they are logged."""

LEVELS = ["daily", "weekly", "monthly", "quarterly", "yearly"]
TARGET_KINDS = {level: [kind for kind, of in LEVEL_OF_KIND.items() if of == level] for level in LEVELS}
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEK_STARTS = ["monday", "sunday", "saturday", "wednesday"]
VALUES = [5, 10, 1, 2.5, 0.333333, 0.1, 0, -1, 84]


def law(examples: int) -> settings:
    """The settings of a law with this many examples, times `LONGER`; fewer in an ordinary run."""
    return settings(
        max_examples=examples * LONGER if LONGER > 1 else examples // ORDINARY,
        deadline=None,
        derandomize=LONGER == 1,
        database=None,
        phases=[Phase.generate] if LONGER == 1 else [Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )


def dates(first: date = FIRST, last: date = TODAY) -> st.SearchStrategy[date]:
    """Days of a range, mostly within two weeks around the turn of a month, so that they share periods."""
    close = [date(2026, 2, 23) + timedelta(days=ahead) for ahead in range(14)]
    within = [day for day in close if first <= day <= last]
    return st.integers(0, 4).flatmap(lambda far: st.sampled_from(within) if far and within else st.dates(first, last))


@dataclass
class _Grower:
    """Grows a vision: sums of several units over leaves that add to them or not, limits, changes from one value to
    another, goals without a target, schedules, and terms that change from a day on."""

    random: Random
    vision: Json
    count: int = 0

    @property
    def starts(self) -> date:
        return date.fromisoformat(self.vision["starts_on"])

    @property
    def ends(self) -> date | None:
        return date.fromisoformat(self.vision["ends_on"]) if "ends_on" in self.vision else None

    def parent(self, said: Json, rank: int, depth: int, unit: str | None) -> None:
        """Choose a strategy and children."""
        said["strategy"] = self.random.choice(["average", "average", "sum", "min", "max", "count"])
        if said["strategy"] == "sum":
            unit = self.random.choice(["km", "km", "KM", "pages", None])
            if unit:
                said["unit"] = unit
        count = self.random.randint(1, 3)
        said["children"] = [self.child(rank, depth + 1, unit, is_first=at == 0) for at in range(count)]
        if said["strategy"] == "sum" and not _adds(said):
            said["children"].append(self.leaf({"key": self.key(), "kind": "kpi", "level": "daily"}, unit, "check"))

    def key(self) -> str:
        self.count += 1
        return f"n{self.count}"

    def child(self, above: int, depth: int, unit: str | None, *, is_first: bool) -> Json:
        is_range = above > 0 and self.random.random() < 0.12
        rank = 4 if is_range else self.random.randint(0, min(above, 4))
        level = "range" if is_range else LEVELS[rank]
        kinds = ["target"] if is_range else ["kpi", "kpi", "kpi", *TARGET_KINDS[level]]
        said: Json = {"key": self.key(), "kind": self.random.choice(kinds), "level": level}
        said.update(self.dates(is_range))
        weights = [2, 0.5, 3] if is_first else [2, 0.5, 3, 0, 0.000001]
        if depth < 5 and self.count < 9 and self.random.random() < 0.6:
            self.parent(said, rank, depth, unit)
            of_strategy: Json = {"sum": [10, 30, 7.5, 100, 2.25], "count": [None, 1, 2, 3]}
            choices = of_strategy.get(said["strategy"], [None])
            self.terms(said, choices, weights)
            return said | {"title": f"Goal {said['key']}"}
        return self.leaf(said, unit, self.random.choice(["check", "number", "number"]), weights)

    def leaf(self, said: Json, unit: str | None, measure: str, weights: list[float] | None = None) -> Json:
        said["measure"] = measure
        random = self.random
        choices: list[Any] = [None, 1, 2, 3]
        if measure == "number":
            if random.random() < 0.7:
                said["unit"] = random.choice([unit or "km", "km", "Km", "pages"])
            if random.random() < 0.75:
                said["aggregate"] = random.choice(["sum", "sum", "last", "max", "min", "average", "count"])
            choices = [1, 2, 5, 7.5, 20, 0.3] if random.random() < 0.8 else [None, None, 5]
        mode = random.choice(["plain", "plain", "limit", "way"]) if measure == "number" else "plain"
        if mode == "way" and said["kind"] != "kpi":
            said["baseline"], choices = random.choice([86, 0, 10.5, -3]), [78, 5, 1.5, 100]
            if said.get("aggregate") in ("sum", "count"):
                said["aggregate"] = "last"
        elif mode != "plain" or random.random() < 0.1:
            said["direction"], choices = "at_most", [0, 1, 2, 5]
        self.terms(said, choices, weights or [1])
        return said | {"title": f"Goal {said['key']}"}

    def dates(self, is_range: bool) -> Json:
        """Sometimes an active range of its own, which may reach beyond the vision's."""
        chosen = self.random.choice(["", "", "both", "starts_on", "ends_on"])
        last_start = self.ends or date(2026, 12, 31)
        first = min(self.starts + timedelta(days=self.random.randint(-5, 40)), last_start)
        last = max(first, self.starts) + timedelta(days=self.random.randint(0, 70))
        said = {"starts_on": first.isoformat(), "ends_on": last.isoformat()}
        if chosen == "both":
            return said
        result = {part: on for part, on in said.items() if part == chosen}
        return result | ({"ends_on": said["ends_on"]} if is_range and self.ends is None else {})

    def terms(self, said: Json, targets: list[Any], weights: list[float]) -> None:
        """The terms, and sometimes later ones."""

        def chosen() -> Json:
            terms: Json = {}
            if (target := self.random.choice(targets)) is not None:
                terms["target"] = target
            if self.random.random() < 0.35:
                terms["weight"] = self.random.choice(weights)
            if said["level"] == "daily" and self.random.random() < 0.5:
                terms.update(self.schedule())
            return terms

        if self.random.random() < 0.65:
            said.update(chosen())
            return
        starts = date.fromisoformat(str(said.get("starts_on", self.vision["starts_on"])))
        since = sorted({starts + timedelta(days=self.random.randint(0, 80)) for _ in range(self.random.randint(1, 3))})
        said["terms"] = [chosen(), *({"from": on.isoformat(), **chosen()} for on in since)]
        for terms in said["terms"]:
            if self.random.random() < 0.2:
                terms["active"] = False
        said.update({part: value for part, value in said["terms"][-1].items() if part not in ("from", "active")})

    def schedule(self) -> Json:
        match self.random.choice(["weekdays", "every_days", "month_days"]):
            case "weekdays":
                return {"weekdays": sorted(self.random.sample(WEEKDAYS, self.random.randint(1, 5)))}
            case "every_days":
                return {"every_days": self.random.randint(1, 6)}
        return {"month_days": sorted(self.random.sample([1, 2, 10, 15, 28, 29, 30, 31], self.random.randint(1, 3)))}


def _adds(parent: Json) -> bool:
    """Whether anything below a sum could add to it."""
    leaves = leaves_of({"visions": parent["children"]})
    return any(leaf["measure"] == "check" or _measured(leaf, parent.get("unit")) for leaf in leaves)


def _measured(leaf: Json, unit: str | None) -> bool:
    is_sum = (leaf.get("aggregate") or ("last" if "baseline" in leaf else "sum")) == "sum"
    return is_sum and str(leaf.get("unit", "")).casefold() == (unit or "").casefold()


@st.composite
def documents(draw: st.DrawFn) -> Json:
    """A document with one vision, perhaps days off, and no entries."""
    random = Random(draw(st.integers(0, 2**32)))
    starts = FIRST + timedelta(days=random.choice([0, 0, random.randint(0, 55)]))
    vision: Json = {"kind": "vision", "key": "v", "title": "Vision", "starts_on": starts.isoformat()}
    if random.random() < 0.45:
        vision["ends_on"] = (starts + timedelta(days=random.randint(10, 110))).isoformat()
    grower = _Grower(random, vision)
    grower.parent(vision, 4, 0, None)
    if vision["strategy"] in ("sum", "count"):
        vision["target"] = random.choice([1, 2, 10])
    return {
        "format": "goaltree/1",
        "owner": {"timezone": "Europe/Berlin", "week_start": random.choice(WEEK_STARTS)},
        "visions": [vision],
        "entries": [],
        "pauses": [_pause(random, grower) for _ in range(random.choice([0, 0, 1, 2, 3]))],
    }


def _pause(random: Random, grower: _Grower) -> Json:
    first = FIRST + timedelta(days=random.randint(-5, 90))
    last = first + timedelta(days=random.choice([0, 2, 6, 13, 20, 40]))
    node = {"node": random.choice(["v", *(f"n{at}" for at in range(1, grower.count + 1))])}
    return {"from": first.isoformat(), "to": last.isoformat()} | (node if random.random() < 0.5 else {})


def leaves_of(document: Json) -> list[Json]:
    """The leaves of a document's visions, in order."""
    result, stack = [], list(reversed(document["visions"]))
    while stack:
        node = stack.pop()
        stack.extend(reversed(node.get("children") or []))
        if not node.get("children") and node.get("kind") != "vision":
            result.append(node)
    return result


@st.composite
def entries(draw: st.DrawFn, document: Json, most: int = 25) -> list[Json]:
    """Entries of a document's leaves, in the order of logging."""
    result: list[Json] = []
    for leaf in draw(st.lists(st.sampled_from(leaves_of(document)), min_size=most // 3, max_size=most)):
        entry: Json = {"node": leaf["key"], "date": draw(dates()).isoformat()}
        if not draw(st.integers(0, 5)):
            entry["skipped"] = True
        elif leaf.get("measure") == "number":
            entry["value"] = draw(st.sampled_from(VALUES))
        else:
            entry["value"] = draw(st.sampled_from([1, 1, 1, 0]))
        result.append(entry)
    return result


@st.composite
def logged_documents(draw: st.DrawFn) -> Json:
    """A document with its entries."""
    document = draw(documents())
    return document | {"entries": draw(entries(document))}
