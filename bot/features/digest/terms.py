"""What the text and the picture of a digest call things, and which of many they name: shared, so that they agree."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from bot.columns import ELLIPSIS, cut
from bot.common.terms import name_of, quantity
from bot.telegram.html import units
from core.digest import Digest, LevelLine, RollUp
from core.goals.model import Level
from language.i18n import Words

TITLE = 32


def before(line: LevelLine, found: Digest, w: Words) -> str:
    """Which period the earlier figure of a level is of. While that of now runs on, it is what there was on the same day
    of it."""
    then = line.earlier
    level = max(found.level, line.level, key=lambda level: level.rank)
    if level is Level.WEEKLY:
        name = w.t("the week before") if found.is_over else w.t("last week")
    else:
        name = name_of(level, then.period, w)
    return name if then.is_whole else w.t("{period} by then", period=name)


def short(title: str, columns: int = TITLE) -> str:
    """A title that leaves room for others: however it is written, it takes few columns and few characters, and one
    from right to left does not carry the figures behind it along."""
    title = cut(title, columns)
    if units(title) > 2 * columns:
        title = title[:columns] + ELLIPSIS
    return f"\u2068{title}\u2069" if any(unicodedata.bidirectional(char) in ("R", "AL") for char in title) else title


def reached(line: RollUp, w: Words) -> str:
    """How far a parent came, in its own terms: "31 of 50 km", or "62%"."""
    if line.target is None:
        return w.t("{percent}%", percent=line.percent)
    whole = quantity(line.target, line.node.unit, w)
    return w.t("{value} of {target}", value=w.number(line.value), target=whole)


def most_moved(lines: Iterable[RollUp], level: Level, most: int) -> list[RollUp]:
    """The parents that moved most, in the order in which progress rolls up. Those of the digest's own level, which all
    began at nothing, leave half of the room to what they rolled up to."""
    lines = sorted(lines, key=lambda line: -abs(line.points))
    own = [line for line in lines if line.node.level is level]
    above = [line for line in lines if line.node.level is not level][: most - min(len(own), most // 2)]
    return sorted([*own[: most - len(above)], *above], key=lambda line: line.node.level.rank)
