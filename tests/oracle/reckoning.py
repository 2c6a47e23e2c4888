"""The figures of a node and everything below it in a period, from the entries."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Self

from tests.oracle.calendar import DAY, Span, days
from tests.oracle.said import Json, SaidNode, SaidVision, exact


def decimals(number: Fraction) -> int:
    """The number of decimal places."""
    return next(places for places in range(30) if (number * 10**places).denominator == 1)


def held(progress: Fraction) -> Fraction:
    return min(Fraction(1), max(Fraction(0), progress))


class ReckonedNode(SaidNode):
    """A node with its figures. Each is computed from the entries, but only once."""

    def __init__(self, vision: SaidVision, said: Json, parent: Self | None) -> None:
        self._progress: dict[Span, Fraction | None] = {}
        self._counts: dict[Span, bool] = {}
        super().__init__(vision, said, parent)

    # Periods

    def is_own(self, period: Span) -> bool:
        """Whether it is a period of the node, skipped or not."""
        active = self.active_days(period)
        if not active or (self.level == "daily" and not self.is_scheduled(period[0])):
            return False
        if self.each:
            is_open = any(not self.is_paused(day) for day in active)
            own = [child for child in self.children if child.is_own(period)]
            return any(is_open or any(not entry.skipped for entry in child.entries_in(period)) for child in own)
        if any(not self.is_paused(day) for day in active):
            return True
        if self.is_leaf:
            return any(not entry.skipped for entry in self.entries_in(period))
        return (self.progress(period) or 0) > 0

    def is_skipped(self, period: Span) -> bool:
        if self.each:
            own = [child for child in self.children if child.is_own(period)]
            return bool(own) and all(child.is_skipped(period) for child in own)
        words = self.entries_in(period)
        return bool(words) and words[-1].skipped

    def counts(self, period: Span) -> bool:
        if period not in self._counts:
            self._counts[period] = self.is_own(period) and not self.is_skipped(period)
        return self._counts[period]

    def periods_in(self, window: Span) -> list[Span]:
        """The node's own counting periods within the window."""
        result = sorted({self.period(day) for day in (*days(window), window[0] - DAY, window[1] + DAY)})
        return [
            period
            for period in result
            if (day := self.day_of_belonging(period)) and window[0] <= day <= window[1] and self.counts(period)
        ]

    # Targets

    def target(self, period: Span) -> Fraction | None:
        said = self.terms_on(period[1])["target"]
        return None if said is None else exact(said)

    def is_flow(self) -> bool:
        if self.kind != "kpi" or self.level not in ("weekly", "monthly", "quarterly", "yearly"):
            return False
        if self.parent is not None and self.parent.each:
            return False
        if self.is_leaf:
            return not self.is_limit and self.baseline is None and (self.check or self.aggregate in ("sum", "count"))
        return self.strategy in ("sum", "count")

    def expected(self, period: Span) -> Fraction | None:
        """The target as shown."""
        if self.each:
            people = len(self.rated(period))
            if self.strategy == "count":
                return Fraction(people)
            if self.strategy != "sum":
                return None
            return people * (self.target(period) or Fraction(1))
        target = self.target(period)
        if target is None or not self.is_flow():
            return target
        open_days, all_days = len(self.open_days(period)), len(days(period))
        if open_days == all_days:
            return target
        step = 10 ** decimals(target)
        return Fraction(ceil(target * open_days / all_days * step), step)

    @property
    def is_number(self) -> bool:
        return self.is_leaf and not self.check

    def is_tracked(self, period: Span) -> bool:
        return self.is_number and self.target(period) is None

    # Values

    def days_ticked(self, span: Span) -> int:
        last: dict[date, Fraction] = {}
        for entry in self.entries_in(span):
            if not entry.skipped and entry.value is not None:
                last[entry.on] = entry.value
        return sum(1 for value in last.values() if value != 0)

    def leaf_value(self, period: Span) -> Fraction | None:
        values = self.values_in(period)
        if not values and (self.is_limit or (self.is_number and self.aggregate not in ("sum", "count"))):
            return None
        if self.check:
            return Fraction(self.days_ticked(period))
        match self.aggregate:
            case "count":
                return Fraction(len(values))
            case "sum":
                return sum(values, Fraction(0))
            case "last":
                return values[-1]
            case "max":
                return max(values)
            case "min":
                return min(values)
        assert self.aggregate == "average", self.aggregate
        return sum(values, Fraction(0)) / len(values)

    def adds_its(self, unit: str | None) -> bool:
        same = (self.said.get("unit") or "").casefold() == (unit or "").casefold()
        return self.is_number and self.aggregate == "sum" and same

    @cached_property
    def adding(self) -> list[Self]:
        """The leaves that add to this sum."""
        if self.each:
            return self.leaves()
        measured = [leaf for leaf in self.leaves() if leaf.adds_its(self.said.get("unit"))]
        if measured or self.each_adds():
            return measured
        return [leaf for leaf in self.leaves() if leaf.check]

    def each_adds(self) -> bool:
        """Whether a goal below is measured per member in this sum's unit, even before anyone has joined."""
        for node in self.walk():
            if node.each and node is not self and node.said["each"].get("measure") == "number":
                same = (node.said.get("unit") or "").casefold() == (self.said.get("unit") or "").casefold()
                if same and (node.said["each"].get("aggregate") or "sum") == "sum":
                    return True
        return False

    def is_weighed(self, leaf: Self, on: date) -> bool:
        """Whether every weight from a leaf up to here is above 0."""
        node = leaf
        while node is not self:
            if exact(node.terms_on(on)["weight"]) == 0:
                return False
            assert node.parent is not None
            node = node.parent
        return True

    def value(self, period: Span) -> Fraction | None:
        if self.is_leaf:
            return self.leaf_value(period)
        if self.strategy == "sum":
            result = Fraction(0)
            for leaf in self.adding:
                if self.is_weighed(leaf, period[1]):
                    result += leaf.days_ticked(period) if leaf.check else sum(leaf.values_in(period), Fraction(0))
            return result
        if self.strategy == "count":
            return Fraction(sum(1 for _, rate in self.rated(period) if rate == 1))
        progress = self.progress(period)
        assert progress is not None
        return 100 * progress

    # Progress

    def rated(self, window: Span) -> list[tuple[Fraction, Fraction]]:
        """The weight and rate of every child that counts and has a rate in the window."""
        result = []
        for child in self.children:
            weight = exact(child.terms_on(window[1])["weight"])
            rate = child.rate(window) if weight > 0 else None
            if rate is not None:
                result.append((weight, rate))
        return result

    def progress(self, period: Span) -> Fraction | None:
        if period not in self._progress:
            self._progress[period] = self._computed(period)
        return self._progress[period]

    def _computed(self, period: Span) -> Fraction | None:
        if self.is_leaf:
            return self._leaf_progress(period)
        if self.strategy in ("sum", "count"):
            expected = self.expected(period)
            if expected is None and self.strategy == "count":
                expected = Fraction(len(self.rated(period)))
            value = self.value(period)
            assert value is not None
            return self._share(value, expected or Fraction(0))
        rated = self.rated(period)
        if not rated:
            return Fraction(0)
        if self.strategy == "min":
            return min(rate for _, rate in rated)
        if self.strategy == "max":
            return max(rate for _, rate in rated)
        assert self.strategy == "average", self.strategy
        return sum((weight * rate for weight, rate in rated), Fraction(0)) / sum(weight for weight, _ in rated)

    @staticmethod
    def _share(value: Fraction, expected: Fraction) -> Fraction:
        if expected == 0:
            return Fraction(1 if value > 0 else 0)
        return held(value / expected)

    def _leaf_progress(self, period: Span) -> Fraction | None:
        if self.is_tracked(period):
            return None
        value, target = self.value(period), self.target(period)
        if target is None:
            target = Fraction(1)
        if self.is_limit:
            if value is None:
                return Fraction(0)
            open_days = len(self.open_days(period))
            told = len({entry.on for entry in self.known(period)})
            proved = held(Fraction(told, open_days)) if open_days else Fraction(1)
            return proved * (1 if value <= target else target / value)
        if value is None or (self.baseline is not None and not self.known(period)):
            return Fraction(0)
        if self.baseline is not None:
            return held((value - self.baseline) / (target - self.baseline))
        expected = self.expected(period)
        if expected is None:  # a tick is 1 if any of it is open
            expected = target if not self.is_flow() or self.open_days(period) else Fraction(0)
        return self._share(value, expected)

    def rate(self, window: Span) -> Fraction | None:
        result = [self.progress(period) for period in self.periods_in(window)]
        shares = [progress for progress in result if progress is not None]
        return sum(shares, Fraction(0)) / len(shares) if shares else None
