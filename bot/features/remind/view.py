"""Reminders in words: what is asked when, when it comes next, and what may be done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time

from bot.columns import cut
from bot.common.labels import goal_buttons
from bot.common.schedules import COMMON_DAYS, by_utc, comes, days, when
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
from bot.telegram.callback import Callback
from bot.telegram.html import bold, esc
from bot.telegram.keyboard import Button, Keyboard, rows
from core.actions.reminders import Added
from core.asking.reminders import MessageKind, Reminder
from core.asking.schedule import Schedule
from core.goals.model import Level, Owner
from language.i18n import Words
from language.parsing.line import Goal

COMMON_TIMES = tuple(time(hour) for hour in (7, 8, 12, 18, 19, 20, 21, 22))
_DIGEST_DAYS = (4, 5, 6, 0)
_MIDDAY = time(12)


# --- all of them ---


def overview(
    reminders: Sequence[Reminder], titles: Mapping[int, str], owner: Owner, now: datetime, w: Words, *, above: str = ""
) -> tuple[str, Keyboard]:
    """All reminders by time, then the digests, each with a button. `above` says what has just been done."""
    add = w.t(
        "Add one: <code>/remind 21:00</code>, <code>/remind weekdays 8:30</code>, or for one goal "
        "<code>/remind gym 7:00</code>."
    )
    if not reminders:
        parts = [w.t("You have no reminders."), add]
        return "\n\n".join([above, *parts] if above else parts), ()
    ordered = in_order(reminders)
    lines = [line(reminder, titles, owner, now, w) for reminder in ordered]
    parts = ["\n".join([bold(w.t("Your reminders")), *lines]), add]
    if any(not r.paused for r in reminders if r.kind is MessageKind.CHECK_IN):
        parts[-1] += " " + w.t("/remind off pauses them all.")
    buttons = [Button(_label(reminder, titles, w), ShowReminder(reminder.id)) for reminder in ordered]
    return "\n\n".join([above, *parts] if above else parts), rows(buttons, width=2)


def in_order(reminders: Sequence[Reminder]) -> list[Reminder]:
    """Check-ins by the time of day, then the digests from the weekly one on."""

    def place(reminder: Reminder) -> tuple[int, time, int, int]:
        level = reminder.kind.digest_of
        first = min(reminder.schedule.weekdays, default=0)
        return (0 if level is None else level.rank), reminder.schedule.at, first, reminder.id

    return sorted(reminders, key=place)


def line(reminder: Reminder, titles: Mapping[int, str], owner: Owner, now: datetime, w: Words) -> str:
    """One reminder in a line: "⏰ Every day at 20:00 · next today"."""
    coming = comes(reminder, owner, now, w)
    parts = [_first_up(when(reminder.schedule, w))]
    if reminder.kind.digest_of is not None:
        parts.insert(0, _digest_name(reminder.kind.digest_of, w))
    elif reminder.node_id is not None:
        parts.append(bold(cut(titles.get(reminder.node_id, "?"), 40)))
    parts.append(coming if reminder.next_due is None else w.t("next {day}", day=coming))
    if reminder.next_due is None:
        sign = "⏸"
    else:
        sign = "⏰" if reminder.kind.digest_of is None else "📊"
    return f"{sign} " + " · ".join(parts)


def _label(reminder: Reminder, titles: Mapping[int, str], w: Words) -> str:
    level = reminder.kind.digest_of
    if level is not None:
        return _digest_name(level, w)
    if reminder.node_id is not None:
        return f"{w.time(reminder.schedule.at)} · {cut(titles.get(reminder.node_id, '?'), 24)}"
    return f"{w.time(reminder.schedule.at)} · {days(reminder.schedule.weekdays, w)}"


def _digest_name(level: Level, w: Words) -> str:
    if level is Level.WEEKLY:
        return w.t("Weekly digest")
    return w.t("Monthly digest") if level is Level.MONTHLY else w.t("Quarterly digest")


# --- one of them ---


def menu(
    reminder: Reminder, titles: Mapping[int, str], owner: Owner, now: datetime, w: Words, *, above: str = ""
) -> tuple[str, Keyboard]:
    """What may be done about one."""
    id = reminder.id
    pause = Button(w.t("Resume"), ResumeReminder(id)) if reminder.paused else Button(w.t("Pause"), PauseReminder(id))
    text = line(reminder, titles, owner, now, w)
    keyboard = (
        (Button(w.t("Change"), ChangeReminder(id)), pause, Button(w.t("Delete"), DeleteReminder(id))),
        (Button(w.t("« All reminders"), ListReminders()),),
    )
    return (f"{above}\n\n{text}" if above else text), keyboard


def ask_change(
    reminder: Reminder, titles: Mapping[int, str], owner: Owner, now: datetime, w: Words
) -> tuple[str, Keyboard]:
    """When instead?"""
    id, level = reminder.id, reminder.kind.digest_of
    times = [Button(w.time(at), MoveReminder(id, at)) for at in COMMON_TIMES]
    if level is None:
        how = w.t("When instead? Tap, or type it, such as <i>weekdays 8:30</i>.")
        chosen = [Button(_first_up(days(some, w)), SetReminderDays(id, some)) for some in COMMON_DAYS]
    elif level is Level.WEEKLY:
        how = w.t("When instead? Tap, or type it, such as <i>sunday 19:00</i>.")
        chosen = [Button(w.weekday(day), SetReminderDays(id, frozenset({day}))) for day in _DIGEST_DAYS]
    else:
        how = w.t("At what time instead? Tap, or type it, such as <i>18:30</i>.")
        chosen = []
    back = ((Button(w.t("« Back"), ShowReminder(id)),),)
    text = f"{line(reminder, titles, owner, now, w)}\n\n{how}"
    return text, (*rows(times, width=4), *rows(chosen, width=4), *back)


# --- what was done ---


def added(
    done: Added, wanted: Schedule, title: str, owner: Owner, now: datetime, w: Words, *, bare: bool, goals: bool
) -> tuple[str, Keyboard]:
    """I'll ask. `wanted`: what was said; `title`: of the one branch (empty: all goals); `bare`: whether the hour may
    have been meant for the evening; `goals`: whether there are any."""
    reminder = done.reminder
    at = when(reminder.schedule, w)
    if title:
        said = w.t("⏰ I'll ask you about {title} {when}.", title=bold(cut(title, 60)), when=at)
    else:
        said = w.t("⏰ I'll ask you {when} how it went.", when=at)
    if done.was is not None and done.instead:
        said += " " + w.t("That is instead of {time}.", time=w.time(done.was.at))
    elif done.was is not None:
        said += " " + w.t("(There was one for that time; this is how it is now.)")
    parts = [said, w.t("Next: {day}.", day=comes(reminder, owner, now, w)) + _quiet(reminder, owner, w)]
    if not owner.zone_chosen:
        parts.append(by_utc(w))
    if not goals:
        parts.append(w.t("There is nothing to ask about yet: /plan plants your first goal."))
    return "\n".join(parts), rows(_otherwise(done, wanted, w, bare=bare))


def _otherwise(done: Added, wanted: Schedule, w: Words, *, bare: bool) -> list[Button]:
    """What may have been meant instead, the likeliest first."""
    id, schedule = done.reminder.id, done.reminder.schedule
    buttons = [Button(w.t("Change or delete"), ShowReminder(id))]
    if done.was is not None and done.instead:
        keep = NewReminder(0, done.was.weekdays, done.was.at)
        buttons.insert(0, Button(w.t("Keep {time} too", time=w.time(done.was.at)), keep))
    elif wanted.weekdays != schedule.weekdays:
        only = SetReminderDays(id, wanted.weekdays)
        buttons.insert(0, Button(w.t("Only {days}", days=days(wanted.weekdays, w)), only))
    if bare and schedule.at < _MIDDAY:
        later = schedule.at.replace(hour=schedule.at.hour + 12)
        buttons.insert(0, Button(w.t("I meant {time}", time=w.time(later)), MoveReminder(id, later)))
    return buttons


def _quiet(reminder: Reminder, owner: Owner, w: Words) -> str:
    if owner.quiet is None or not owner.quiet.cover(reminder.schedule.at):
        return ""
    return " " + w.t("(It waits until your quiet hours end.)")


def changed(w: Words) -> str:
    """Above what it is now."""
    return w.t("Changed.")


def deleted(reminder: Reminder, titles: Mapping[int, str], w: Words) -> str:
    """It is gone."""
    level = reminder.kind.digest_of
    if level is not None:
        return w.t("Deleted: {name}.", name=_digest_name(level, w))
    title = titles.get(reminder.node_id or 0)
    name = when(reminder.schedule, w) + (f" · {bold(cut(title, 40))}" if title else "")
    return w.t("Deleted: {name}.", name=name)


def turned_off(paused: int, there: bool, w: Words) -> str:
    """All check-ins are paused."""
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
    """The check-ins of one branch are paused. `others`: whether one for all goals goes on."""
    if not were:
        return no_branch(title, w), ()
    name = bold(cut(title, 60))
    if all(reminder.paused for reminder in were):
        said = w.t("I don't ask about {title} on its own: that is paused already.", title=name)
    else:
        said = w.t("Paused: I will not ask about {title} on its own any more.", title=name)
    if others:
        said += " " + w.t("It still comes up with all the others.")
    return said, rows([Button(w.t("Resume"), BranchOn(node_id))])


def no_branch(title: str, w: Words) -> str:
    """No check-in is for this branch alone."""
    name = bold(cut(title, 60))
    return w.t("There is no reminder about {title} alone. /remind shows those that there are.", title=name)


def turned_on(w: Words) -> str:
    """All check-ins go on."""
    return w.t("I'll ask again, as it stands here.")


# --- what is asked back, and what cannot be ---


def ask_time(title: str, weekdays: frozenset[int], node_id: int, w: Words) -> tuple[str, Keyboard]:
    """At what time? Everything else was said."""
    if title:
        asked = w.t("At what time shall I ask you about {title}? Tap, or type it:", title=bold(cut(title, 60)))
    else:
        asked = w.t("At what time shall I ask you {days}? Tap, or type it:", days=days(weekdays, w))
    buttons = [Button(w.time(at), NewReminder(node_id, weekdays, at)) for at in COMMON_TIMES]
    return asked, rows(buttons, width=4)


def which(
    name: str, goals: Sequence[Goal], chosen: Callable[[Goal], Callback], w: Words, *, exact: bool
) -> tuple[str, Keyboard]:
    """Several goals may be meant, or none is; `chosen` gives the button of a goal."""
    shown = esc(cut(name, 60))
    if exact:
        text = w.t("Which one is “{name}”?", name=shown)
    elif goals:
        text = w.t("I know no goal called “{name}”. Did you mean one of these?", name=shown)
    else:
        return w.t("I know no goal called “{name}”. /tree shows your goals, /plan adds one.", name=shown), ()
    return text, goal_buttons(goals, chosen)


def no_time(said: str, w: Words) -> str:
    """Words without a time that name no goal."""
    return w.t(
        "I find no time in “{said}”. Write one such as <code>/remind 21:00</code>, or <code>/remind gym 7:00</code> "
        "for one goal.",
        said=esc(cut(said, 40)),
    )


def not_a_time(w: Words) -> str:
    """The answer to the question for a time is none."""
    return w.t("I need a time, such as <i>21:00</i> or <i>weekdays 8:30</i>. /cancel leaves it as it is.")


def one_weekday(w: Words) -> str:
    """For a weekly digest."""
    return w.t("The weekly digest comes on one day: name one, such as <i>sunday 19:00</i>.")


def no_weekdays(w: Words) -> str:
    """For a monthly or quarterly digest."""
    return w.t("This digest comes on the last day: give me a time only, such as <i>18:30</i>.")


def gone(w: Words) -> str:
    """A button or an answer about a reminder that was deleted."""
    return w.t("That reminder is not here any more. /remind shows those that there are.")


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
