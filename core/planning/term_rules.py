"""The rules for the terms of a planned goal: targets, weights, schedules, limit and baseline. Each fault is placed at a
part of the node."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from core.errors import Fault, InvalidValue
from core.goals.model import Kind, Level, Measure, Strategy
from core.goals.terms import DaySchedule, Terms
from core.planning.plan import PlanNode
from core.values import exact

MOST_DAYS_APART = 366
"""A goal that is due less often should be yearly, or a target by a date."""

LONGEST_PAUSE = timedelta(days=366)
"""For a longer break a goal can be ended and resumed."""


def check_terms(node: PlanNode, vision: PlanNode) -> Iterator[Fault]:
    """The faults in all terms of a node."""
    if not node.terms:
        yield from _values(node, node.history[0], "")
        yield from _schedule(node, node.schedule, "")
    starts = node.starts_on or vision.starts_on
    for index, terms in enumerate(node.terms):
        part = f"terms[{index}]."
        yield from _values(node, terms, part)
        yield from _schedule(node, terms.schedule, part)
        if index and starts is not None and terms.since < starts:
            yield Fault(f"{part}from", "terms_before_start", since=terms.since, starts=starts)
    if any(later.since <= earlier.since for earlier, later in pairwise(node.terms)):
        yield Fault("terms", "terms_unordered")


def _values(node: PlanNode, terms: Terms, part: str) -> Iterator[Fault]:
    if fault := _unfit(f"{part}weight", terms.weight):
        yield fault
    elif terms.weight < 0:
        yield Fault(f"{part}weight", "weight_negative")
    if terms.target is not None:
        yield from _target(node, terms.target, f"{part}target")


def _target(node: PlanNode, target: Decimal, part: str) -> Iterator[Fault]:
    if fault := _unfit(part, target):
        yield fault
    elif node.baseline is None and target < 0 and node.is_limit:
        yield Fault(part, "limit_negative", target=target)
    elif node.baseline is None and target <= 0 and not node.is_limit:
        yield Fault(part, "target_not_positive", target=target)
    elif node.is_check and target % 1:
        yield Fault(part, "target_not_whole")


def _unfit(part: str, value: object) -> Fault | None:
    try:
        exact(value)  # type: ignore[arg-type]
    except InvalidValue as refused:
        return Fault(part, refused.code, **refused.values)
    return None


def _schedule(node: PlanNode, schedule: DaySchedule, part: str) -> Iterator[Fault]:
    if not schedule.weekdays:
        yield Fault(f"{part}weekdays", "no_weekdays")
    elif not schedule.is_every_day and node.level is not Level.DAILY:
        yield Fault(f"{part}weekdays", "weekdays_not_daily", level=node.level)
    elif schedule.every is not None and not 1 <= schedule.every <= MOST_DAYS_APART:
        yield Fault(f"{part}every_days", "every_days_unfit", most=MOST_DAYS_APART)
    elif any(not 1 <= day <= 31 for day in schedule.month_days):
        yield Fault(f"{part}month_days", "month_day_unfit")


def check_limit(node: PlanNode) -> Iterator[Fault]:
    """The faults of a goal with a direction."""
    if not node.is_limit:
        return
    if node.each is not None:
        if node.strategy is Strategy.SUM:
            yield Fault("direction", "limit_of_a_sum")
    elif not node.is_leaf:
        yield Fault("direction", "limit_on_parent")
    is_number = (node.each.measure if node.each else node.measure) is Measure.NUMBER
    if is_number and any(terms.active and terms.target is None for terms in node.history):
        yield Fault("target", "limit_without_target")


def check_baseline(node: PlanNode) -> Iterator[Fault]:
    """The faults of a goal with a baseline."""
    if node.baseline is None:
        return
    targets = [terms.target for terms in node.history]
    if fault := _unfit("baseline", node.baseline):
        yield fault
    elif node.kind in (Kind.KPI, Kind.VISION):
        yield Fault("baseline", "baseline_not_on_target")
    elif not node.is_leaf or node.measure is not Measure.NUMBER:
        yield Fault("baseline", "baseline_on_other")
    elif node.is_limit:
        yield Fault("baseline", "baseline_on_limit")
    elif None in targets:
        yield Fault("target", "baseline_without_target")
    elif node.baseline in targets:
        yield Fault("baseline", "baseline_is_target", baseline=node.baseline)


def check_range(node: PlanNode, vision: PlanNode) -> Iterator[Fault]:
    """The fault of a target without a deadline."""
    ends: date | None = node.ends_on or vision.ends_on
    if node.kind is Kind.TARGET and ends is None:
        yield Fault("ends_on", "target_without_end")


def check_pauses(node: PlanNode) -> Iterator[Fault]:
    """The faults of a goal's days off."""
    for one in node.pauses:
        yield from check_days_off(one.first, one.last, "pauses")


def check_days_off(first: date, last: date, part: str) -> Iterator[Fault]:
    """The fault of days off in a part."""
    if last < first:
        yield Fault(part, "pause_ends_before", first=first, last=last)
    elif last - first >= LONGEST_PAUSE:
        yield Fault(part, "pause_too_long", days=LONGEST_PAUSE.days)
