"""Reminders in words: what each asks, when it comes next, and its menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from bot.columns import cut
from bot.common.schedules import COMMON_DAYS, comes, days, utc_hint, when
from bot.common.terms import digest_name
from bot.features.remind.buttons import (
    BranchOn,
    ChangeReminder,
    DeleteReminder,
    ListReminders,
    MoveReminder,
    NewReminder,
    PauseReminder,
    ResumeReminder,
    SetReminderDays,
    ShowReminder,
)
from bot.telegram.html import below, bold
from bot.telegram.keyboard import Button, Keyboard, rows
from core.actions.reminders import Added
from core.asking.reminders import MessageKind, Reminder
from core.asking.schedule import Schedule
from core.goals.model import Level, Owner
from core.records import record
from language.i18n import Words

COMMON_TIMES = tuple(time(hour) for hour in (7, 8, 12, 18, 19, 20, 21, 22))
_DIGEST_DAYS = (4, 5, 6, 0)
_MIDDAY = time(12)


# --- all of them ---


@record
class ReminderContext:
    """The context of reminders: the owner, the time, and the titles of their goals."""

    titles: Mapping[int, str]
    owner: Owner
    now: datetime
    w: Words


def overview(reminders: Sequence[Reminder], seen: ReminderContext, *, above: str = "") -> tuple[str, Keyboard]:
    """All check-ins by time, then the digests, each with a button. `above` is the result of the last action."""
    w = seen.w
    add = w.t(
        "Add one: <code>/remind 21:00</code>, <code>/remind weekdays 8:30</code>, or for one goal "
        "<code>/remind gym 7:00</code>."
    )
    if not reminders:
        parts = [w.t("You have no reminders."), add]
        return "\n\n".join([above, *parts] if above else parts), ()
    ordered = in_order(reminders)
    lines = [line(reminder, seen) for reminder in ordered]
    parts = ["\n".join([bold(w.t("Your reminders")), *lines]), add]
    if any(not r.paused for r in reminders if r.kind is MessageKind.CHECK_IN):
        parts[-1] += " " + w.t("/remind off pauses them all.")
    buttons = [Button(_label(reminder, seen), ShowReminder(reminder.id)) for reminder in ordered]
    return "\n\n".join([above, *parts] if above else parts), rows(buttons, width=2)


def in_order(reminders: Sequence[Reminder]) -> list[Reminder]:
    """Check-ins by the time of day, then the digests from the weekly one on."""

    def place(reminder: Reminder) -> tuple[int, time, int, int]:
        level = reminder.kind.digest_of
        first = min(reminder.schedule.weekdays, default=0)
        return (0 if level is None else level.rank), reminder.schedule.at, first, reminder.id

    return sorted(reminders, key=place)


def line(reminder: Reminder, seen: ReminderContext) -> str:
    """One reminder in a line: "⏰ Every day at 20:00 · next today"."""
    w = seen.w
    coming = comes(reminder, seen.owner, seen.now, w)
    parts = [_first_up(when(reminder.schedule, w))]
    if reminder.kind.digest_of is not None:
        parts.insert(0, digest_name(reminder.kind.digest_of, w))
    elif reminder.node_id is not None:
        parts.append(bold(cut(seen.titles.get(reminder.node_id, "?"), 40)))
    parts.append(coming if reminder.next_due is None else w.t("next {day}", day=coming))
    if reminder.paused:
        sign = "⏸"
    else:
        sign = "⏰" if reminder.kind.digest_of is None else "📊"
    return f"{sign} " + " · ".join(parts)


def _label(reminder: Reminder, seen: ReminderContext) -> str:
    level, w = reminder.kind.digest_of, seen.w
    if level is not None:
        return digest_name(level, w)
    if reminder.node_id is not None:
        return f"{w.time(reminder.schedule.at)} · {cut(seen.titles.get(reminder.node_id, '?'), 24)}"
    return f"{w.time(reminder.schedule.at)} · {days(reminder.schedule.weekdays, w)}"


# --- one of them ---


def menu(reminder: Reminder, seen: ReminderContext, *, above: str = "") -> tuple[str, Keyboard]:
    """One reminder's menu."""
    reminder_id, w = reminder.id, seen.w
    pause = (
        Button(w.t("Resume"), ResumeReminder(reminder_id))
        if reminder.paused
        else Button(w.t("Pause"), PauseReminder(reminder_id))
    )
    text = line(reminder, seen)
    keyboard = (
        (Button(w.t("Change"), ChangeReminder(reminder_id)), pause, Button(w.t("Delete"), DeleteReminder(reminder_id))),
        (Button(w.t("« All reminders"), ListReminders()),),
    )
    return below(above, text), keyboard


def ask_change(reminder: Reminder, seen: ReminderContext) -> tuple[str, Keyboard]:
    """Asks for a new time."""
    reminder_id, level, w = reminder.id, reminder.kind.digest_of, seen.w
    times = [Button(w.time(at), MoveReminder(reminder_id, at)) for at in COMMON_TIMES]
    if level is None:
        how = w.t("When instead? Tap, or type it, such as <i>weekdays 8:30</i>.")
        chosen = [Button(_first_up(days(some, w)), SetReminderDays(reminder_id, some)) for some in COMMON_DAYS]
    elif level is Level.WEEKLY:
        how = w.t("When instead? Tap, or type it, such as <i>monday 10:00</i>.")
        chosen = [Button(w.weekday(day), SetReminderDays(reminder_id, frozenset({day}))) for day in _DIGEST_DAYS]
    else:
        how = w.t("At what time instead? Tap, or type it, such as <i>18:30</i>.")
        chosen = []
    back = ((Button(w.t("« Back"), ShowReminder(reminder_id)),),)
    text = f"{line(reminder, seen)}\n\n{how}"
    return text, (*rows(times, width=4), *rows(chosen, width=4), *back)


# --- what was done ---


def added(done: Added, wanted: Schedule, title: str, seen: ReminderContext, *, bare: bool) -> tuple[str, Keyboard]:
    """The answer to a new reminder. `wanted`: its schedule as it was said; `title`: that of its branch (empty: all
    goals); `bare`: whether the hour may have been meant for the evening."""
    reminder, owner, w = done.reminder, seen.owner, seen.w
    at = when(reminder.schedule, w)
    if title:
        text = w.t("⏰ I'll ask you about {title} {when}.", title=bold(cut(title, 60)), when=at)
    else:
        text = w.t("⏰ I'll ask you {when} how it went.", when=at)
    if done.was is not None and done.instead:
        text += " " + w.t("That is instead of {time}.", time=w.time(done.was.at))
    elif done.was is not None:
        text += " " + w.t("(There was one for that time; this is how it is now.)")
    elif done.beside:
        times = w.listed(list(dict.fromkeys(w.time(other.schedule.at) for other in done.beside)))
        text += " " + w.t("That is one more beside {times}.", times=times)
    due = comes(reminder, owner, seen.now, w)
    coming = w.t("Next: {day}.", day=due) if reminder.next_due else w.t("Nothing is due then.")
    parts = [text, coming + _night(reminder, owner, w) + _quiet(reminder, owner, w)]
    if not owner.zone_chosen:
        parts.append(utc_hint(w))
    if not seen.titles:
        parts.append(w.t("There is nothing to ask about yet: /plan plants your first goal."))
    return "\n".join(parts), rows(_otherwise(done, wanted, w, bare=bare))


def _otherwise(done: Added, wanted: Schedule, w: Words, *, bare: bool) -> list[Button]:
    """Buttons for other readings, the likeliest first."""
    reminder_id, schedule = done.reminder.id, done.reminder.schedule
    buttons = [Button(w.t("Change or delete"), ShowReminder(reminder_id))]
    if done.was is not None and done.instead:
        keep = NewReminder(0, done.was.weekdays, done.was.at)
        buttons.insert(0, Button(w.t("Keep {time} too", time=w.time(done.was.at)), keep))
    elif wanted.weekdays != schedule.weekdays:
        only = SetReminderDays(reminder_id, wanted.weekdays)
        buttons.insert(0, Button(w.t("Only {days}", days=days(wanted.weekdays, w)), only))
    if bare and schedule.at < _MIDDAY:
        later = schedule.at.replace(hour=schedule.at.hour + 12)
        buttons.insert(0, Button(w.t("I meant {time}", time=w.time(later)), MoveReminder(reminder_id, later)))
    return buttons


def _quiet(reminder: Reminder, owner: Owner, w: Words) -> str:
    if owner.quiet is None or not owner.quiet.cover(reminder.schedule.at):
        return ""
    return " " + w.t("(It waits until your quiet hours end.)")


def _night(reminder: Reminder, owner: Owner, w: Words) -> str:
    if reminder.schedule.at >= owner.day_start:
        return ""
    return " " + w.t(
        "(Your days begin at {start}, so {time} is in the night that follows.)",
        start=w.time(owner.day_start),
        time=w.time(reminder.schedule.at),
    )


def changed(w: Words) -> str:
    """The line above a changed reminder."""
    return w.t("Changed.")


def deleted(reminder: Reminder, seen: ReminderContext) -> str:
    """The answer when a reminder is deleted."""
    level, w = reminder.kind.digest_of, seen.w
    if level is not None:
        return w.t("Deleted: {name}.", name=digest_name(level, w))
    title = seen.titles.get(reminder.node_id or 0)
    name = when(reminder.schedule, w) + (f" · {bold(cut(title, 40))}" if title else "")
    return w.t("Deleted: {name}.", name=name)


def turned_off(paused: int, there: bool, w: Words) -> str:
    """The answer when all check-ins are paused."""
    if not there:
        return w.t("You have no reminders, so nothing comes. <code>/remind 21:00</code> adds one.")
    if not paused:
        return w.t("They are paused already. /remind on brings them back.")
    return w.n(
        "Your reminder is paused: I will not ask. /remind on brings it back.",
        "Your {count} reminders are paused: I will not ask. /remind on brings them back.",
        paused,
    )


def branch_off(node_id: int, title: str, were: Sequence[Reminder], others: bool, w: Words) -> tuple[str, Keyboard]:
    """The answer when the check-ins of one branch are paused. `others`: whether one for all goals continues."""
    if not were:
        return no_branch(title, w), ()
    name = bold(cut(title, 60))
    if all(reminder.paused for reminder in were):
        text = w.t("I don't ask about {title} on its own: that is paused already.", title=name)
    else:
        text = w.t("Paused: I will not ask about {title} on its own any more.", title=name)
    if others:
        text += " " + w.t("It still comes up with all the others.")
    return text, rows([Button(w.t("Resume"), BranchOn(node_id))])


def no_branch(title: str, w: Words) -> str:
    """The answer when a branch has no check-in of its own."""
    name = bold(cut(title, 60))
    return w.t("There is no reminder about {title} alone. /remind shows those that there are.", title=name)


def turned_on(w: Words) -> str:
    """The answer when all check-ins are resumed."""
    return w.t("I'll ask again, as it stands here.")


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
