"""A check-in's question about a leaf: whether it is still open, and which amounts its buttons offer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from core.goals.model import Aggregate, Entry, Level, Status
from core.goals.progress import ONE
from core.goals.reading import Standing
from core.values import exact

LOOK_BACK = timedelta(days=60)
"""How far back usual amounts are looked for."""
MOST_OFFERS = 3


def looked_back_to(on: date) -> date:
    """The first day whose entries count for a day's usual amounts."""
    return on - LOOK_BACK if on > date.min + LOOK_BACK else date.min


def is_open(standing: Standing, *, skipped: bool, day: Sequence[Entry]) -> bool:
    """Whether a leaf that counts on a day is still open, given the day's entries.

    A daily leaf is open until it is done or skipped. A leaf of a longer period stays open for all of it, so it is asked
    for once a day: any entry of the day answers it. The same holds for limits and tracked leaves. Goals that were let
    go are not asked for, even if the day is their last.
    """
    if skipped or standing.node.let_go or standing.progress >= ONE:
        return False
    if standing.node.is_limit or standing.status is Status.TRACKED:
        return not day
    return standing.node.level is Level.DAILY or not day


def usual_amounts(entries: Iterable[Entry]) -> list[Decimal]:
    """The amounts of a leaf's entries (given in the order of date, then logging), most frequent days first, then
    latest."""
    days: dict[Decimal, set[date]] = {}
    latest: dict[Decimal, int] = {}
    for at, entry in enumerate(entries):
        if entry.value:
            days.setdefault(entry.value, set()).add(entry.on)
            latest[entry.value] = at
    return sorted(days, key=lambda value: (-len(days[value]), -latest[value]))


def day_target(standing: Standing, so_far: Decimal) -> Decimal | None:
    """The total that the day needs to complete the leaf's period; None without a target. `so_far` is the day's part of
    the period's value."""
    node = standing.node
    if standing.target is None or node.baseline is not None or node.aggregate not in (None, Aggregate.SUM):
        return standing.target
    return standing.target - (standing.value or Decimal(0)) + so_far


def offers(
    entries: Iterable[Entry], on: date, target: Decimal | None, so_far: Decimal = Decimal(0)
) -> tuple[Decimal, ...]:
    """The totals that buttons may set a day to, at most three: the usual amounts, then the target and half of it; the
    target is always among them. If the day has a value already: the total that completes it, then each of these on top.
    Every offer is more than the day has.

    `entries` are those since `looked_back_to`, in the order of date, then logging; those of the day itself do not count
    as usual, so that buttons keep their places while a group logs. `target` is the total that the day needs. Every
    place that offers amounts uses this rule, in groups and in private chats.
    """
    offered = [*usual_amounts(entry for entry in entries if entry.on < on), *_target_and_half(target)]
    if so_far:
        offered = [*_target_and_half(target)[:1], *(so_far + value for value in offered)]
    amounts = list(dict.fromkeys(value for value in offered if value > max(so_far, Decimal(0))))
    if target in amounts[MOST_OFFERS:]:
        amounts.insert(MOST_OFFERS - 1, target)
    return tuple(amounts[:MOST_OFFERS])


def offers_for(
    standing: Standing, entries: Iterable[Entry], on: date, so_far: Decimal = Decimal(0)
) -> tuple[Decimal, ...]:
    """The offers for a leaf as it stands: see `offers` and `limit_offers`."""
    if standing.node.is_limit:
        return limit_offers(entries, on, so_far)
    if standing.node.baseline is not None and standing.target is not None:
        # Half of the final value need not lie between the two.
        usual = usual_amounts(entry for entry in entries if entry.on < on)
        return (*[value for value in usual if value != standing.target][: MOST_OFFERS - 1], standing.target)
    return offers(entries, on, day_target(standing, so_far), so_far)


def limit_offers(entries: Iterable[Entry], on: date, so_far: Decimal = Decimal(0)) -> tuple[Decimal, ...]:
    """The offers for a limit: zero, then the usual amounts; if the day has a value already, each of these on top."""
    usual = usual_amounts(entry for entry in entries if entry.on < on)
    if so_far:
        return tuple(so_far + value for value in usual if value > 0)[:MOST_OFFERS]
    return (Decimal(0), *(value for value in usual if value > 0))[:MOST_OFFERS]


def _target_and_half(target: Decimal | None) -> list[Decimal]:
    if target is None:
        return []
    half = target / 2
    return [target, exact(half.quantize(Decimal("0.01" if half >= 1 else "0.000001"), ROUND_HALF_UP))]
