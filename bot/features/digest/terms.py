"""Phrases that the text and the picture of a digest share, and the choice of parents that both show."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from bot.columns import ELLIPSIS, cut
from bot.common.terms import how_far, name_of
from bot.features.summary.buttons import SummarySpan
from bot.telegram.html import units
from core.digest.model import Digest, LevelLine, RollUp
from core.goals.model import Level
from core.records import record
from language.i18n import Words, mark

TITLE = 32


@record
class ClosingPhrases:
    """The phrases for closing a period of a level: a goal ends with it; the question for a new target, with and without
    a unit; the period is long over, or still running; the vision ends with it; the goal ended before."""

    let_go: str
    how_many: str
    how_much: str
    past: str
    running: str
    vision_ended: str
    ended_before: str


@record
class DigestPhrases:
    """The phrases of a level's digest: its period by the share that was done, and the summary that goes with it."""

    perfect: str
    strong: str
    fair: str
    slow: str
    noted: str
    span: SummarySpan


DIGEST_PHRASES: Mapping[Level, DigestPhrases] = {
    Level.WEEKLY: DigestPhrases(
        mark("A perfect week."),
        mark("A strong week."),
        mark("A fair week."),
        mark("A slow week. The next one is new."),
        mark("Your week."),
        SummarySpan.WEEK,
    ),
    Level.MONTHLY: DigestPhrases(
        mark("A perfect month."),
        mark("A strong month."),
        mark("A fair month."),
        mark("A slow month. The next one is new."),
        mark("Your month."),
        SummarySpan.MONTH,
    ),
    Level.QUARTERLY: DigestPhrases(
        mark("A perfect quarter."),
        mark("A strong quarter."),
        mark("A fair quarter."),
        mark("A slow quarter. The next one is new."),
        mark("Your quarter."),
        SummarySpan.QUARTER,
    ),
    Level.YEARLY: DigestPhrases(
        mark("A perfect year."),
        mark("A strong year."),
        mark("A fair year."),
        mark("A slow year. The next one is new."),
        mark("Your year."),
        SummarySpan.YEAR,
    ),
}
CLOSING_PHRASES: Mapping[Level, ClosingPhrases] = {
    Level.QUARTERLY: ClosingPhrases(
        mark("✕ {goal} ends with the quarter. Its history stays."),
        mark("{goal}: how many {unit} from the next quarter on? So far it is {target}. Reply with the number."),
        mark("{goal}: how much from the next quarter on? So far it is {target}. Reply with the number."),
        mark("That quarter is too long ago: nothing was changed. /plan plants the goal anew."),
        mark("That quarter is still running: it can be closed on its last day."),
        mark("The vision above it ends with the quarter, so it cannot go on. /plan plants a new one."),
        mark("It ended before the quarter did. /plan plants it anew."),
    ),
    Level.YEARLY: ClosingPhrases(
        mark("✕ {goal} ends with the year. Its history stays."),
        mark("{goal}: how many {unit} from the next year on? So far it is {target}. Reply with the number."),
        mark("{goal}: how much from the next year on? So far it is {target}. Reply with the number."),
        mark("That year is too long ago: nothing was changed. /plan plants the goal anew."),
        mark("That year is still running: it can be closed on its last day."),
        mark("The vision above it ends with the year, so it cannot go on. /plan plants a new one."),
        mark("It ended before the year did. /plan plants it anew."),
    ),
}


def earlier_period_name(line: LevelLine, digest: Digest, w: Words) -> str:
    """The name of the period of a level's earlier figure. While the current period runs, that figure is of the same day
    in the earlier one."""
    then = line.earlier
    level = max(digest.level, line.level, key=lambda level: level.rank)
    if level is Level.WEEKLY:
        name = w.t("the week before") if digest.is_over else w.t("last week")
    else:
        name = name_of(level, then.period, w)
    return name if then.is_whole else w.t("{period} by then", period=name)


def short_title(title: str, columns: int = TITLE) -> str:
    """A title cut to few columns and characters, whatever its script; a right-to-left title is isolated from the
    figures behind it."""
    title = cut(title, columns)
    if units(title) > 2 * columns:
        title = title[:columns] + ELLIPSIS
    return f"\u2068{title}\u2069" if any(unicodedata.bidirectional(char) in ("R", "AL") for char in title) else title


def reached(line: RollUp, w: Words) -> str:
    """A parent's progress in its own measure: "31 of 50 km", or "62%"."""
    if line.target is None:
        return w.t("{percent}%", percent=line.percent)
    return how_far(line.node, line.value, line.target, w)


def most_moved(lines: Iterable[RollUp], level: Level, most: int) -> list[RollUp]:
    """The parents that moved most, in the order of the roll-up. Those of the digest's own level, which all began at
    zero, leave half of the room to the ones above."""
    lines = sorted(lines, key=lambda line: -abs(line.points))
    own = [line for line in lines if line.node.level is level]
    above = [line for line in lines if line.node.level is not level][: most - min(len(own), most // 2)]
    return sorted([*own[: most - len(above)], *above], key=lambda line: line.node.level.rank)
