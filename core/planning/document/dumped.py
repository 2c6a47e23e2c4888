"""Numbers, schedules and terms as a goaltree/1 document writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from core.goals.model import WEEKDAY_NAMES
from core.goals.terms import DaySchedule, Terms
from core.values import exact


def dump_terms(history: Sequence[Terms]) -> list[dict[str, object]] | None:
    """Terms as a document writes them; None if the node's own fields are enough."""
    if len(history) == 1 and history[0].active:
        return None
    return [
        _dumped(terms, history[index - 1] if index and not terms.active else Terms(terms.since))
        for index, terms in enumerate(history)
    ]


def _dumped(terms: Terms, unsaid: Terms) -> dict[str, object]:
    """The parts of terms that differ from the defaults."""
    fields: dict[str, object] = {}
    if terms.since != date.min:
        fields["from"] = terms.since.isoformat()
    if terms.target != unsaid.target:
        fields["target"] = dump_number(terms.target)
    if terms.weight != unsaid.weight:
        fields["weight"] = dump_number(terms.weight)
    if terms.schedule != unsaid.schedule:
        fields |= dump_schedule(terms.schedule)
    return fields if terms.active else {**fields, "active": False}


def known(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields of an object that have a value."""
    return {name: value for name, value in fields.items() if value is not None}


def dump_number(value: Decimal | None) -> int | float | None:
    """A number that JSON writes digit for digit: a float is exact up to fifteen digits, and no value here has more."""
    if value is None:
        return None
    value = exact(value)
    return int(value) if value == value.to_integral_value() else float(value)


def dump_schedule(schedule: DaySchedule) -> dict[str, object]:
    """A schedule as fields of a document."""
    if schedule.every is not None:
        return {"every_days": schedule.every}
    if schedule.month_days:
        return {"month_days": sorted(schedule.month_days)}
    return {"weekdays": [WEEKDAY_NAMES[day] for day in sorted(schedule.weekdays)]}
