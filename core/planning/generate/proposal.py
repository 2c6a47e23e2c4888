"""Makes a proposed tree from an aim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from decimal import Decimal

from core.errors import Fault, InvalidPlan
from core.goals.model import Kind, Level
from core.goals.periods import Period, period_of
from core.planning.generate.aim import Aim, PlanTitles
from core.planning.generate.cascade import cascade
from core.planning.generate.goal import way
from core.planning.generate.habits import habit
from core.planning.generate.load import is_a_lot
from core.planning.generate.shares import AmountShare, PeriodPart, rounded_up
from core.planning.plan import PlanNode
from core.planning.rules import check
from core.records import record

LONGEST_SPAN = 50
"""The most years over which an amount is split."""
MOST_RAMP, LEAST_RAMP = Decimal(50), Decimal(-20)
"""The range, in percent, by which a week may ask more or less than the one before."""
A_MONTH = 31
"""Days within which an open aim needs no steps."""


@record
class Proposal:
    """A proposed tree, with facts for the reply. `parts` has the amounts of each level's periods; `a_day` is what every
    available day needs. `assumed_end`: the person named no end."""

    aim: Aim
    plan: PlanNode
    parts: Mapping[Level, Sequence[PeriodPart]] = field(default_factory=dict)
    a_day: Decimal | None = None
    is_a_lot: bool = False
    assumed_end: bool = False


def propose(aim: Aim, titles: PlanTitles, today: date, week_start: int = 0) -> Proposal:
    """The tree of an aim, and how its amount is split. Raises `InvalidPlan` with every fault of the aim."""
    aim, assumed = _dated(aim, today)
    _refuse(aim, today)
    vision = PlanNode(
        title=aim.title, kind=Kind.VISION, level=Level.VISION, starts_on=aim.starts_on or today, ends_on=aim.ends_on
    )
    parts: Mapping[Level, Sequence[PeriodPart]] = {}
    a_day = None
    if aim.is_total:
        share = share_of(aim, today, week_start)
        children, parts = cascade(aim, share, titles)
        a_day = share.amount / share.available
    elif aim.is_open:
        children = _open(aim, titles, today)
    elif aim.needs_end:
        children = (way(aim),)
    else:
        children = habit(aim, titles, today, week_start)
        a_day = aim.amount if aim.each is Level.DAILY and not aim.is_tracked else None
    plan = replace(vision, children=children)
    check(plan)
    lot = a_day is not None and is_a_lot(a_day, aim.unit)
    return Proposal(aim, plan, parts, None if a_day is None else _shown(a_day, aim), lot, assumed)


def share_of(aim: Aim, today: date, week_start: int) -> AmountShare:
    """The rest of an aim's amount, over the available days."""
    if aim.amount is None or aim.ends_on is None:
        raise ValueError("only an amount by a date is split")
    days = Period(aim.starts_on or today, aim.ends_on)
    return AmountShare(aim.amount - aim.done, days, aim.schedule, week_start, aim.ramp)


def _shown(a_day: Decimal, aim: Aim) -> Decimal:
    """The amount for a day as a readable number."""
    return rounded_up(a_day, 1 if a_day < 10 else 0) if aim.is_total else a_day


def _dated(aim: Aim, today: date) -> tuple[Aim, bool]:
    """The aim with an end if it needs one, and whether that was assumed: in a year, at the end of a month, so that its
    last periods are whole."""
    if aim.starts_on is not None and aim.starts_on <= today:
        aim = replace(aim, starts_on=None)
    if aim.ends_on is not None or not aim.needs_end:
        return aim, False
    first = aim.starts_on or today
    month_on = period_of(Level.MONTHLY, date(first.year + 1, first.month, 1))
    return replace(aim, ends_on=month_on.end), True


def _refuse(aim: Aim, today: date) -> None:
    if faults := [fault.at(fault.place or f"“{aim.title}”") for fault in _faults(aim, today)]:
        raise InvalidPlan(faults)


def _faults(aim: Aim, today: date) -> list[Fault]:
    span = _fault_of_span(aim, aim.starts_on or today, today)
    return [*([] if span is None else [span]), *_faults_of_amount(aim)]


def _fault_of_span(aim: Aim, first: date, today: date) -> Fault | None:
    last = aim.ends_on
    if last is None:
        return None
    if last < first:
        return Fault("", "day_passed", today=today) if last < today else _swapped(first, last)
    if not aim.is_total:
        return None
    if last.year - first.year > LONGEST_SPAN:
        return Fault("", "span_too_long", years=LONGEST_SPAN)
    return None if aim.schedule.count(first, last, first) else Fault("", "no_day_for_it")


def _faults_of_amount(aim: Aim) -> list[Fault]:
    faults = []
    if aim.is_total and aim.amount is not None and aim.amount > 0 and aim.done >= aim.amount:
        faults.append(Fault("", "nothing_left", amount=aim.amount))
    if not LEAST_RAMP <= aim.ramp <= MOST_RAMP:
        faults.append(Fault("", "ramp_unfit", least=LEAST_RAMP, most=MOST_RAMP))
    if aim.amount is not None and aim.amount <= 0 and aim.is_total:
        faults.append(Fault("", "target_not_positive", target=aim.amount))
    return faults


def _swapped(starts: date, ends: date) -> Fault:
    return Fault("", "ends_before_start", ends=ends, starts=starts)


def _open(aim: Aim, titles: PlanTitles, today: date) -> tuple[PlanNode, ...]:
    """The goals of an open aim: one tick if it is due within a month, else steps that are still to be named."""
    days = None if aim.ends_on is None else (aim.ends_on - (aim.starts_on or today)).days + 1
    if days is not None and days <= A_MONTH:
        return (PlanNode(title=aim.goal, kind=Kind.TARGET, level=Level.RANGE),)
    return tuple(PlanNode(title=title, kind=Kind.KPI, level=level) for level, title in titles.steps.items())
