"""A plan of weekly amounts up to a day, such as a race."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from core.goals.model import Level
from core.goals.periods import DAY, Period, period_of
from core.goals.terms import Terms
from core.planning.generate.cascade import with_terms
from core.planning.plan import PlanNode


def by_weeks(node: PlanNode, amounts: Sequence[Decimal], days: Period, week_start: int = 0) -> PlanNode:
    """A weekly goal whose last amount is for the week of the last day. With fewer weeks than amounts the first amounts
    are left out; with more, the first one is repeated."""
    ends: date = period_of(Level.WEEKLY, days.end, week_start).start
    begins = period_of(Level.WEEKLY, days.start, week_start).start
    weeks = (ends - begins).days // 7 + 1
    wanted = [amounts[0]] * (weeks - len(amounts)) + list(amounts[-weeks:])
    return with_terms(node, [Terms(begins + 7 * index * DAY, amount) for index, amount in enumerate(wanted)])
