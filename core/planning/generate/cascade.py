"""An amount by a date as a chain of goals: the whole, then years, quarters, months and weeks, then a day's share.

The chain has one goal per level. The parts of a level differ a little (or by a ramp), so each goal has a history of
terms. The parts of a level add up to the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.goals.model import Kind, Level, Measure, Strategy
from core.goals.periods import Period
from core.goals.terms import EVERY_DAY, Terms, simplified
from core.planning.generate.aim import Aim, PlanTitles
from core.planning.generate.shares import AmountShare, PeriodPart, rounded_up, target_of
from core.planning.plan import PlanNode
from core.values import decimals_of

_AT_LEAST_DAYS: Mapping[Level, int] = {Level.YEARLY: 730, Level.QUARTERLY: 180, Level.MONTHLY: 60, Level.WEEKLY: 14}
"""The least number of days for which a level gets a goal: about two of its periods."""
MOST_PARTS = 160
"""The most periods of a level; more help nobody."""
_MOST_WASTE = Decimal(4) / 3
"""How much more than its share a day may ask, so that its number can be round."""
_FINE = Decimal("0.1")


def cascade(
    aim: Aim, share: AmountShare, titles: PlanTitles
) -> tuple[tuple[PlanNode, ...], Mapping[Level, Sequence[PeriodPart]]]:
    """The goals below the vision, and the parts of each level that has a goal."""
    parts = _levels(aim, share)
    day = _a_day(aim, share)
    leaf_level = Level.DAILY if day is not None else min(parts, key=lambda level: level.rank, default=Level.RANGE)
    below: tuple[PlanNode, ...] = () if day is None else (_daily(aim, share, day),)
    for level in sorted(parts, key=lambda level: level.rank):
        title = aim.goal if level is leaf_level else titles.parts[level]
        goal = _goal(aim, title, level, parts[level], below)
        below = (_bounded(goal, parts[level], share.days),)
    whole = PlanNode(
        title=titles.whole if below else aim.goal,
        kind=Kind.TARGET,
        level=Level.RANGE,
        unit=aim.unit,
        target=share.amount,
        children=below,
    )
    return (_measured(whole, aim),), parts


def _levels(aim: Aim, share: AmountShare) -> dict[Level, list[PeriodPart]]:
    """The parts of the levels that are worth a goal, the coarsest first: none of their periods has an empty part."""
    by_level: dict[Level, list[PeriodPart]] = {}
    for level, days in _AT_LEAST_DAYS.items():
        if share.days.days >= days:
            parts = _inner(share.parts(level))
            if 1 < len(parts) <= MOST_PARTS and all(part.amount for part in parts):
                by_level[level] = parts
    fitting = {level: parts for level, parts in by_level.items() if level.rank >= aim.finest.rank}
    finest = min(by_level, key=lambda level: level.rank, default=None)
    return fitting or ({finest: by_level[finest]} if finest else {})


def _inner(parts: Sequence[PeriodPart]) -> list[PeriodPart]:
    """The parts without an empty first or last one that is cut off."""
    first = not parts[0].amount and not parts[0].is_whole
    last = not parts[-1].amount and not parts[-1].is_whole
    return list(parts[first : len(parts) - last])


def _a_day(aim: Aim, share: AmountShare) -> Decimal | None:
    """A day's share, rounded up; None if the amount is too small to split by days."""
    if aim.finest is not Level.DAILY or aim.counts_ticks or share.days.days == 1:
        return None
    exact = share.amount / share.available
    rounded = rounded_up(exact, _day_decimals(aim, exact))
    fits = exact >= _FINE if aim.is_divisible else rounded <= exact * _MOST_WASTE
    return rounded if fits else None


def _day_decimals(aim: Aim, exact: Decimal) -> int:
    own = decimals_of(aim.amount or exact)
    return max(own, 1) if aim.is_divisible and exact < 10 else own


def _daily(aim: Aim, share: AmountShare, day: Decimal) -> PlanNode:
    """The daily goal; with a ramp, each week has its own target for a day."""
    terms = [Terms(target=day, schedule=aim.schedule)]
    if aim.ramp:
        terms = [Terms(since, target, schedule=aim.schedule) for since, target in _day_shares(aim, share)]
    return with_terms(
        PlanNode(title=aim.goal, kind=Kind.KPI, level=Level.DAILY, measure=Measure.NUMBER, unit=aim.unit), terms
    )


def _day_shares(aim: Aim, share: AmountShare) -> list[tuple[date, Decimal]]:
    shares = []
    for week in share.parts(Level.WEEKLY):
        if week.amount and (days := share.available_in(week.days)):
            exact = week.amount / days
            shares.append((week.days.start, rounded_up(exact, _day_decimals(aim, exact))))
    return shares


def _goal(aim: Aim, title: str, level: Level, parts: Sequence[PeriodPart], below: tuple[PlanNode, ...]) -> PlanNode:
    """The goal of a level with these parts as targets."""
    terms = [Terms(part.period.start, target_of(part)) for part in parts]
    node = PlanNode(title=title, kind=Kind.KPI, level=level, unit=aim.unit, children=below)
    return _measured(with_terms(node, terms), aim)


def _bounded(node: PlanNode, parts: Sequence[PeriodPart], days: Period) -> PlanNode:
    """The goal limited to the days of its parts, if these are not all available days."""
    first, last = parts[0].days.start, parts[-1].days.end
    return replace(node, starts_on=None if first == days.start else first, ends_on=None if last == days.end else last)


def _measured(node: PlanNode, aim: Aim) -> PlanNode:
    """The goal as a sum of the goals below it, or as logged itself."""
    if node.children:
        return replace(node, strategy=Strategy.SUM)
    if aim.counts_ticks:
        return replace(node, measure=Measure.CHECK, unit=None)
    return replace(node, measure=Measure.NUMBER)


def with_terms(node: PlanNode, terms: Sequence[Terms]) -> PlanNode:
    """The node with a history of terms, the first of which hold from the beginning; its own fields repeat the last
    ones."""
    history = simplified([replace(terms[0], since=date.min), *terms[1:]])
    last = history[-1]
    return replace(
        node, target=last.target, schedule=last.schedule or EVERY_DAY, terms=history if len(history) > 1 else ()
    )


def usual(node: PlanNode) -> PlanNode:
    """The goal with a single target, for showing it as an outline: that of most of its periods, or else the first."""
    if len(node.terms) < 2:
        return node
    [(target, times)] = Counter(terms.target for terms in node.terms).most_common(1)
    return replace(node, target=target if 2 * times > len(node.terms) else node.terms[0].target, terms=())
