"""The terms of a node in a goaltree/1 document: its own fields, `terms`, and the `targets` of earlier exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from core.errors import Fault
from core.goals.terms import ALL_WEEK, DaySchedule, Terms
from core.planning.document.schema import NodeFields, ScheduleFields, TargetFields, TermsFields

_SCHEDULES = ("weekdays", "every_days", "month_days")


def read_terms(fields: NodeFields, place: str, faults: list[Fault]) -> tuple[Terms, ...]:
    """All terms of a node, oldest first; adds faults for contradictions.

    Terms are complete: a field that they leave out has its default (no target, weight 1, every day, active). With three
    exceptions: a field that none of them names is the node's own throughout; the node's own fields complete the last
    terms; and terms that end the goal keep everything else.
    """
    faults.extend(_schedule_faults(fields, place))
    own = _parts(fields)
    if fields.terms is not None and fields.targets is not None:
        faults.append(Fault(f"{place}.targets", "terms_and_targets"))
    history: Sequence[TermsFields | TargetFields] = fields.terms or fields.targets or ()
    if not history:
        return (Terms(date.min, **own),)
    name = "terms" if fields.terms else "targets"
    for index, terms in enumerate(history):
        faults.extend(_history_faults(terms, index, f"{place}.{name}[{index}]"))
    read = tuple(_completed(own, history))
    faults.extend(_differences(fields, own, read[-1], place))
    return read


def _differences(fields: NodeFields, own: Mapping[str, Any], last: Terms, place: str) -> Iterator[Fault]:
    """The node's own fields that contradict its last terms."""
    for part, value in own.items():
        if getattr(last, part) != value:
            yield Fault(f"{place}.{_field(fields, part)}", "terms_differ" if fields.terms else "targets_differ")


def _history_faults(terms: TermsFields | TargetFields, index: int, place: str) -> Iterator[Fault]:
    if isinstance(terms, TermsFields):
        yield from _schedule_faults(terms, place)
    if terms.since is None and index:
        yield Fault(f"{place}.from", "terms_without_from")
    elif terms.since is not None and not index:
        yield Fault(f"{place}.from", "terms_start" if isinstance(terms, TermsFields) else "targets_start")


def _completed(own: Mapping[str, Any], history: Sequence[TermsFields | TargetFields]) -> Iterator[Terms]:
    said = [_parts(terms) for terms in history]
    named = {part for parts in said for part in parts}
    before = Terms(**{part: value for part, value in own.items() if part not in named})
    always = before
    for index, (terms, parts) in enumerate(zip(history, said, strict=True)):
        active = getattr(terms, "active", True)
        if index == len(said) - 1:
            parts = {**own, **parts}
        before = replace(always if active else before, since=terms.since or date.min, active=active, **parts)
        yield before


def _parts(fields: Any) -> dict[str, Any]:
    """The parts of terms that an object has."""
    said: dict[str, Any] = {}
    if "target" in fields.model_fields_set:
        said["target"] = fields.target
    if getattr(fields, "weight", None) is not None:
        said["weight"] = fields.weight
    if isinstance(fields, ScheduleFields) and any(getattr(fields, name) is not None for name in _SCHEDULES):
        said["schedule"] = DaySchedule(
            ALL_WEEK if fields.weekdays is None else frozenset(fields.weekdays),
            fields.every_days,
            frozenset(fields.month_days or ()),
        )
    return said


def _schedule_faults(fields: ScheduleFields, place: str) -> Iterator[Fault]:
    named = [name for name in _SCHEDULES if getattr(fields, name) is not None]
    if len(named) > 1:
        yield Fault(f"{place}.{named[1]}", "two_schedules")
    elif fields.month_days is not None and not fields.month_days:
        yield Fault(f"{place}.month_days", "month_day_unfit")


def _field(fields: ScheduleFields, part: str) -> str:
    if part != "schedule":
        return part
    return next(name for name in _SCHEDULES if getattr(fields, name) is not None)
