"""Titles for the goals that an aim is split into, in its owner's language."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.goals.model import Level
from core.planning.generate import Aim, PlanTitles
from language.i18n import Words
from language.parsing.aims.heard import MONEY, WEIGHTS
from language.parsing.aims.text import capital


def named(aim: Aim, w: Words) -> Aim:
    """Give the aim a name for what is logged if its sentence had none: "86 → 78 kg" becomes a weight."""
    return aim if aim.goal else replace(aim, goal=_name(aim, w))


def titles(aim: Aim, w: Words) -> PlanTitles:
    """The titles of the goals between the vision and the logged goal."""
    goal = aim.goal or _name(aim, w)
    parts = {
        Level.YEARLY: w.t("{goal} each year", goal=goal),
        Level.QUARTERLY: w.t("{goal} each quarter", goal=goal),
        Level.MONTHLY: w.t("{goal} each month", goal=goal),
        Level.WEEKLY: w.t("{goal} each week", goal=goal),
    }
    return PlanTitles(_whole(aim, w), parts, steps(w))


def steps(w: Words) -> dict[Level, str]:
    """Placeholder goals for the owner to fill in."""
    return {
        Level.MONTHLY: w.t("A step each month"),
        Level.WEEKLY: w.t("A step each week"),
        Level.DAILY: w.t("A little each day"),
    }


def quantity(amount: Decimal, unit: str | None, w: Words) -> str:
    """ "80,000 words"."""
    return f"{w.number(amount)} {w.unit(unit, amount)}" if unit else w.number(amount)


def _whole(aim: Aim, w: Words) -> str:
    amount = aim.amount or Decimal(0)
    if aim.each is not None:
        said = quantity(amount, aim.unit or (w.t("times") if aim.counts_ticks else None), w)
        return _of_period(aim.each, said, w)
    if aim.done:
        return w.t("{amount} more", amount=quantity(amount - aim.done, aim.unit, w))
    return quantity(amount, aim.unit, w) if aim.unit else w.t("{amount} in all", amount=w.number(amount))


def _of_period(level: Level, amount: str, w: Words) -> str:
    match level:
        case Level.WEEKLY:
            return w.t("{amount} a week", amount=amount)
        case Level.MONTHLY:
            return w.t("{amount} a month", amount=amount)
        case Level.QUARTERLY:
            return w.t("{amount} a quarter", amount=amount)
        case Level.YEARLY:
            return w.t("{amount} a year", amount=amount)
        case _:
            return w.t("{amount} a day", amount=amount)


def _name(aim: Aim, w: Words) -> str:
    """A name for what is counted, when the unit does not say what is done."""
    unit = aim.unit or ""
    if unit in MONEY:
        return w.t("Save")
    if unit in WEIGHTS:
        return w.t("Weight")
    if unit in ("km", "m", "mi"):
        return w.t("Distance")
    if unit in ("h", "min", "s"):
        return w.t("Time")
    return w.t("Drink") if unit in ("l", "ml") else capital(aim.title)
