"""The words behind /digest: of what, and whether it is the one before."""

from __future__ import annotations

from dataclasses import dataclass

from bot.i18n import Words
from core.model import Level

_LEVELS = {
    **dict.fromkeys(("", "week", "weekly"), Level.WEEKLY),
    **dict.fromkeys(("month", "monthly"), Level.MONTHLY),
    **dict.fromkeys(("quarter", "quarterly"), Level.QUARTERLY),
}
_LAST = frozenset({"last", "previous", "past"})
_THIS = frozenset({"this", "current", "the"})


@dataclass(frozen=True, slots=True)
class Wish:
    """A digest that is wanted: of the current period so far, or of the previous one."""

    level: Level
    previous: bool = False


def wish(text: str, w: Words) -> Wish | None:
    """What is wanted: "week", "weekly", "last month", or the same in the person's language; alone, the week. None for
    anything else."""
    said = " ".join(text.casefold().split())
    if said in (in_their_language := _in_language(w)):
        return in_their_language[said]
    first, _, rest = said.partition(" ")
    if first in _LAST or first in _THIS:
        level = _LEVELS.get(rest) if rest else None
        return Wish(level, first in _LAST) if level else None
    return Wish(_LEVELS[said]) if said in _LEVELS else None


def _in_language(w: Words) -> dict[str, Wish]:
    return {
        w.t("Week").casefold(): Wish(Level.WEEKLY),
        w.t("Month").casefold(): Wish(Level.MONTHLY),
        w.t("Quarter").casefold(): Wish(Level.QUARTERLY),
        w.t("last week").casefold(): Wish(Level.WEEKLY, previous=True),
        w.t("last month").casefold(): Wish(Level.MONTHLY, previous=True),
        w.t("last quarter").casefold(): Wish(Level.QUARTERLY, previous=True),
    }
