"""The list of reminders, and the menu of one: pause, change, delete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import time

from bot.common.goals import goals_of, readings_on
from bot.features.remind import ask_view, view
from bot.features.remind.buttons import (
    ChangeReminder,
    DeleteReminder,
    ListReminders,
    MoveReminder,
    NewTimeAsked,
    OtherTimeAsked,
    PauseReminder,
    ResumeReminder,
    SetReminderDays,
    ShowReminder,
)
from bot.telegram.feature import Feature, OnTap
from bot.telegram.turn import Turn
from core.actions import reminders as actions
from core.asking.reminders import Reminder
from core.asking.schedule import Schedule
from core.errors import NotFound
from core.goals.model import Level
from core.group.permissions import Act


async def seen(turn: Turn) -> view.ReminderContext:
    """The context in which this chat's reminders are shown."""
    return view.ReminderContext(await titles_of(turn), turn.owner, turn.now, turn.words)


async def show_all(turn: Turn, above: str = "") -> None:
    """Shows all reminders, below the result of the last action."""
    reminders = await actions.list_promised(turn.store, turn.actor, turn.now)
    await turn.edit(*view.overview(reminders, await seen(turn), above=above))


async def _tap_list(turn: Turn, _: ListReminders) -> None:
    await leave_question(turn)
    await show_all(turn)


async def _tap_menu(turn: Turn, button: ShowReminder) -> None:
    await leave_question(turn)
    await _show(turn, await _mine(turn, button.reminder))


async def _tap_delete(turn: Turn, button: DeleteReminder) -> None:
    try:
        was = await actions.delete_reminder(turn.store, turn.actor, button.reminder, turn.now)
    except NotFound:
        await _gone(turn)
        return
    await leave_question(turn)
    await show_all(turn, view.deleted(was, await seen(turn)))


async def _tap_change(turn: Turn, button: ChangeReminder) -> None:
    reminder = await _mine(turn, button.reminder)
    if reminder is None:
        await _gone(turn)
        return
    await turn.remember(OtherTimeAsked(reminder.id))
    await turn.edit(*view.ask_change(reminder, await seen(turn)))


async def reschedule(turn: Turn, reminder_id: int, at: time | None, days: frozenset[int] | None) -> None:
    """Changes a reminder's time, days, or both."""
    reminder = await _mine(turn, reminder_id)
    if reminder is None:
        await _gone(turn)
        return
    level = reminder.kind.digest_of
    if days is not None and level is Level.WEEKLY and len(days) != 1:
        await turn.reply(ask_view.one_weekday(turn.words))
    elif days is not None and level is not None and level is not Level.WEEKLY:
        await turn.reply(ask_view.no_weekdays(turn.words))
    else:
        was = reminder.schedule
        await _change(turn, reminder_id, schedule=replace(was, at=at or was.at, weekdays=days or was.weekdays))


async def _change(
    turn: Turn, reminder_id: int, *, schedule: Schedule | None = None, paused: bool | None = None
) -> None:
    try:
        changed = await actions.change_reminder(
            turn.store, turn.actor, reminder_id, turn.now, schedule=schedule, paused=paused
        )
    except NotFound:
        await _gone(turn)
        return
    await leave_question(turn)
    await _show(turn, changed, view.changed(turn.words) if schedule else "")


async def _show(turn: Turn, reminder: Reminder | None, above: str = "") -> None:
    if reminder is None:
        await _gone(turn)
        return
    await turn.edit(*view.menu(reminder, await seen(turn), above=above))


async def _gone(turn: Turn) -> None:
    """Answers that a reminder was deleted, or is another chat's."""
    await leave_question(turn)
    if turn.query:
        await turn.answer(ask_view.gone(turn.words), alert=True)
    else:
        await turn.reply(ask_view.gone(turn.words))


async def leave_question(turn: Turn) -> None:
    """Ends an open question for a time; any other conversation stays open."""
    if isinstance(await turn.recall(), NewTimeAsked | OtherTimeAsked):
        await turn.remember(None)


async def _mine(turn: Turn, reminder_id: int) -> Reminder | None:
    reminders = await actions.list_promised(turn.store, turn.actor, turn.now)
    return next((reminder for reminder in reminders if reminder.id == reminder_id), None)


async def titles_of(turn: Turn) -> Mapping[int, str]:
    """The titles of this chat's goals, by id."""
    return {goal.id: goal.title for goal in goals_of(await readings_on(turn))}


FEATURE = Feature(
    taps=(
        OnTap(ListReminders, _tap_list, Act.SETTINGS),
        OnTap(ShowReminder, _tap_menu, Act.SETTINGS),
        OnTap(PauseReminder, lambda turn, button: _change(turn, button.reminder, paused=True), Act.SETTINGS),
        OnTap(ResumeReminder, lambda turn, button: _change(turn, button.reminder, paused=False), Act.SETTINGS),
        OnTap(DeleteReminder, _tap_delete, Act.SETTINGS),
        OnTap(ChangeReminder, _tap_change, Act.SETTINGS),
        OnTap(MoveReminder, lambda turn, button: reschedule(turn, button.reminder, button.at, None), Act.SETTINGS),
        OnTap(
            SetReminderDays, lambda turn, button: reschedule(turn, button.reminder, None, button.weekdays), Act.SETTINGS
        ),
    )
)
