"""What a check-in asks of a leaf: whether its day is still open, and how much it may be set to with one tap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from core.model import Aggregate, Entry, Level
from core.progress import ONE
from core.reading import Standing
from core.values import exact

LOOK_BACK = timedelta(days=60)
"""How far back the amounts that a person logs are looked for."""
MOST_TOTALS = 3


def looked_back_to(on: date) -> date:
    """The first day that is looked at for a day's amounts."""
    return on - LOOK_BACK if on > date.min + LOOK_BACK else date.min


def is_open(standing: Standing, *, skipped: bool, day: Sequence[Entry]) -> bool:
    """Whether a leaf that counts on a day is still to be asked for, given the day's entries.

    A day's leaf is open until it is done or skipped. A leaf of a longer period stays open all that while, so it is
    asked for once a day: whatever was logged on the day answers it. What was let go is not asked for, though the day
    may be its last.
    """
    if skipped or standing.node.let_go or standing.progress >= ONE:
        return False
    return standing.node.level is Level.DAILY or not day


def usual_amounts(entries: Iterable[Entry]) -> list[Decimal]:
    """The amounts of a leaf's entries (in the order of date, then logging), those of most days first; of as many days,
    the latest first."""
    days: dict[Decimal, set[date]] = {}
    latest: dict[Decimal, int] = {}
    for at, entry in enumerate(entries):
        if entry.value:
            days.setdefault(entry.value, set()).add(entry.on)
            latest[entry.value] = at
    return sorted(days, key=lambda value: (-len(days[value]), -latest[value]))


def target_and_half(standing: Standing, so_far: Decimal) -> list[Decimal]:
    """What the day has to come to for the leaf's period to be done, and half of it; nothing without a target.

    `so_far` is the day's part of what the period has.
    """
    whole = standing.target
    if whole is None:
        return []
    if standing.node.aggregate in (None, Aggregate.SUM):
        whole = whole - standing.value + so_far
    half = whole / 2
    return [whole, exact(half.quantize(Decimal("0.01" if half >= 1 else "0.000001"), ROUND_HALF_UP))]


def totals(standing: Standing, so_far: Decimal, shares: Iterable[Decimal]) -> list[Decimal]:
    """What the day may be set to, at most three: the shares of it, in their order. Where it has something already, what
    completes it, and each share on top. None makes it less, or leaves it as it is."""
    offered = list(shares)
    if so_far:
        offered = [*target_and_half(standing, so_far)[:1], *(so_far + share for share in offered)]
    return list(dict.fromkeys(value for value in offered if value > max(so_far, Decimal(0))))[:MOST_TOTALS]
