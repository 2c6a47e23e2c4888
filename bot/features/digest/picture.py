"""A digest as a picture: how the period went, the visions, the days of each leaf, and one thing to remember."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.common.terms import heading_of, quantity, streak_words
from bot.features.digest.headline import headline, highlight
from bot.pictures.grid import most_rows
from bot.pictures.model import MOST_BARS, Bar, Day, Days, DigestPicture, Legend, Mark, Strip, fitting
from core import digest as core
from core.digest import Digest, RollUp
from core.goals.model import Level
from core.goals.periods import DAY
from core.goals.progress import ONE
from language.i18n import Words

_GAINED = {core.Mark.DONE, core.Mark.PARTIAL}
_WEEK = 7


def picture(found: Digest, w: Words, whose: str = "", week_start: int = 0) -> DigestPicture:
    """The picture of a digest that has something to show. `whose`: a group's title; `week_start`: 0 for Monday."""
    bars, more = fitting(found.visions, MOST_BARS, lambda hidden: _more(hidden, w))
    return DigestPicture(
        title=_title(found, w),
        whose=whose,
        headline=headline(found, w),
        bars=tuple(_bar(line, w) for line in bars),
        more_bars=more,
        days=_days(found, week_start, w),
        highlight=highlight(found, w),
        legend=legend(w),
    )


def legend(w: Words) -> Legend:
    """The words of the signs in any picture of days."""
    return Legend(
        pace=w.t("on pace"),
        done=w.t("done"),
        partial=w.t("partly"),
        missed=w.t("nothing logged"),
        skipped=w.t("skipped"),
        off=w.t("day off"),
        open=w.t("ahead"),
    )


def day_headings(days: Sequence[date], week_start: int, w: Words) -> tuple[str, ...]:
    """A word for some of the days: weekdays in a week, dates where the weeks of a month begin, else the months."""
    if len(days) <= _WEEK:
        return tuple(w.weekday(day.weekday(), short=True) for day in days)
    if len(days) <= 31:
        return tuple(str(day.day) if day == days[0] or day.weekday() == week_start else "" for day in days)
    return tuple(w.month(day) if day.day == 1 else "" for day in days)


def _title(found: Digest, w: Words) -> str:
    if found.level is Level.WEEKLY:
        return w.span(found.period.start, found.period.end)
    return heading_of(found.level, found.period, w)


def _bar(line: RollUp, w: Words) -> Bar:
    figure = w.t("{percent}%", percent=line.percent)
    if line.points:
        figure = f"{f'{line.points:+d}'.replace('-', '−')} · {figure}"
    return Bar(line.node.title, line.percent, figure, line.status, line.pace_percent)


def _days(found: Digest, week_start: int, w: Words) -> Days:
    """In the order of the trees; where there are too many, those that something was done for come first."""
    most = most_rows(found.period.days)
    strips = list(found.strips)
    if len(strips) > most:
        strips.sort(key=lambda strip: -sum(day.mark in _GAINED for day in strip.days))
    shown, more = fitting(strips, most, lambda hidden: _more(hidden, w))
    notes = {streak.leaf.id: streak.current for streak in found.streaks}
    return Days(
        strips=tuple(
            Strip(
                label=strip.leaf.title,
                days=tuple(Day(Mark(day.mark.value), day.progress / ONE) for day in strip.days),
                note=_note(strip, notes.get(strip.leaf.id, 0), w),
            )
            for strip in shown
        ),
        headings=day_headings([found.period.start + DAY * at for at in range(found.period.days)], week_start, w),
        lead=(found.period.start.weekday() - week_start) % _WEEK,
        more=more,
    )


def _note(strip: core.Strip, streak: int, w: Words) -> str:
    """Below the name: what a goal that is not daily has come to, and the streak in its own periods."""
    said = []
    if strip.target is not None and strip.value is not None:
        whole = quantity(strip.target, strip.leaf.unit, w)
        said.append(w.t("{value} of {target}", value=w.number(strip.value), target=whole))
    if streak > 1:
        said.append(f"🔥 {streak_words(streak, strip.leaf.level, w)}")
    return " · ".join(said)


def _more(hidden: int, w: Words) -> str:
    return w.n("… and {count} more", "… and {count} more", hidden)
