"""Phrases that several views share: amounts with their unit, names of periods, streaks, statuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from unicodedata import category

from babel import Locale
from babel.dates import format_date

from bot.columns import cut
from core.actions.logged import CheckOff
from core.goals.model import Level, Node, Status
from core.goals.periods import Period, period_of
from core.records import record
from language.i18n import Words, mark, several

_UNIT = 20


def quantity(value: Decimal | None, unit: str | None, w: Words) -> str:
    """A number with its unit: "5 km". Not escaped."""
    return f"{_figure(value, unit, w)} {cut(w.unit(unit, value), _UNIT)}" if unit else w.number(value)


def _figure(value: Decimal | None, unit: str | None, w: Words) -> str:
    """A number; money that is not whole shows its cents."""
    is_money = unit is not None and len(unit) == 1 and category(unit) == "Sc"
    return w.cents(value) if is_money and value is not None and value != int(value) else w.number(value)


def how_far(node: Node, value: Decimal | None, target: Decimal, w: Words) -> str:
    """How far a goal came: "31 of 50 km", or "85.4 → 78 kg" on the way from one number to another. Not escaped."""
    whole = quantity(target, node.unit, w)
    if node.baseline is not None:
        return w.t("{value} → {target}", value=_figure(value, node.unit, w), target=whole)
    if target == 0 and not node.is_limit:  # no day of it is open
        return quantity(value or Decimal(0), node.unit, w)
    return w.t("{value} of {target}", value=_figure(value, node.unit, w), target=whole)


def days_word(done: CheckOff, w: Words) -> str:
    """The day of an entry within a sentence: "today" or "on Sun, 22 Nov"."""
    return w.t("today") if done.on == done.today else w.t("on {day}", day=w.date(done.on))


@record
class _OfLevel:
    """The phrases of one level: its current period and any other one, the heading of a report on it, all goals of the
    level, a number of its periods, the button that skips one, and its digest."""

    now: str
    name: Callable[[Period, Words], str]
    heading: Callable[[Period, Words], str]
    goals: str
    count: tuple[str, str]
    skip: str
    digest: str = mark("Digest")


@lru_cache(maxsize=1024)
def _formatted(day: date, pattern: str, locale: Locale) -> str:
    """A day in a CLDR pattern. Cached: each check-off names a month and a quarter."""
    return str(format_date(day, pattern, locale=locale))


def _month(period: Period, w: Words) -> str:
    return _formatted(period.start, "LLLL", w.locale)


def _quarter(period: Period, w: Words) -> str:
    return _formatted(period.start, "QQQ", w.locale)


def _year(period: Period, _: Words) -> str:
    return str(period.start.year)


def _until(period: Period, w: Words) -> str:
    return w.t("until {day}", day=w.date(period.end))


_LEVELS: Mapping[Level, _OfLevel] = {
    Level.DAILY: _OfLevel(
        now=mark("today"),
        name=lambda period, w: w.date(period.start),
        heading=lambda period, w: w.date(period.start),
        goals=mark("Daily goals"),
        count=several("{count} day", "{count} days"),
        skip=mark("⏭ Skip"),
    ),
    Level.WEEKLY: _OfLevel(
        now=mark("this week"),
        name=lambda period, w: w.t("week of {day}", day=w.date(period.start)),
        heading=lambda period, w: w.t("Week of {day}", day=w.short_day(period.start)),
        goals=mark("Weekly goals"),
        count=several("{count} week", "{count} weeks"),
        skip=mark("⏭ Skip week"),
        digest=mark("Weekly digest"),
    ),
    Level.MONTHLY: _OfLevel(
        now=mark("this month"),
        name=_month,
        heading=lambda period, w: f"{_month(period, w)} {period.start.year}",
        goals=mark("Monthly goals"),
        count=several("{count} month", "{count} months"),
        skip=mark("⏭ Skip month"),
        digest=mark("Monthly digest"),
    ),
    Level.QUARTERLY: _OfLevel(
        now=mark("this quarter"),
        name=_quarter,
        heading=lambda period, w: f"{_quarter(period, w)} {period.start.year}",
        goals=mark("Quarterly goals"),
        count=several("{count} quarter", "{count} quarters"),
        skip=mark("⏭ Skip quarter"),
        digest=mark("Quarterly digest"),
    ),
    Level.YEARLY: _OfLevel(
        now=mark("this year"),
        name=_year,
        heading=_year,
        goals=mark("Yearly goals"),
        count=several("{count} year", "{count} years"),
        skip=mark("⏭ Skip year"),
        digest=mark("Yearly digest"),
    ),
    Level.RANGE: _OfLevel(
        now=mark("now"),
        name=_until,
        heading=_until,
        goals=mark("Goals by a date"),
        count=several("{count} time", "{count} times"),
        skip=mark("⏭ Skip"),
    ),
    Level.VISION: _OfLevel(
        now=mark("now"),
        name=_until,
        heading=_until,
        goals=mark("Visions"),
        count=several("{count} time", "{count} times"),
        skip=mark("⏭ Skip"),
    ),
}


def in_period(level: Level, period: Period, today: date, w: Words) -> str:
    """A node's period within a reply: "today", "this week", "Sun, 22 Nov", "week of 16 Nov"."""
    return w.t(_LEVELS[_goes_by(level, period)].now) if today in period else name_of(level, period, w)


def name_of(level: Level, period: Period, w: Words) -> str:
    """The name of a period within a sentence: "Sun, 22 Nov", "week of 16 Nov", "November", "Q4", "2026"."""
    return _LEVELS[_goes_by(level, period)].name(period, w)


def _goes_by(level: Level, period: Period) -> Level:
    """The level that names a period: a vision without an end has quarters or years."""
    of_calendar = (Level.QUARTERLY, Level.YEARLY) if level is Level.VISION else ()
    return next((one for one in of_calendar if period_of(one, period.start) == period), level)


def heading_of(level: Level, period: Period, w: Words) -> str:
    """The heading of a report on a period: "Week of 23 Nov", "November 2026", "Q4 2026", "2026"."""
    return _LEVELS[level].heading(period, w)


def goals_of_level(level: Level, w: Words) -> str:
    """All goals of a level."""
    return w.t(_LEVELS[level].goals)


def streak_words(count: int, level: Level, w: Words) -> str:
    """A streak in its own periods: "12 days", "3 weeks"."""
    return w.n(*_LEVELS[level].count, count)


def skip_label(level: Level, w: Words) -> str:
    """The label of the button that skips a leaf's period; it names the period if that is longer than a day."""
    return w.t(_LEVELS[level].skip)


def digest_name(level: Level, w: Words) -> str:
    """The name of a level's digest."""
    return w.t(_LEVELS[level].digest)


def status_word(status: Status, w: Words) -> str:
    """A status in a word or two."""
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
            return w.t("not active")


def invitation(w: Words) -> str:
    """The text shown while there is no tree."""
    return w.t("There are no goals here yet. Plant your first tree with /plan: it takes two minutes.")
