"""Schedules in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.asking.reminders import Reminder
from core.asking.schedule import Schedule, out_of_quiet
from core.goals.model import Level, Owner, OwnerType
from core.goals.terms import ALL_WEEK
from language.i18n import Words

COMMON_DAYS = (ALL_WEEK, frozenset(range(5)), frozenset({5, 6}))


def days(weekdays: frozenset[int], w: Words) -> str:
    """The days within a sentence: "every day", "on weekdays", "every Monday", "on Mon, Wed and Fri"."""
    if weekdays == ALL_WEEK:
        return w.t("every day")
    if weekdays == COMMON_DAYS[1]:
        return w.t("on weekdays")
    if weekdays == COMMON_DAYS[2]:
        return w.t("on weekends")
    if len(weekdays) == 1:
        return w.t("every {weekday}", weekday=w.weekday(*weekdays))
    return w.t("on {weekdays}", weekdays=w.listed([w.weekday(day, short=True) for day in sorted(weekdays)]))


def when(schedule: Schedule, w: Words) -> str:
    """A schedule within a sentence: "every day at 20:00"."""
    if schedule.end_of is not None:
        return _at_end(schedule, schedule.end_of, w)
    return w.t("{days} at {time}", days=days(schedule.weekdays, w), time=w.time(schedule.at))


def _at_end(schedule: Schedule, level: Level, w: Words) -> str:
    at = w.time(schedule.at)
    if schedule.is_morning_after:
        match level:
            case Level.MONTHLY:
                return w.t("on the first day of each month at {time}", time=at)
            case Level.QUARTERLY:
                return w.t("on the first day of each quarter at {time}", time=at)
            case _:
                return w.t("on the first day of each year at {time}", time=at)
    match level:
        case Level.MONTHLY:
            return w.t("on the last day of each month at {time}", time=at)
        case Level.QUARTERLY:
            return w.t("on the last day of each quarter at {time}", time=at)
        case _:
            return w.t("on the last day of each year at {time}", time=at)


def comes(reminder: Reminder, owner: Owner, now: datetime, w: Words) -> str:
    """When a reminder comes next: "today", "tomorrow", "on Wed 25 Nov", with the time if it differs from the usual
    one."""
    if reminder.next_due is None:
        return w.t("paused") if reminder.paused else w.t("nothing is due then")
    due = _awake(reminder.next_due, owner, now)
    if due <= now:
        return w.t("now")
    local = due.astimezone(ZoneInfo(owner.timezone))
    day = _day(local, now, w)
    return day if local.time() == reminder.schedule.at else w.t("{day} at {time}", day=day, time=w.time(local))


def next_line(reminders: Sequence[Reminder], owner: Owner, now: datetime, w: Words) -> str:
    """When the next of several reminders comes; empty if none does."""
    coming = [(reminder.next_due, reminder.kind) for reminder in reminders if reminder.next_due is not None]
    if not coming:
        return ""
    first, kind = min(coming)
    due = _awake(first, owner, now)
    if due <= now:
        return w.t("Your digest comes now.") if kind.digest_of is not None else w.t("Your reminder comes now.")
    local = due.astimezone(ZoneInfo(owner.timezone))
    day, clock = _day(local, now, w), w.time(local)
    if kind.digest_of is not None:
        return w.t("Your next digest comes {day} at {time}.", day=day, time=clock)
    return w.t("Your next reminder comes {day} at {time}.", day=day, time=clock)


def _awake(due: datetime, owner: Owner, now: datetime) -> datetime:
    """The instant at which a due message is sent: an overdue one now, but not in quiet hours."""
    return due if due > now else out_of_quiet(now, ZoneInfo(owner.timezone), owner.quiet)


def _day(local: datetime, now: datetime, w: Words) -> str:
    """A day on the owner's calendar, within a sentence."""
    today = now.astimezone(local.tzinfo).date()
    if local.date() == today:
        return w.t("today")
    if local.date() == today + timedelta(days=1):
        return w.t("tomorrow")
    return w.t("on {day}", day=w.date(local.date()))


def utc_hint(w: Words) -> str:
    """The hint that times are in UTC until the zone is known."""
    return w.t("That is by UTC until you tell me where you are: <code>/settings zone Lisbon</code>.")


def first(reminder: Reminder, owner: Owner, w: Words) -> str:
    """The line about reminders after the first plan."""
    at = when(reminder.schedule, w)
    if owner.type is OwnerType.GROUP:
        return w.t("⏰ I'll ask everyone here {when} how it went. /settings changes that.", when=at)
    if owner.zone_chosen:
        return w.t("⏰ I'll ask you {when} how it went. /remind changes that.", when=at)
    return w.t(
        "⏰ I'll ask you {when} how it went, by UTC until you tell me where you are: "
        "<code>/settings zone Lisbon</code>. /remind changes the time.",
        when=at,
    )
