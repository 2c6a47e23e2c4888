"""DESIGN.md §2 computed again, slowly and plainly, straight from a document (goaltree/1) and its entries.

Nothing of `core` is used, so that the engine and its cache can be held against it. Fractions throughout: no rounding.
Where the page is silent, this is what is meant:

- a period is skipped if the latest word on it (by date, then in the order of logging) is a skip;
- a check counts a day once: the last tick of the day decides, and the value 0 takes it back;
- a sum holds every entry dated inside the period, skipped or not, active or not, of every leaf whose path up to there
  has only weights above 0; a check leaf gives the days ticked;
- the target of a period is the one in force on its last day;
- a vision with a start and an end has that one period; an active range is the node's own dates, else the vision's;
- a parent none of whose children has a rate stands at 0;
- what each one does ("each") has the periods in which one of the leaves below counts, skipped where all of these are;
  its target is one person's: of a sum it is taken as often as there are leaves with a rate, and of a count all are
  wanted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache, cached_property
from math import floor
from typing import Any

Json = dict[str, Any]
Span = tuple[date, date]

LEVEL_OF_KIND = {
    "vision": "vision",
    "quarterly_target": "quarterly",
    "power_goal": "quarterly",
    "monthly_target": "monthly",
    "weekly_target": "weekly",
    "daily_action": "daily",
}
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
LONG_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAY = timedelta(days=1)


def days(span: Span) -> Iterator[date]:
    day = span[0]
    while day <= span[1]:
        yield day
        if day == date.max:
            return
        day += DAY


def length(span: Span) -> int:
    return (span[1] - span[0]).days + 1


def middle(span: Span) -> date:
    """The middle day; of two middle days the earlier."""
    return span[0] + timedelta(days=(length(span) - 1) // 2)


def overlap(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


@cache
def calendar_period(level: str, on: date, week_start: int) -> Span:
    """Walk to the first and the last day of the period: slow, and hard to get wrong."""

    def starts(day: date) -> bool:
        if level == "daily":
            return True
        if level == "weekly":
            return day.weekday() == week_start
        return day.day == 1 and (level == "monthly" or day.month in (1, 4, 7, 10))

    first = on
    while not starts(first):
        first -= DAY
    last = on
    while not starts(last + DAY):
        last += DAY
    return first, last


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def exact(number: Any) -> Fraction:
    return Fraction(int(number) if isinstance(number, bool) else str(number))


@dataclass
class SlowEntry:
    on: date
    order: int
    value: Fraction | None
    skipped: bool


class SlowNode:
    """A node of one vision. Every figure is computed from the entries each time that it is asked for."""

    def __init__(self, slow: SlowTree, said: Json, parent: SlowNode | None) -> None:
        self.slow, self.said, self.parent = slow, said, parent
        self.key: str = said["key"]
        self.kind: str = said["kind"]
        self.level: str = said.get("level") or LEVEL_OF_KIND[self.kind]
        self.weight = exact(said.get("weight", 1))
        self.scheduled = {WEEKDAYS.index(name) for name in said.get("weekdays") or WEEKDAYS}
        self.children = [SlowNode(slow, child, self) for child in said.get("children") or []]
        self.each = "each" in said
        self.is_leaf = not self.children and self.kind != "vision" and not self.each
        self.check = (said.get("measure") or "check") == "check"
        # What was computed before: the entries do not change.
        self._progress: dict[Span, Fraction] = {}

    def walk(self) -> Iterator[SlowNode]:
        yield self
        for child in self.children:
            yield from child.walk()

    @cached_property
    def entries(self) -> list[SlowEntry]:
        own = self.slow.entries.get(self.key, [])
        return sorted(own, key=lambda entry: (entry.on, entry.order))

    # Periods

    @property
    def active(self) -> Span:
        vision = self.slow.root.said
        starts = day_of(self.said.get("starts_on")) or day_of(vision.get("starts_on")) or date.min
        ends = day_of(self.said.get("ends_on")) or day_of(vision.get("ends_on")) or date.max
        return starts, ends

    def period(self, on: date) -> Span:
        if self.level == "vision":
            vision = self.slow.root.said
            starts, ends = day_of(vision.get("starts_on")), day_of(vision.get("ends_on"))
            if starts and ends:
                return starts, ends
            return calendar_period("quarterly", on, self.slow.week_start)
        return calendar_period(self.level, on, self.slow.week_start)

    def is_own(self, period: Span) -> bool:
        """Whether it is a period of the node at all: active, and for a daily node scheduled."""
        if self.level == "daily" and period[0].weekday() not in self.scheduled:
            return False
        if self.each and not any(child.is_own(period) for child in self.children):
            return False
        return overlap(period, self.active)

    def skipped(self, period: Span) -> bool:
        if self.each:
            own = [child for child in self.children if child.is_own(period)]
            return bool(own) and all(child.skipped(period) for child in own)
        words = [entry for entry in self.entries if period[0] <= entry.on <= period[1]]
        return bool(words) and words[-1].skipped

    def periods_in(self, window: Span) -> list[Span]:
        """The node's own periods whose middle day lies in the window, without skipped ones."""
        periods = (self.period(day) for day in days(window) if middle(self.period(day)) == day)
        return [period for period in periods if self.is_own(period) and not self.skipped(period)]

    # Values

    def target(self, period: Span) -> Fraction | None:
        said = self.said.get("target")
        for change in self.said.get("targets") or []:
            since = day_of(change.get("from"))
            if since is None or since <= period[1]:
                said = change.get("target")
        if self.each:
            people = len(self.rated(period))
            if self.said.get("strategy") == "count":
                return Fraction(people)
            return people * (Fraction(1) if said is None else exact(said))
        if said is None:
            return Fraction(1) if self.is_leaf and self.check else None
        return exact(said)

    def days_ticked(self, span: Span) -> int:
        last: dict[date, Fraction] = {}
        for entry in self.entries:
            if span[0] <= entry.on <= span[1] and not entry.skipped and entry.value is not None:
                last[entry.on] = entry.value
        return sum(1 for value in last.values() if value != 0)

    def values_in(self, span: Span) -> list[Fraction]:
        return [
            entry.value
            for entry in self.entries
            if span[0] <= entry.on <= span[1] and not entry.skipped and entry.value is not None
        ]

    def summed(self, span: Span) -> Fraction:
        """What the leaves below (or this leaf) logged in these days."""
        if self.is_leaf:
            return Fraction(self.days_ticked(span)) if self.check else sum(self.values_in(span), Fraction(0))
        return sum((child.summed(span) for child in self.children if child.weight > 0), Fraction(0))

    def value(self, period: Span) -> Fraction:
        if self.is_leaf:
            if self.check:
                return Fraction(self.days_ticked(period))
            values = self.values_in(period)
            aggregate = self.said.get("aggregate") or "sum"
            if aggregate == "count":
                return Fraction(len(values))
            if not values:
                return Fraction(0)
            if aggregate == "sum":
                return sum(values, Fraction(0))
            if aggregate == "last":
                return values[-1]
            if aggregate == "max":
                return max(values)
            if aggregate == "min":
                return min(values)
            assert aggregate == "average", aggregate
            return sum(values, Fraction(0)) / len(values)
        strategy = self.said.get("strategy") or "average"
        if strategy == "sum":
            return self.summed(period)
        if strategy == "count":
            return Fraction(sum(1 for _, rate in self.rated(period) if rate == 1))
        return 100 * self.progress(period)

    def rated(self, window: Span) -> list[tuple[Fraction, Fraction]]:
        """Weight and rate of every child that counts and has a rate in the window."""
        rates = [(child.weight, child.rate(window)) for child in self.children if child.weight > 0]
        return [(weight, rate) for weight, rate in rates if rate is not None]

    def progress(self, period: Span) -> Fraction:
        if period not in self._progress:
            self._progress[period] = self._computed(period)
        return self._progress[period]

    def _computed(self, period: Span) -> Fraction:
        strategy = self.said.get("strategy") or "average"
        if self.is_leaf or strategy in ("sum", "count"):
            target = self.target(period)
            if target is None and strategy == "count" and not self.is_leaf:
                target = Fraction(len(self.rated(period)))
            if not target:
                return Fraction(0)
            return min(Fraction(1), max(Fraction(0), self.value(period) / target))
        rated = self.rated(period)
        if not rated:
            return Fraction(0)
        if strategy == "min":
            return min(rate for _, rate in rated)
        if strategy == "max":
            return max(rate for _, rate in rated)
        assert strategy == "average", strategy
        return sum((weight * rate for weight, rate in rated), Fraction(0)) / sum(weight for weight, _ in rated)

    def rate(self, window: Span) -> Fraction | None:
        own = self.periods_in(window)
        if not own:
            return None
        return sum((self.progress(period) for period in own), Fraction(0)) / len(own)

    # Seen on a day

    def pace(self, today: date) -> Fraction:
        period, active = self.period(today), self.active
        counted = (max(period[0], active[0]), min(period[1], active[1]))
        ended = sum(1 for day in days(counted) if day < today)
        return Fraction(ended, length(counted))

    def status(self, today: date) -> str:
        active, period = self.active, self.period(today)
        if not active[0] <= today <= active[1]:
            return "inactive"
        if not self.is_own(period) or self.skipped(period):
            return "off"
        progress, pace = self.progress(period), self.pace(today)
        if progress == 1:
            return "done"
        if progress >= pace:
            return "on_track"
        return "at_risk" if progress >= Fraction(7, 10) * pace else "behind"

    def streak(self, today: date) -> tuple[int, int]:
        """(current, best) in own periods up to the one that holds today."""
        starts = max(self.active[0], min((entry.on for entry in self.entries), default=today))
        series: list[bool] = []
        seen = set()
        for day in days((min(starts, self.period(starts)[0]), today)):
            period = self.period(day)
            if period in seen:
                continue
            seen.add(period)
            if not self.is_own(period) or self.skipped(period):
                continue
            complete = self.progress(period) == 1
            if complete or not period[0] <= today <= period[1]:
                series.append(complete)
        best = run = 0
        for complete in series:
            run = run + 1 if complete else 0
            best = max(best, run)
        return run, best

    def seen(self, today: date) -> Json:
        """The figures of the worked cases and of `tree --json`."""
        period = self.period(today)
        seen: Json = {
            "level": self.level,
            "periodStart": period[0].isoformat(),
            "periodEnd": period[1].isoformat(),
            "currentValue": self.value(period),
            "progressPercentage": floor(100 * self.progress(period)),
            "status": self.status(today),
        }
        if self.is_leaf:
            current, best = self.streak(today)
            seen["streak"] = {"current": current, "best": best}
        return seen


class SlowTree:
    """One vision with its entries."""

    def __init__(self, vision: Json, entries: list[Json], week_start: int) -> None:
        self.week_start = week_start
        self.entries: dict[str, list[SlowEntry]] = {}
        for order, entry in enumerate(entries):
            value, skipped = entry.get("value"), bool(entry.get("skipped"))
            tick = None if skipped else Fraction(1)  # an entry of a check may leave its value out
            self.entries.setdefault(entry["node"], []).append(
                SlowEntry(date.fromisoformat(entry["date"]), order, tick if value is None else exact(value), skipped)
            )
        self.root = SlowNode(self, vision, None)
        self.nodes = {node.key: node for node in self.root.walk()}


class Slow:
    """All visions of a document, with the entries dated up to a day (default: all of them)."""

    def __init__(self, document: Json, up_to: date = date.max) -> None:
        week_start = document.get("owner", {}).get("week_start") or "monday"
        number = next(
            at for at, names in enumerate(zip(WEEKDAYS, LONG_WEEKDAYS, strict=True)) if str(week_start).lower() in names
        )
        entries = [e for e in document.get("entries") or [] if date.fromisoformat(e["date"]) <= up_to]
        self.trees = [SlowTree(vision, entries, number) for vision in document["visions"]]
        self.nodes = {key: node for tree in self.trees for key, node in tree.nodes.items()}

    def summary(self, today: date) -> Json:
        nodes = list(self.nodes.values())
        counting = [node for node in nodes if node.status(today) not in ("off", "inactive")]

        goals = [node for node in counting if "member" not in node.said]

        def mean_percent(level: str) -> int:
            shares = [node.progress(node.period(today)) for node in goals if node.level == level]
            return floor(100 * sum(shares, Fraction(0)) / len(shares)) if shares else 0

        def good(node: SlowNode) -> bool:
            return node.status(today) in ("done", "on_track")

        daily = [node for node in counting if node.is_leaf and node.level == "daily"]
        completed = sum(1 for node in daily if node.status(today) == "done")
        streaks = [node.streak(today) for node in nodes if node.is_leaf and node.status(today) != "inactive"]
        total = sum(current for current, _ in streaks)
        return {
            "daily": {
                "completed": completed,
                "total": len(daily),
                "rate": floor(Fraction(100 * completed, len(daily))) if daily else 0,
            },
            "weekly": {
                "progress": mean_percent("weekly"),
                "kpisOnTrack": sum(1 for node in goals if node.level == "weekly" and good(node)),
            },
            "monthly": {
                "progress": mean_percent("monthly"),
                "milestonesHit": sum(1 for n in goals if n.level == "monthly" and n.status(today) == "done"),
            },
            "quarterly": {
                "progress": mean_percent("quarterly"),
                "powerGoalsOnTrack": sum(1 for node in goals if node.kind == "power_goal" and good(node)),
            },
            "streaks": {
                "best": max((best for _, best in streaks), default=0),
                "average": float(Fraction(total, len(streaks))) if streaks else 0.0,
                "total": total,
            },
        }
