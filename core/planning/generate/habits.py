"""Recurring aims: an amount or a tick every day, week, month, quarter or year, a limit, or a tracked number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from core.goals.model import Direction, Kind, Level, Measure, Strategy
from core.goals.periods import DAY, period_of
from core.goals.terms import EVERY_DAY, DaySchedule, Terms
from core.planning.generate.aim import Aim, PlanTitles
from core.planning.generate.cascade import with_terms
from core.planning.generate.shares import GROWS_FOR, rounded_up
from core.planning.plan import PlanNode
from core.values import decimals_of

_PERIODS_IN = {Level.YEARLY: {Level.MONTHLY: 12, Level.QUARTERLY: 4}, Level.QUARTERLY: {Level.MONTHLY: 3}}
"""How many shorter periods exactly fill one, the shortest first."""


def habit(aim: Aim, titles: PlanTitles, today: date, week_start: int) -> tuple[PlanNode, ...]:
    """The goals below the vision for a recurring aim."""
    leaf = recurring(aim)
    if aim.direction is Direction.AT_MOST or aim.is_tracked or aim.amount is None:
        return (leaf,)
    if leaf.level is Level.WEEKLY and aim.schedule != EVERY_DAY:
        return (on_weekdays(aim, titles.whole),)
    if aim.ramp and aim.takes_ramp:
        return (with_terms(leaf, _growing(aim, aim.amount, today, week_start)),)
    return (_divided(aim, leaf, titles),)


def recurring(aim: Aim) -> PlanNode:
    """The recurring goal that is logged."""
    level = aim.each or Level.DAILY
    is_number = _is_number(aim, level)
    once = aim.counts_ticks and aim.amount == 1
    return PlanNode(
        title=aim.goal,
        kind=Kind.KPI,
        level=level,
        measure=Measure.NUMBER if is_number else Measure.CHECK,
        aggregate=aim.aggregate,
        unit=aim.unit if is_number else None,
        direction=aim.direction,
        target=None if once else aim.amount,
        schedule=aim.schedule if level is Level.DAILY else EVERY_DAY,
    )


def _is_number(aim: Aim, level: Level) -> bool:
    """Whether a number is logged. "Three times a day" is a number, since a day has only one tick."""
    if aim.counts_ticks and not aim.is_tracked:
        return level is Level.DAILY and aim.amount != 1
    return aim.is_tracked or aim.amount is not None


def on_weekdays(aim: Aim, title: str) -> PlanNode:
    """A week's amount on some of its days: a daily share below a sum with this `title`."""
    leaf = recurring(aim)
    amount, days = aim.amount or Decimal(0), len(aim.schedule.weekdays)
    daily = replace(leaf, level=Level.DAILY, schedule=aim.schedule, target=None)
    if aim.counts_ticks and amount <= days:
        return daily if amount == days else leaf
    day = rounded_up(amount / days, max(decimals_of(amount), 1 if aim.is_divisible else 0))
    return PlanNode(
        title=title,
        kind=Kind.KPI,
        level=Level.WEEKLY,
        strategy=Strategy.SUM,
        unit=aim.unit,
        target=amount,
        children=(replace(daily, measure=Measure.NUMBER, unit=aim.unit, target=day),),
    )


def _growing(aim: Aim, amount: Decimal, today: date, week_start: int) -> list[Terms]:
    """The growing amount of each week, rounded at the amount's own decimal place, until the end or for a year."""
    start = period_of(Level.WEEKLY, aim.starts_on or today, week_start).start
    place, growth = Decimal(1).scaleb(-decimals_of(amount)), 1 + aim.ramp / 100
    terms = []
    for week in range(GROWS_FOR + 1):
        since = start + 7 * week * DAY
        if aim.ends_on is None or since <= aim.ends_on:
            target = (amount * growth**week).quantize(place, ROUND_HALF_UP)
            terms.append(Terms(since, max(target, place), schedule=_schedule(aim)))
    return terms


def _schedule(aim: Aim) -> DaySchedule:
    return aim.schedule if aim.each is Level.DAILY else EVERY_DAY


def _divided(aim: Aim, leaf: PlanNode, titles: PlanTitles) -> PlanNode:
    """A year's or quarter's amount in shorter periods, if it can be divided without remainder."""
    amount = aim.amount or Decimal(0)
    units = amount.scaleb(decimals_of(amount))
    for level, count in _PERIODS_IN.get(leaf.level, {}).items():
        if units % count == 0 and leaf.target is not None:
            is_number = leaf.measure is Measure.NUMBER
            part = replace(leaf, level=level, target=amount / count)
            unit = aim.unit if is_number else "times"
            return replace(
                leaf,
                title=titles.whole,
                measure=None,
                aggregate=None,
                unit=unit,
                strategy=Strategy.SUM,
                children=(part,),
            )
    return leaf
