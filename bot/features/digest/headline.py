"""What stands large on a digest's picture: a sentence, one number with its change, and one thing to remember."""

from __future__ import annotations

from bot.common.terms import streak_words
from bot.features.digest.terms import TOLD, before, short
from bot.pictures.model import Headline
from core.digest import Digest
from language.i18n import Words

_STRONG_FROM, _FAIR_FROM = 0.8, 0.5
"""From which share of what was asked on a period is called strong, and fair."""


def headline(found: Digest, w: Words) -> Headline:
    """How many of the days and weeks that were asked for are done, in words and as a number. No mean of different
    goals: nobody set one."""
    tally = found.tally
    if not tally.asked:
        return Headline(TOLD[found.level].noted(w))
    return Headline(
        _sentence(found, w),
        w.number(tally.done),
        w.n("of {count} done", "of {count} done", tally.asked),
        _change(found, w),
        None if tally.before in (None, tally.done) else tally.done > (tally.before or 0),
    )


def highlight(found: Digest, w: Words) -> str:
    """One thing to remember: a record, a goal that was reached, or the longest streak; "" if there is none."""
    for streak in found.records:
        length = streak_words(streak.best, streak.leaf.level, w)
        return "🏆 " + w.t("{goal}: {streak}, the longest yet", goal=short(streak.leaf.title), streak=length)
    for reached in found.reached:
        return "🎉 " + w.t("Reached: {goals}", goals=short(reached.node.title))
    longest = next((streak for streak in found.streaks if streak.current > 2), None)
    if longest is None:
        return ""
    length = streak_words(longest.current, longest.leaf.level, w)
    return "🔥 " + w.t("{goal}: {streak} in a row", goal=short(longest.leaf.title), streak=length)


def _sentence(found: Digest, w: Words) -> str:
    share = found.tally.done / found.tally.asked
    if not found.is_over and found.on < found.period.end:
        return _so_far(share, w)
    if share == 1:
        return TOLD[found.level].perfect(w)
    if share >= _STRONG_FROM:
        return TOLD[found.level].strong(w)
    return TOLD[found.level].fair(w) if share >= _FAIR_FROM else TOLD[found.level].slow(w)


def _so_far(share: float, w: Words) -> str:
    if share == 1:
        return w.t("So far everything is done.")
    if share >= _STRONG_FROM:
        return w.t("A strong start.")
    return w.t("On the way.") if share >= _FAIR_FROM else w.t("There is time left.")


def _change(found: Digest, w: Words) -> str:
    then = found.tally.before
    line = next((line for line in found.lines if line.level.rank <= found.level.rank), None)
    if then is None or line is None:
        return ""
    when, more = before(line, found, w), found.tally.done - then
    if more > 0:
        return w.n("{count} more than {period}", "{count} more than {period}", more, period=when)
    if more < 0:
        return w.n("{count} fewer than {period}", "{count} fewer than {period}", -more, period=when)
    return w.t("as many as {period}", period=when)
