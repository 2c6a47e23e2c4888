"""A digest as a picture: the headline, the visions, the days of each leaf, and a highlight."""

from __future__ import annotations

from bot.common.pictures import day_headings, drawn, lead, legend
from bot.common.terms import heading_of, how_far, streak_words
from bot.features.digest.headline import headline, highlight
from bot.pictures.grid import most_rows
from bot.pictures.model import MOST_BARS, Bar, DigestPicture, DrawnDays, DrawnStrip, fitting
from core.digest.model import Digest, Mark, RollUp, Strip
from core.goals.model import Level
from core.goals.periods import DAY
from language.i18n import Words

_GAINED = {Mark.DONE, Mark.PARTIAL}


def picture(digest: Digest, w: Words, whose: str = "", week_start: int = 0) -> DigestPicture:
    """The picture of a digest with contents. `whose`: a group's title; `week_start`: 0 for Monday."""
    bars, more = fitting(digest.visions, MOST_BARS, lambda hidden: _more(hidden, w))
    return DigestPicture(
        title=_title(digest, w),
        whose=whose,
        headline=headline(digest, w),
        bars=tuple(_bar(line, digest, w) for line in bars),
        more_bars=more,
        days=_days(digest, week_start, w),
        highlight=highlight(digest, w),
        legend=legend(w),
    )


def _title(digest: Digest, w: Words) -> str:
    if digest.level is Level.WEEKLY:
        return w.span(digest.period.start, digest.period.end)
    return heading_of(digest.level, digest.period, w)


def _bar(line: RollUp, digest: Digest, w: Words) -> Bar:
    figure = w.t("{percent}%", percent=line.percent)
    if line.points and line.period.start < digest.period.start:  # otherwise all of it was gained in this period
        figure = f"{f'{line.points:+d}'.replace('-', '−')} · {figure}"
    return Bar(line.node.title, line.percent, figure, line.status, line.pace_percent)


def _days(digest: Digest, week_start: int, w: Words) -> DrawnDays:
    """The leaves' days in the order of the trees; if there are too many, those with something done come first."""
    most = most_rows(digest.period.days)
    strips = list(digest.strips)
    if len(strips) > most:
        strips.sort(key=lambda strip: -sum(day.mark in _GAINED for day in strip.days))
    shown, more = fitting(strips, most, lambda hidden: _more(hidden, w))
    notes = {streak.leaf.id: streak.current for streak in digest.streaks}
    return DrawnDays(
        strips=tuple(
            DrawnStrip(
                label=strip.leaf.title,
                days=drawn(strip.days),
                note=_note(strip, notes.get(strip.leaf.id, 0), digest.level, w),
            )
            for strip in shown
        ),
        headings=day_headings([digest.period.start + DAY * at for at in range(digest.period.days)], week_start, w),
        lead=lead(digest.period.start, week_start),
        more=more,
    )


def _note(strip: Strip, streak: int, level: Level, w: Words) -> str:
    """The note below a leaf's name: its progress if its period is not shorter than the digest's, and its streak."""
    lines = []
    if strip.leaf.level.rank >= level.rank and strip.target is not None and strip.value is not None:
        lines.append(how_far(strip.leaf, strip.value, strip.target, w))
    if streak > 1:
        lines.append(f"🔥 {streak_words(streak, strip.leaf.level, w)}")
    return " · ".join(lines)


def _more(hidden: int, w: Words) -> str:
    return w.n("… and {count} more", "… and {count} more", hidden)
