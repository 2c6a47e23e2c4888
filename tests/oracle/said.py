"""A document's statements about a node, its days and its entries. No figures yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, Self

from tests.oracle.calendar import DAY, Span, calendar_period, days

Json = dict[str, Any]
LEVEL_OF_KIND = {
    "vision": "vision",
    "target": "range",
    "quarterly_target": "quarterly",
    "power_goal": "quarterly",
    "monthly_target": "monthly",
    "weekly_target": "weekly",
    "daily_action": "daily",
}
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
SCHEDULES = ("weekdays", "every_days", "month_days")


def level_of(said: Json) -> str:
    """The level of a node; without a kind and a level, that of a vision."""
    return str(said.get("level") or LEVEL_OF_KIND[said.get("kind") or "vision"])


def nodes_in(said: Json) -> Iterator[Json]:
    yield said
    for child in said.get("children") or []:
        yield from nodes_in(child)


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def exact(number: Any) -> Fraction:
    return Fraction(int(number) if isinstance(number, bool) else str(number))


@dataclass
class OracleEntry:
    on: date
    order: int
    value: Fraction | None
    skipped: bool


class SaidVision:
    """A vision of a document, with everything that its nodes share."""

    def __init__(self, said: Json, entries: Iterable[Json], week_start: int, pauses: list[Json]) -> None:
        self.said, self.week_start, self.pauses = said, week_start, pauses
        self.entries: dict[str, list[OracleEntry]] = {}
        for order, entry in enumerate(entries):
            value, skipped = entry.get("value"), bool(entry.get("skipped"))
            tick = None if skipped else Fraction(1)  # an entry of a check may have no value
            self.entries.setdefault(entry["node"], []).append(
                OracleEntry(date.fromisoformat(entry["date"]), order, tick if value is None else exact(value), skipped)
            )

    @cached_property
    def has_yearly(self) -> bool:
        return any(level_of(node) == "yearly" for node in nodes_in(self.said))


class SaidNode:
    """A node of a document."""

    def __init__(self, vision: SaidVision, said: Json, parent: Self | None) -> None:
        self.vision, self.said, self.parent = vision, said, parent
        self.key: str = said["key"]
        self.kind: str = said.get("kind") or ("kpi" if parent else "vision")
        self.level = level_of(said)
        self.children = [type(self)(vision, child, self) for child in said.get("children") or []]
        self.each = "each" in said
        self.is_leaf = not self.children and self.kind != "vision" and not self.each
        self.check = (said.get("measure") or "check") == "check"
        self.strategy = said.get("strategy") or "average"
        self.is_limit = said.get("direction") == "at_most"
        self.baseline = None if said.get("baseline") is None else exact(said["baseline"])
        self.aggregate = said.get("aggregate") or ("sum" if self.baseline is None else "last")
        self.terms = list(self._terms())

    def _terms(self) -> Iterator[Json]:
        """Each term with all of its fields, oldest first."""
        defaults: Json = {"target": None, "weight": 1, "schedule": None}

        def fields(said: Json) -> Json:
            result: Json = {}
            result |= {name: said[name] for name in ("target", "weight") if name in said}
            for name in SCHEDULES:
                if said.get(name) is not None:
                    result["schedule"] = (name, said[name])
            return result

        own = fields(self.said)
        history = self.said.get("terms") or self.said.get("targets") or [{}]
        named = {name for terms in history for name in fields(terms)}
        constant = {name: value for name, value in own.items() if name not in named}
        before = defaults | constant
        for terms in history:
            active = terms.get("active", True)
            full = (defaults | constant if active else before) | fields(terms)
            if terms is history[-1]:
                full |= {name: value for name, value in own.items() if name not in fields(terms)}
            yield full | {"from": day_of(terms.get("from")) or date.min, "active": active}
            before = full

    def terms_on(self, on: date) -> Json:
        return [terms for terms in self.terms if terms["from"] <= on or terms is self.terms[0]][-1]

    def walk(self) -> Iterator[Self]:
        yield self
        for child in self.children:
            yield from child.walk()

    def leaves(self) -> list[Self]:
        return [node for node in self.walk() if node.is_leaf]

    @cached_property
    def entries(self) -> list[OracleEntry]:
        own = self.vision.entries.get(self.key, [])
        return sorted(own, key=lambda entry: (entry.on, entry.order))

    def entries_in(self, span: Span) -> list[OracleEntry]:
        return [entry for entry in self.entries if span[0] <= entry.on <= span[1]]

    def known(self, span: Span) -> list[OracleEntry]:
        return [entry for entry in self.entries_in(span) if not entry.skipped and entry.value is not None]

    def values_in(self, span: Span) -> list[Fraction]:
        return [entry.value for entry in self.known(span) if entry.value is not None]

    @cached_property
    def lasts(self) -> Span:
        vision = self.vision.said
        begins = day_of(vision.get("starts_on")) or date.min
        ends = day_of(vision.get("ends_on")) or date.max
        starts = day_of(self.said.get("starts_on")) or begins
        if self.kind != "kpi":
            starts = max(starts, begins)
        return starts, max(starts, min(day_of(self.said.get("ends_on")) or ends, ends))

    def is_active(self, on: date) -> bool:
        return self.lasts[0] <= on <= self.lasts[1] and bool(self.terms_on(on)["active"])

    def is_paused(self, on: date) -> bool:
        branch = {None, self.key}
        above = self.parent
        while above is not None:
            branch.add(above.key)
            above = above.parent
        return any(
            pause.get("node") in branch and date.fromisoformat(pause["from"]) <= on <= date.fromisoformat(pause["to"])
            for pause in self.vision.pauses
        )

    def is_scheduled(self, on: date) -> bool:
        schedule = self.terms_on(on)["schedule"]
        if self.level != "daily" or schedule is None:
            return True
        how, said = schedule
        if how == "weekdays":
            return bool(WEEKDAYS[on.weekday()] in said)
        if how == "every_days":
            counted = self.parent if self.parent is not None and self.parent.each else self
            return bool((on - counted.lasts[0]).days % said == 0)
        is_last = (on + DAY).day == 1
        return bool(on.day in said or (is_last and max(said) > on.day))

    def active_days(self, period: Span) -> list[date]:
        return [day for day in days(period) if self.is_active(day)]

    def open_days(self, period: Span) -> list[date]:
        return [day for day in self.active_days(period) if not self.is_paused(day)]

    def period(self, on: date) -> Span:
        if self.level == "range":
            return self.parent.lasts if self.parent is not None and self.parent.each else self.lasts
        if self.level == "vision":
            vision = self.vision.said
            starts, ends = day_of(vision.get("starts_on")), day_of(vision.get("ends_on"))
            if starts and ends:
                return starts, ends
            level = "yearly" if self.vision.has_yearly else "quarterly"
            return calendar_period(level, on, self.vision.week_start)
        return calendar_period(self.level, on, self.vision.week_start)

    def day_of_belonging(self, period: Span) -> date | None:
        """The day that decides to which coarser window a period belongs."""
        if self.level == "range":
            return period[1]
        active = self.active_days(period)
        return active[(len(active) - 1) // 2] if active else None
