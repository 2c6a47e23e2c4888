"""design.md §2 computed again, slowly and plainly, straight from a document (goaltree/1) and its entries.

Nothing of `core` is used, so that the engine and its cache can be held against it. Fractions throughout: no rounding.
Where the page is silent, this is what is meant:

- terms say all that is asked from their day on: what they leave out is the default (no target, weight 1, every day,
  active). But a field that none of a node's terms names holds throughout as the node itself says it, and terms that
  end a goal keep the target, weight and schedule before them;
- a check counts a day once: the last tick of the day decides, and the value 0 takes it back;
- a sum holds every entry dated inside the period, skipped or not, active or not, of every leaf that adds to it and
  whose path up to there has only weights above 0 at the period's end;
- a vision without a start or an end is seen by the quarter, or by the year;
- a parent none of whose children has a rate stands at 0;
- a period of a parent all of whose days are paused counts if it has any progress;
- a limit holds in full in every period, also in one that is not wholly open; of a period whose days are all paused, an
  entry proves all;
- nothing expected is reached by anything above zero;
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
from math import ceil, floor
from typing import Any

Json = dict[str, Any]
Span = tuple[date, date]

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
LONG_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SCHEDULES = ("weekdays", "every_days", "month_days")
DAY = timedelta(days=1)


@cache
def days(span: Span) -> list[date]:
    return [span[0] + timedelta(days=ahead) for ahead in range((span[1] - span[0]).days + 1)]


@cache
def calendar_period(level: str, on: date, week_start: int) -> Span:
    """Walk to the first and the last day of the period: slow, and hard to get wrong."""

    def starts(day: date) -> bool:
        if level == "daily":
            return True
        if level == "weekly":
            return day.weekday() == week_start
        months = {"monthly": range(1, 13), "quarterly": (1, 4, 7, 10), "yearly": (1,)}[level]
        return day.day == 1 and day.month in months

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


def decimals(number: Fraction) -> int:
    """How many decimal places a number takes."""
    return next(places for places in range(30) if (number * 10**places).denominator == 1)


def held(progress: Fraction) -> Fraction:
    return min(Fraction(1), max(Fraction(0), progress))


@dataclass
class OracleEntry:
    on: date
    order: int
    value: Fraction | None
    skipped: bool


class OracleNode:
    """A node of one vision. Every figure is computed from the entries."""

    def __init__(self, oracle: OracleTree, said: Json, parent: OracleNode | None) -> None:
        self.oracle, self.said, self.parent = oracle, said, parent
        self.key: str = said["key"]
        self.kind: str = said.get("kind") or ("kpi" if parent else "vision")
        self.level: str = said.get("level") or LEVEL_OF_KIND[self.kind]
        self.children = [OracleNode(oracle, child, self) for child in said.get("children") or []]
        self.each = "each" in said
        self.is_leaf = not self.children and self.kind != "vision" and not self.each
        self.check = (said.get("measure") or "check") == "check"
        self.strategy = said.get("strategy") or "average"
        self.is_limit = said.get("direction") == "at_most"
        self.baseline = None if said.get("baseline") is None else exact(said["baseline"])
        self.aggregate = said.get("aggregate") or ("sum" if self.baseline is None else "last")
        self.terms = list(self._terms())
        # What was computed before: the entries do not change.
        self._progress: dict[Span, Fraction | None] = {}
        self._counts: dict[Span, bool] = {}

    def _terms(self) -> Iterator[Json]:
        """Each with all its fields, oldest first."""
        defaults: Json = {"target": None, "weight": 1, "schedule": None}

        def fields(said: Json) -> Json:
            found: Json = {}
            found |= {name: said[name] for name in ("target", "weight") if name in said}
            for name in SCHEDULES:
                if said.get(name) is not None:
                    found["schedule"] = (name, said[name])
            return found

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

    def walk(self) -> Iterator[OracleNode]:
        yield self
        for child in self.children:
            yield from child.walk()

    @cached_property
    def entries(self) -> list[OracleEntry]:
        own = self.oracle.entries.get(self.key, [])
        return sorted(own, key=lambda entry: (entry.on, entry.order))

    def entries_in(self, span: Span) -> list[OracleEntry]:
        return [entry for entry in self.entries if span[0] <= entry.on <= span[1]]

    # Days

    @cached_property
    def lasts(self) -> Span:
        vision = self.oracle.root_said
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
            for pause in self.oracle.pauses
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

    # Periods

    def period(self, on: date) -> Span:
        if self.level == "range":
            return self.lasts
        if self.level == "vision":
            vision = self.oracle.root_said
            starts, ends = day_of(vision.get("starts_on")), day_of(vision.get("ends_on"))
            if starts and ends:
                return starts, ends
            level = "yearly" if self.oracle.has_yearly else "quarterly"
            return calendar_period(level, on, self.oracle.week_start)
        return calendar_period(self.level, on, self.oracle.week_start)

    def is_own(self, period: Span) -> bool:
        """Whether it is a period of the node, skipped or not."""
        active = self.active_days(period)
        if not active or (self.level == "daily" and not self.is_scheduled(period[0])):
            return False
        if self.each:
            return any(child.is_own(period) for child in self.children)
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

    def day_of_belonging(self, period: Span) -> date | None:
        """The day that says to which coarser window a period belongs."""
        if self.level == "range":
            return period[1]
        active = self.active_days(period)
        return active[(len(active) - 1) // 2] if active else None

    def periods_in(self, window: Span) -> list[Span]:
        """The node's own counting periods that belong to the window."""
        found = sorted({self.period(day) for day in (*days(window), window[0] - DAY, window[1] + DAY)})
        return [
            period
            for period in found
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
        """What is shown as the target."""
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

    def known(self, span: Span) -> list[OracleEntry]:
        return [entry for entry in self.entries_in(span) if not entry.skipped and entry.value is not None]

    def values_in(self, span: Span) -> list[Fraction]:
        return [entry.value for entry in self.known(span) if entry.value is not None]

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

    def leaves(self) -> list[OracleNode]:
        return [node for node in self.walk() if node.is_leaf]

    def adds_its(self, unit: str | None) -> bool:
        same = (self.said.get("unit") or "").casefold() == (unit or "").casefold()
        return self.is_number and self.aggregate == "sum" and same

    @cached_property
    def adding(self) -> list[OracleNode]:
        """The leaves that add to this sum."""
        if self.each:
            return self.leaves()
        measured = [leaf for leaf in self.leaves() if leaf.adds_its(self.said.get("unit"))]
        if measured or self.each_adds():
            return measured
        return [leaf for leaf in self.leaves() if leaf.check]

    def each_adds(self) -> bool:
        """Whether something below is measured by each one in this sum's unit, also before anyone has joined."""
        for node in self.walk():
            if node.each and node is not self and node.said["each"].get("measure") == "number":
                same = (node.said.get("unit") or "").casefold() == (self.said.get("unit") or "").casefold()
                if same and (node.said["each"].get("aggregate") or "sum") == "sum":
                    return True
        return False

    def is_weighed(self, leaf: OracleNode, on: date) -> bool:
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
            found = Fraction(0)
            for leaf in self.adding:
                if self.is_weighed(leaf, period[1]):
                    found += leaf.days_ticked(period) if leaf.check else sum(leaf.values_in(period), Fraction(0))
            return found
        if self.strategy == "count":
            return Fraction(sum(1 for _, rate in self.rated(period) if rate == 1))
        progress = self.progress(period)
        assert progress is not None
        return 100 * progress

    def rated(self, window: Span) -> list[tuple[Fraction, Fraction]]:
        """Weight and rate of every child that counts and has a rate in the window."""
        found = []
        for child in self.children:
            weight = exact(child.terms_on(window[1])["weight"])
            rate = child.rate(window) if weight > 0 else None
            if rate is not None:
                found.append((weight, rate))
        return found

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
        if expected is None:  # a tick is one, as far as any of it is open
            expected = target if not self.is_flow() or self.open_days(period) else Fraction(0)
        return self._share(value, expected)

    def rate(self, window: Span) -> Fraction | None:
        found = [self.progress(period) for period in self.periods_in(window)]
        shares = [progress for progress in found if progress is not None]
        return sum(shares, Fraction(0)) / len(shares) if shares else None

    # Seen on a day

    def status(self, today: date) -> str:
        period = self.period(today)
        if not self.is_active(today):
            return "inactive"
        if self.is_paused(today) or not self.counts(period):
            return "off"
        progress = self.progress(period)
        if progress is None:
            return "tracked"
        if progress == 0 and not self.expects(period):
            return "off"
        open_days = self.open_days(period)
        if self.is_limit and self.is_leaf:
            return self._limit_status(period, open_days, today)
        if progress == 1:
            return "done"
        ended = sum(1 for day in open_days if day < today)
        pace = Fraction(ended, len(open_days)) if open_days else Fraction(0)
        if progress >= pace:
            return "on_track"
        return "at_risk" if progress >= Fraction(7, 10) * pace else "behind"

    def expects(self, window: Span) -> bool:
        """Whether a parent of rates has a child that weighs and has a period there to be met, skipped or not."""
        weighed = [child for child in self.children if exact(child.terms_on(window[1])["weight"]) > 0]
        if not weighed or self.strategy == "sum":
            return True
        return any(child.is_due_in(window) for child in weighed)

    def is_due_in(self, window: Span) -> bool:
        """Whether a period of the node that belongs to a window is to be met, skipped or not."""
        periods = {self.period(day) for day in (*days(window), window[0] - DAY, window[1] + DAY)}
        belonging = [(period, day) for period in periods if (day := self.day_of_belonging(period))]
        return any(window[0] <= day <= window[1] and self._is_due(period) for period, day in belonging)

    def _is_due(self, period: Span) -> bool:
        if self.is_tracked(period) or (self.level == "daily" and not self.is_scheduled(period[0])):
            return False
        if self.each:
            return any(child._is_due(period) for child in self.children) and self._has_open(period)
        return self._has_open(period)

    def _has_open(self, period: Span) -> bool:
        return any(not self.is_paused(day) for day in self.active_days(period))

    def _limit_status(self, period: Span, open_days: list[date], today: date) -> str:
        value, target = self.value(period), self.target(period)
        if target is None:
            target = Fraction(1)
        if value is not None and value > target:
            return "behind"
        if value is not None and not any(day > today for day in open_days):
            return "done"
        so_far = sum(1 for day in open_days if day <= today)
        allowed = target * Fraction(so_far, len(open_days)) if open_days else target
        return "on_track" if (value or Fraction(0)) <= allowed else "at_risk"

    def has_streak(self, today: date) -> bool:
        return self.is_leaf and self.level != "range" and not self.is_tracked(self.period(today))

    def streak(self, today: date) -> tuple[int, int]:
        """(current, best) in own periods up to the one that holds today."""
        starts = max(self.lasts[0], min((entry.on for entry in self.entries), default=today))
        series: list[bool] = []
        for period in sorted({self.period(day) for day in days((min(starts, self.period(starts)[0]), today))}):
            progress = self.progress(period)
            if not self.counts(period) or progress is None:
                continue
            if progress == 1 or not period[0] <= today <= period[1]:
                series.append(progress == 1)
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
            "targetValue": self.expected(period),
            "progressPercentage": floor(100 * (self.progress(period) or 0)),
            "status": self.status(today),
        }
        if self.has_streak(today):
            current, best = self.streak(today)
            seen["streak"] = {"current": current, "best": best}
        return seen


class OracleTree:
    """One vision with its entries."""

    def __init__(self, vision: Json, entries: list[Json], week_start: int, pauses: list[Json]) -> None:
        self.week_start, self.pauses, self.root_said = week_start, pauses, vision
        self.entries: dict[str, list[OracleEntry]] = {}
        for order, entry in enumerate(entries):
            value, skipped = entry.get("value"), bool(entry.get("skipped"))
            tick = None if skipped else Fraction(1)  # an entry of a check may leave its value out
            self.entries.setdefault(entry["node"], []).append(
                OracleEntry(date.fromisoformat(entry["date"]), order, tick if value is None else exact(value), skipped)
            )
        self.root = OracleNode(self, vision, None)
        self.nodes = {node.key: node for node in self.root.walk()}
        self.has_yearly = any(node.level == "yearly" for node in self.root.walk())


class Oracle:
    """All visions of a document, with the entries dated up to a day (default: all of them)."""

    def __init__(self, document: Json, up_to: date = date.max) -> None:
        week_start = document.get("owner", {}).get("week_start") or "monday"
        number = next(
            at for at, names in enumerate(zip(WEEKDAYS, LONG_WEEKDAYS, strict=True)) if str(week_start).lower() in names
        )
        entries = [e for e in document.get("entries") or [] if date.fromisoformat(e["date"]) <= up_to]
        pauses = document.get("pauses") or []
        self.trees = [OracleTree(vision, entries, number, pauses) for vision in document["visions"]]
        self.nodes = {key: node for tree in self.trees for key, node in tree.nodes.items()}

    def summary(self, today: date) -> Json:
        nodes = list(self.nodes.values())
        counting = [node for node in nodes if node.status(today) not in ("off", "inactive", "tracked")]
        goals = [node for node in counting if "member" not in node.said]

        def mean_percent(level: str) -> int:
            shares = [node.progress(node.period(today)) or Fraction(0) for node in goals if node.level == level]
            return floor(100 * sum(shares, Fraction(0)) / len(shares)) if shares else 0

        def good(node: OracleNode) -> bool:
            return node.status(today) in ("done", "on_track")

        def of_level(level: str) -> Json:
            on_track = sum(1 for node in goals if node.level == level and good(node))
            return {"progress": mean_percent(level), "kpisOnTrack": on_track}

        daily = [node for node in counting if node.is_leaf and node.level == "daily"]
        completed = sum(1 for node in daily if node.progress(node.period(today)) == 1)
        streaks = [node.streak(today) for node in nodes if node.has_streak(today) and node.is_active(today)]
        total = sum(current for current, _ in streaks)
        return {
            "daily": {
                "completed": completed,
                "total": len(daily),
                "rate": floor(Fraction(100 * completed, len(daily))) if daily else 0,
            },
            "weekly": of_level("weekly"),
            "monthly": {
                "progress": mean_percent("monthly"),
                "milestonesHit": sum(1 for n in goals if n.level == "monthly" and n.status(today) == "done"),
            },
            "quarterly": {
                "progress": mean_percent("quarterly"),
                "powerGoalsOnTrack": sum(1 for node in goals if node.kind == "power_goal" and good(node)),
            },
            "yearly": of_level("yearly"),
            "streaks": {
                "best": max((best for _, best in streaks), default=0),
                "average": float(Fraction(total, len(streaks))) if streaks else 0.0,
                "total": total,
            },
        }
