"""A line with each member's contribution to a shared goal."""

from __future__ import annotations

from decimal import Decimal

from bot.columns import cut
from bot.common.names import listed, shown_name
from bot.common.terms import quantity
from bot.telegram.html import bold, esc
from core.group.brought import Brought
from language.i18n import Words

_TITLE = 30


def brought_line(brought: Brought, w: Words, most: int) -> str:
    """ "Run, together 8.5 km: Ann 6, Ben 2.5", "Weight: Ann 86, Ben 82 kg", "Gym: Ann 3×"; `most` of them are named."""
    sign = "×" if brought.is_check else ""
    parts = [f"{shown_name(member, w)} {w.number(amount)}{sign}" for member, amount in brought.parts]
    title, by_whom = bold(cut(brought.node.title, _TITLE)), listed(parts, w, most)
    if brought.total is None or brought.is_check:
        with_unit = f"{by_whom} {esc(cut(brought.node.unit, 20))}" if brought.node.unit else by_whom
        return w.t("🤝 {goal}: {names}", goal=title, names=with_unit)
    whole = esc(quantity(brought.total, brought.node.unit, w))
    by_whom = with_others(by_whom, brought.total - sum(amount for _, amount in brought.parts), w)
    return w.t("🤝 {goal}, together {amount}: {names}", goal=title, amount=whole, names=by_whom)


def with_others(by_whom: str, rest: Decimal, w: Words) -> str:
    """The contributions, plus those of former members, so that they add up."""
    if rest <= 0:
        return by_whom
    amount = w.number(rest)
    if not by_whom:
        return w.t("others {amount}", amount=amount)
    return w.t("{names}, others {amount}", names=by_whom, amount=amount)
