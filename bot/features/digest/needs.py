"""Targets that can still be reached in a period, in the goals' own measures."""

from __future__ import annotations

from bot.common.terms import quantity
from bot.features.digest.terms import short_title
from bot.telegram.html import bold, esc
from core.digest.model import Digest, Need
from core.values import rounded_up
from language.i18n import Words

MOST_NEEDS = 3


FAR = 5
"""The multiple of the even pace beyond which a need is not shown: it would be a reproach, not a help."""


def urgent(digest: Digest) -> list[Need]:
    """Targets that can still be reached, ordered by end, then by the missing share."""
    within_reach = [
        need for need in digest.needs if not need.reached and need.per_day is not None and not _is_far(need)
    ]
    return sorted(within_reach, key=lambda need: (need.last, -need.remaining / need.target))[:MOST_NEEDS]


def _is_far(need: Need) -> bool:
    if need.whole:
        return need.remaining > need.days
    return need.per_day is not None and need.per_day * need.period.days > FAR * need.target


def need_line(need: Need, digest: Digest, w: Words) -> str:
    """What is still missing, in the goal's own measure."""
    name, unit = bold(short_title(need.node.title)), need.node.unit
    whole, end = esc(quantity(need.target, unit, w)), w.date(need.last)
    if need.last == digest.on:
        amount = w.number(need.remaining) if need.whole else esc(quantity(need.remaining, unit, w))
        return "🎯 " + w.t("{goal}: {amount} today reaches {target}", goal=name, amount=amount, target=whole)
    if need.whole or need.per_day is None or need.per_day < 1:  # nobody reads 0.13 books a day
        if need.remaining == need.target:
            return "🎯 " + w.t("{goal}: {target} by {day}", goal=name, target=whole, day=end)
        more = w.number(need.remaining)
        return "🎯 " + w.t("{goal}: {more} more of {target} by {day}", goal=name, more=more, target=whole, day=end)
    amount = esc(quantity(rounded_up(need.per_day, need.target), unit, w))
    left = (need.last - digest.on).days
    if need.days >= left:
        return "🎯 " + w.t("{goal}: {amount} a day reaches {target} by {day}",
                           goal=name, amount=amount, target=whole, day=end)  # fmt: skip
    return "🎯 " + w.n(
        "{goal}: {amount} on the {count} day left reaches {target} by {day}",
        "{goal}: {amount} on each of the {count} days left reaches {target} by {day}",
        need.days,
        goal=name,
        amount=amount,
        target=whole,
        day=end,
    )
