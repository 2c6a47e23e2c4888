"""Parts that all pictures share: the words of their signs, and the headings of days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.pictures.model import DrawnDay, DrawnMark, Legend
from core.digest.model import StripDay
from core.goals.progress import ONE
from language.i18n import Words

WEEK = 7


def legend(w: Words) -> Legend:
    """The legend of any picture of days."""
    return Legend(
        pace=w.t("on pace"),
        done=w.t("done"),
        partial=w.t("partly"),
        missed=w.t("nothing logged"),
        skipped=w.t("skipped"),
        off=w.t("nothing due"),
        open=w.t("ahead"),
    )


def drawn(days: Iterable[StripDay]) -> tuple[DrawnDay, ...]:
    return tuple(DrawnDay(DrawnMark(day.mark.value), day.progress / ONE) for day in days)


def day_headings(days: Sequence[date], week_start: int, w: Words) -> tuple[str, ...]:
    """A heading for some of the days: weekdays in a week, dates where the weeks of a month begin, else months."""
    if len(days) <= WEEK:
        return tuple(w.weekday(day.weekday(), short=True) for day in days)
    if len(days) <= 31:
        return tuple(str(day.day) if day == days[0] or day.weekday() == week_start else "" for day in days)
    return tuple(w.month(day) if day.day == 1 else "" for day in days)


def lead(first: date, week_start: int) -> int:
    """The index of a day in its week, 0 to 6."""
    return (first.weekday() - week_start) % WEEK
