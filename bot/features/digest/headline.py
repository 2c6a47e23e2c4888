"""The large text on a digest's picture: a sentence, one number with its change, and a highlight."""

from __future__ import annotations

from bot.common.terms import streak_words
from bot.features.digest.terms import DIGEST_PHRASES, earlier_period_name, short_title
from bot.pictures.model import Headline
from core.digest.model import Digest
from language.i18n import Words

_STRONG_FROM, _FAIR_FROM = 0.8, 0.5
"""The shares of the asked-for amount from which a period is called strong, and fair."""


def headline(digest: Digest, w: Words) -> Headline:
    """The share of the asked-for days and weeks that are done, as a sentence and as a number. No mean of different
    goals: nobody set one."""
    tally = digest.tally
    if not tally.asked:
        return Headline(w.t(DIGEST_PHRASES[digest.level].noted))
    return Headline(
        _sentence(digest, w),
        w.number(tally.done),
        w.n("of {count} done", "of {count} done", tally.asked),
        _change(digest, w),
        None if tally.before in (None, tally.done) else tally.done > (tally.before or 0),
    )


def highlight(digest: Digest, w: Words) -> str:
    """The highlight: a record, a goal that was reached, or the longest streak; "" if there is none."""
    for streak in digest.records:
        length = streak_words(streak.best, streak.leaf.level, w)
        return "🏆 " + w.t("{goal}: {streak}, the longest yet", goal=short_title(streak.leaf.title), streak=length)
    for reached in digest.reached:
        return "🎉 " + w.t("Reached: {goals}", goals=short_title(reached.node.title))
    longest = next((streak for streak in digest.streaks if streak.current > 2), None)
    if longest is None:
        return ""
    length = streak_words(longest.current, longest.leaf.level, w)
    return "🔥 " + w.t("{goal}: {streak} in a row", goal=short_title(longest.leaf.title), streak=length)


def _sentence(digest: Digest, w: Words) -> str:
    share = digest.tally.done / digest.tally.asked
    if not digest.is_over and digest.on < digest.period.end:
        return _so_far(share, w)
    phrases = DIGEST_PHRASES[digest.level]
    if share == 1:
        return w.t(phrases.perfect)
    if share >= _STRONG_FROM:
        return w.t(phrases.strong)
    return w.t(phrases.fair if share >= _FAIR_FROM else phrases.slow)


def _so_far(share: float, w: Words) -> str:
    if share == 1:
        return w.t("So far everything is done.")
    if share >= _STRONG_FROM:
        return w.t("A strong start.")
    return w.t("On the way.") if share >= _FAIR_FROM else w.t("There is time left.")


def _change(digest: Digest, w: Words) -> str:
    then = digest.tally.before
    line = next((line for line in digest.lines if line.level.rank <= digest.level.rank), None)
    if then is None or line is None:
        return ""
    when, more = earlier_period_name(line, digest, w), digest.tally.done - then
    if more > 0:
        return w.n("{count} more than {period}", "{count} more than {period}", more, period=when)
    if more < 0:
        return w.n("{count} fewer than {period}", "{count} fewer than {period}", -more, period=when)
    return w.t("as many as {period}", period=when)
