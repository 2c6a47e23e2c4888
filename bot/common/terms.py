"""Turns of phrase that several views share: amounts with their unit, names of periods, streaks, statuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from babel.dates import format_date

from bot.columns import cut
from core.actions.logged import CheckOff
from core.goals.model import Level, Status
from core.goals.periods import Period
from language.i18n import Words

_UNIT = 20


def quantity(value: Decimal | None, unit: str | None, w: Words) -> str:
    """A number with its unit: "5 km". Not escaped."""
    return f"{w.number(value)} {cut(unit, _UNIT)}" if unit else w.number(value)


def days_word(done: CheckOff, w: Words) -> str:
    """The day of an entry within a sentence: "today" or "on Sun, 22 Nov"."""
    return w.t("today") if done.on == done.today else w.t("on {day}", day=w.date(done.on))


def in_period(level: Level, period: Period, today: date, w: Words) -> str:
    """A node's period in a word or two: "today", "this week", "Sun, 22 Nov", "week of 16 Nov"."""
    if today in period:
        return _CURRENT[level](w)
    match level:
        case Level.DAILY:
            return w.date(period.start)
        case Level.WEEKLY:
            return w.t("week of {day}", day=w.date(period.start))
        case Level.MONTHLY:
            return month_name(period.start, w)
        case Level.QUARTERLY:
            return quarter_name(period.start, w)
        case Level.YEARLY:
            return str(period.start.year)
        case Level.RANGE | Level.VISION:
            return w.t("until {day}", day=w.date(period.end))


_CURRENT: Mapping[Level, Callable[[Words], str]] = {
    Level.DAILY: lambda w: w.t("today"),
    Level.WEEKLY: lambda w: w.t("this week"),
    Level.MONTHLY: lambda w: w.t("this month"),
    Level.QUARTERLY: lambda w: w.t("this quarter"),
    Level.YEARLY: lambda w: w.t("this year"),
    Level.RANGE: lambda w: w.t("now"),
    Level.VISION: lambda w: w.t("now"),
}


def month_name(on: date, w: Words) -> str:
    """The name of a date's month: "November"."""
    return str(format_date(on, "LLLL", locale=w.locale))


def quarter_name(on: date, w: Words) -> str:
    """The short name of a date's quarter: "Q4"."""
    return str(format_date(on, "QQQ", locale=w.locale))


def streak_words(count: int, level: Level, w: Words) -> str:
    """A streak in its own periods: "12 days", "3 weeks"."""
    match level:
        case Level.DAILY:
            return w.n("{count} day", "{count} days", count)
        case Level.WEEKLY:
            return w.n("{count} week", "{count} weeks", count)
        case Level.MONTHLY:
            return w.n("{count} month", "{count} months", count)
        case Level.YEARLY:
            return w.n("{count} year", "{count} years", count)
        case _:
            return w.n("{count} quarter", "{count} quarters", count)


def status_word(status: Status, w: Words) -> str:
    """How a node stands, in a word or two."""
    match status:
        case Status.DONE:
            return w.t("done")
        case Status.ON_TRACK:
            return w.t("on track")
        case Status.AT_RISK:
            return w.t("at risk")
        case Status.BEHIND:
            return w.t("behind")
        case Status.TRACKED:
            return w.t("tracked")
        case Status.OFF:
            return w.t("off")
        case Status.INACTIVE:
            return w.t("ended")


def invitation(w: Words) -> str:
    """What is said where there is no tree yet."""
    return w.t("There are no goals here yet. Plant your first tree with /plan: it takes two minutes.")
