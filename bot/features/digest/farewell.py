"""The farewell to a vision that has ended: what was reached, and what may come next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.common.terms import how_far, streak_words
from bot.features.digest.terms import short_title
from bot.telegram.html import bold, code, esc
from core.actions.farewell import Farewell
from language.i18n import Words

NAMED = 2
_LONGEST = 60
"""The longest title that is quoted whole, to be sent again."""


def farewells(ended: Sequence[Farewell], on: date, w: Words, *, most: int = NAMED, asks: bool = True) -> list[str]:
    """The lines of a digest for visions that have ended, at most `most` by name. Without `asks`, as in a channel, they
    propose nothing new."""
    lines = [line for one in ended[:most] for line in _farewell(one, on, w)]
    if len(ended) > most:
        lines.append(w.n("… and {count} more.", "… and {count} more.", len(ended) - most))
    return [*lines, _next(ended[0], w)] if ended and asks else lines


def _farewell(one: Farewell, on: date, w: Words) -> list[str]:
    name = bold(short_title(one.vision.title))
    if one.last == on:
        head = w.t("🎓 {vision} ends today.", vision=name)
    else:
        head = w.t("🎓 {vision} ended on {day}.", vision=name, day=w.date(one.last))
    said = [_reached(one, w)] if one.is_measured else []
    if one.best is not None:
        leaf, count = one.best
        streak = streak_words(count, leaf.level, w)
        said.append(w.t("longest streak: {goal} {streak}", goal=esc(short_title(leaf.title)), streak=streak))
    since = w.t("Since {day}: {reached}", day=w.day(one.standing.period.start), reached=" · ".join(said))
    return [head, since] if said else [head]


def _reached(one: Farewell, w: Words) -> str:
    standing = one.standing
    percent = w.t("{percent}%", percent=standing.percent)
    if standing.target is None:
        return percent
    return f"{esc(how_far(one.vision, standing.value, standing.target, w))}, {percent}"


def _next(one: Farewell, w: Words) -> str:
    title = " ".join(one.vision.title.split())
    if len(title) > _LONGEST:
        return w.t("What next? /plan plants something new, or carries it on: name it again with a later end.")
    year = one.last.year + 1
    later = one.last.replace(year=year, day=min(one.last.day, 28) if one.last.month == 2 else one.last.day)
    again = code(f"/plan {title} (until {later.isoformat()})")
    return w.t("What next? /plan plants something new, or carries it on: {example}", example=again)
