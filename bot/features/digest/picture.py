"""A digest as a picture: progress against pace as bars, and a strip of days for each leaf."""

from __future__ import annotations

from bot.columns import letter
from bot.common.terms import goals_of_level, heading_of
from bot.features.digest.terms import most_moved, reached
from bot.pictures.model import MOST_BARS, MOST_STRIPS, Bar, Day, Legend, Mark, Picture, Strip, fitting
from core import digest as core
from core.digest import Digest
from core.goals.model import Level
from core.goals.periods import DAY
from core.goals.progress import ONE
from language.i18n import Words

_GAINED = {core.Mark.DONE, core.Mark.PARTIAL}


def picture(found: Digest, w: Words, whose: str = "") -> Picture:
    """The picture of a digest that has something to show. `whose`: a group's title."""
    bars, more_bars = _bars(found, w)
    strips, more_strips = fitting(_strips(found), MOST_STRIPS, lambda hidden: _more(hidden, w))
    return Picture(
        title=_title(found, w),
        subtitle=whose,
        bars=bars,
        strips=strips,
        columns=_columns(found, w),
        more_bars=more_bars,
        more_strips=more_strips,
        legend=_legend(found, w),
    )


def _title(found: Digest, w: Words) -> str:
    if found.level is Level.WEEKLY:
        return w.span(found.period.start, found.period.end)
    return heading_of(found.level, found.period, w)


def _bars(found: Digest, w: Words) -> tuple[tuple[Bar, ...], str]:
    """The levels, and below them the parents that moved, as progress rolls up; and a word on those left out."""
    levels = tuple(
        Bar(
            label=goals_of_level(line.level, w),
            percent=line.percent,
            figure=w.t("{percent}%", percent=line.percent),
            status=line.status,
            pace=line.pace_percent,
            before=line.previous_percent,
        )
        for line in found.lines
    )
    shown = most_moved(found.roll_ups, found.level, MOST_BARS - len(levels))
    parents = tuple(
        Bar(f"{letter(line.node)} {line.node.title}", line.percent, reached(line, w), line.status, line.pace_percent)
        for line in shown
    )
    hidden = len(found.roll_ups) - len(shown)
    return levels + parents, _more(hidden, w) if hidden else ""


def _strips(found: Digest) -> list[Strip]:
    """In the order of the trees; where there are too many, those that something was done for come first."""
    streaks = {streak.leaf.id: streak.current for streak in found.streaks}
    strips = list(found.strips)
    if len(strips) > MOST_STRIPS:
        strips.sort(key=lambda strip: -sum(day.mark in _GAINED for day in strip.days))
    return [
        Strip(
            label=strip.leaf.title,
            days=tuple(Day(Mark(day.mark.value), day.progress / ONE) for day in strip.days),
            streak=streaks.get(strip.leaf.id, 0),
        )
        for strip in strips
    ]


def _columns(found: Digest, w: Words) -> tuple[str, ...]:
    days = [found.period.start + DAY * place for place in range(found.period.days)]
    match found.level:
        case Level.WEEKLY:
            return tuple(w.weekday(day.weekday(), short=True) for day in days)
        case Level.MONTHLY:
            return tuple(str(day.day) for day in days)
        case _:
            return tuple(w.month(day) if day.day == 1 else "" for day in days)


def _more(hidden: int, w: Words) -> str:
    return w.n("… and {count} more", "… and {count} more", hidden)


def _legend(found: Digest, w: Words) -> Legend:
    return Legend(
        pace=w.t("on pace"),
        before=w.t("the period before"),
        done=w.t("done"),
        partial=w.t("partly"),
        missed=w.t("missed"),
        skipped=w.t("skipped"),
        open=w.t("open"),
    )
