"""Beeminder, goals with their datapoints as its API gives them (api.beeminder.com)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from core.goals.model import Aggregate, Level
from core.goals.terms import EVERY_DAY, DaySchedule
from core.importing.fields import day, elements, instant_of_ms, number, objects, text, truth, whole
from core.importing.format import Format
from core.importing.opening import Json
from core.importing.options import Options
from core.importing.reading import FileReading, Habit

_LEVELS = {"d": Level.DAILY, "w": Level.WEEKLY, "m": Level.MONTHLY, "y": Level.YEARLY}
_AGGREGATES = {
    "last": Aggregate.LAST,
    "max": Aggregate.MAX,
    "min": Aggregate.MIN,
    "mean": Aggregate.AVERAGE,
    "average": Aggregate.AVERAGE,
    "count": Aggregate.COUNT,
}
_WORKDAYS = frozenset(range(5))
_FLOWS = ("hustler", "drinker")
"""Kinds whose values are added up, with a rate for each period: do more, and do less."""
_MOST_TARGETS = 900


def _goals(value: object) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        value = value.get("goals") if "goals" in value else [value]
    return [goal for goal in objects(value) if "slug" in goal]


def _recognises(json: Json) -> bool:
    return any("datapoints" in goal or "goal_type" in goal for goal in _goals(json.value))


def _read(json: Json, options: Options) -> FileReading:
    reading = FileReading(options.entries)
    for goal in _goals(json.value):
        slug = text(goal["slug"])
        reading.add(_habit(goal, slug, reading))
        for point in objects(goal.get("datapoints")):
            _take(reading, slug, point)
        reading.remark("without_datapoints", "datapoints" not in goal, title=slug)
    return reading


def _habit(goal: dict[str, Any], slug: str, reading: FileReading) -> Habit:
    title = text(goal.get("title")) or slug
    unit = text(goal.get("gunits"))
    if text(goal.get("goal_type")) in _FLOWS or truth(goal.get("kyoom")):
        return _flow(goal, slug, title, reading)
    is_odometer = truth(goal.get("odom"))
    aggregate = Aggregate.LAST if is_odometer else _AGGREGATES.get(text(goal.get("aggday")))
    noted = Habit(slug, title, True, unit=unit, aggregate=aggregate, starts_on=_day_of(goal.get("initday")))
    baseline, target = number(goal.get("initval")), number(goal.get("goalval"))
    ends = _day_of(goal.get("goaldate"))
    if is_odometer or ends is None or baseline == target or None in (baseline, target):
        reading.remark("only_noted", title=title)
        return noted
    return replace(noted, aggregate=aggregate or Aggregate.LAST, baseline=baseline, target=target, ends_on=ends)


def _flow(goal: dict[str, Any], slug: str, title: str, reading: FileReading) -> Habit:
    """A goal of an amount per period, at least or at most, with its past rates."""
    unit = text(goal.get("runits"))
    if unit not in _LEVELS:
        reading.remark("period_changed", title=title, days=1, level=Level.DAILY)
    level = _LEVELS.get(unit, Level.DAILY)
    rate = number(goal.get("rate"))
    factor = Decimal(24) if unit == "h" else Decimal(1)
    targets = _rates(goal, factor)
    target = None if rate is None else abs(rate) * factor
    is_limit = whole(goal.get("yaw")) == -1 and (target is not None or bool(targets))
    if is_limit:
        reading.remark("limit_needs_word", title=title)
    aggregate = _AGGREGATES.get(text(goal.get("aggday")))
    return Habit(
        slug,
        title,
        is_number=True,
        level=level,
        target=target,
        targets=targets,
        schedule=DaySchedule(_WORKDAYS) if truth(goal.get("weekends_off")) and level is Level.DAILY else EVERY_DAY,
        unit=text(goal.get("gunits")),
        is_limit=is_limit,
        aggregate=aggregate,
        starts_on=_day_of(goal.get("initday")),
    )


def _rates(goal: dict[str, Any], factor: Decimal) -> tuple[tuple[date, Decimal | None], ...]:
    """The rates of the road: each row ends a stretch of it, so its rate holds from the row before on."""
    rates: list[tuple[date, Decimal | None]] = []
    since: date | None = None
    for row in elements(goal.get("fullroad"))[-_MOST_TARGETS:]:
        if not isinstance(row, list) or len(row) != 3:
            return ()
        ends, rate = _day_of(row[0]), number(row[2])
        # The first row is where the road begins, and has no stretch before it.
        if since is not None and rate is not None:
            rates.append((since, abs(rate) * factor))
        since = ends or since
    return tuple(rates)


def _day_of(seconds: object) -> date | None:
    since_epoch = number(seconds)
    instant = None if since_epoch is None else instant_of_ms(since_epoch * 1000)
    return instant.date() if instant else None


def _take(reading: FileReading, slug: str, point: dict[str, Any]) -> None:
    on, value, note = day(point.get("daystamp")), number(point.get("value")), text(point.get("comment"))
    if truth(point.get("is_dummy")) or "#DERAIL" in note:
        reading.no_entry("computed")
    elif truth(point.get("is_initial")):
        reading.no_entry("initial_values")
    elif on is None or value is None:
        reading.no_entry("rows_damaged")
    else:
        reading.mark(slug, on, value, note)


FORMAT = Format("beeminder", "Beeminder", _recognises, _read)
