"""/remind: when to be asked how it went. Adding, listing, changing, pausing and deleting reminders."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import time

from bot.acts import Acts, with_words
from bot.callback import BadButton, fields, unpacked
from bot.handlers import guided, log
from bot.handlers.goals import goals_of, readings_on
from bot.turn import Turn
from bot.views import remind as view
from core.actions import reminders as actions
from core.errors import NotFound
from core.model import ALL_WEEK, Level
from core.permissions import Act
from core.reminders import MessageKind, Reminder
from core.schedule import Schedule
from language.parsing import remind as parsing
from language.parsing.errors import Misread
from language.parsing.line import Goal

_MINUTE = re.compile(r"[0-9]{4}")
_ALL = ("list", "all", "show")
_OFF = ("off", "stop", "pause")
_ON = ("on", "resume")


async def remind(turn: Turn) -> None:
    """`/remind`, `/remind 21:00`, `/remind gym mon wed 7:00`, `/remind off`, `/remind gym off`."""
    if not turn.args or turn.args.casefold() in _ALL:
        await _list(turn)
    elif turn.args.casefold() in _OFF:
        there = await _check_ins(turn)
        paused = await actions.turn_check_ins_off(turn.store, turn.chat_id, turn.now)
        await turn.reply(view.turned_off(paused, bool(there), turn.words))
    elif turn.args.casefold() in _ON:
        there = await actions.turn_check_ins_on(turn.store, turn.chat_id, turn.now)
        await _list(turn, view.turned_on(turn.words) if there else "")
    else:
        await _wish(turn)


async def _switched(turn: Turn, goals: Sequence[Goal]) -> bool:
    """ "gym off", "gym on": the reminders of a branch alone. False if it says something else, such as a goal "Day
    off"."""
    *words, last = turn.args.split()
    verb = "f" if last.casefold() in _OFF else "b" if last.casefold() in _ON else ""
    titles = [(goal.id, goal.title) for goal in goals]
    whole = " ".join(turn.args.split()).casefold()
    if not words or not verb or any(title.casefold().startswith(whole) for _, title in titles):
        return False
    try:
        wanted = parsing.read(" ".join(words), titles, turn.lexicon)
    except Misread:
        return False
    if not wanted.name or wanted.at is not None or wanted.weekdays is not None:
        return False
    if len(wanted.goals) == 1:
        await (_branch_off if verb == "f" else _branch_on)(turn, wanted.goals[0])
        return True
    by_id = {goal.id: goal for goal in goals}
    offered = [by_id[node_id] for node_id in wanted.goals or wanted.nearest]
    exact = bool(wanted.goals)
    await turn.reply(
        *view.which(wanted.name, offered, lambda goal: view.branch_data(verb, goal), turn.words, exact=exact)
    )
    return True


async def _branch_off(turn: Turn, node_id: int) -> None:
    were = await actions.turn_branch_off(turn.store, turn.chat_id, node_id, turn.now)
    left = [found for found in await _check_ins(turn) if found.node_id is None and not found.paused]
    title = (await _titles(turn))[node_id]
    said = view.branch_off(node_id, title, were, bool(left), turn.words)
    await (turn.edit if turn.query else turn.reply)(*said)


async def _branch_on(turn: Turn, node_id: int) -> None:
    there = await actions.turn_check_ins_on(turn.store, turn.chat_id, turn.now, node_id)
    title = (await _titles(turn))[node_id]
    await _list(turn, view.turned_on(turn.words) if there else view.no_branch(title, turn.words))


async def _wish(turn: Turn) -> None:
    """A reminder in words."""
    goals = [goal for goal in goals_of(await readings_on(turn)) if not goal.ended]
    if await _switched(turn, goals):
        return
    wanted = parsing.read(turn.args, [(goal.id, goal.title) for goal in goals], turn.lexicon)
    days = wanted.weekdays or ALL_WEEK
    named = [goal for goal in goals if goal.id in wanted.goals]
    if wanted.name and wanted.at is not None and len(named) != 1:
        by_id = {goal.id: goal for goal in goals}
        offered = named or [by_id[node_id] for node_id in wanted.nearest]
        at = wanted.at
        exact = bool(named)
        await turn.reply(
            *view.which(wanted.name, offered, lambda goal: view.new_data(goal.id, days, at), turn.words, exact=exact)
        )
    elif wanted.at is None and (len(named) != 1 if wanted.name else wanted.weekdays is None):
        await turn.reply(view.no_time(turn.args, turn.words))
    elif wanted.at is None:
        await _ask_time(turn, named[0] if named else None, days)
    else:
        await _add(turn, Schedule(wanted.at, days), named[0].id if named else None, bare=wanted.bare)


async def _ask_time(turn: Turn, goal: Goal | None, days: frozenset[int]) -> None:
    node_id = goal.id if goal else 0
    await turn.remember({"state": "remind", "node": node_id, "days": view.mask(days)})
    await turn.reply(*view.ask_time(goal.title if goal else "", days, node_id, turn.words))


async def _add(turn: Turn, schedule: Schedule, node_id: int | None, *, bare: bool = False) -> None:
    done = await actions.add_check_in(turn.store, turn.chat_id, schedule, turn.now, node_id, turn.caps)
    titles = await _titles(turn)
    title = titles[node_id] if node_id is not None else ""
    said = view.added(done, schedule, title, turn.owner, turn.now, turn.words, bare=bare, goals=bool(titles))
    await (turn.edit if turn.query else turn.reply)(*said)


async def _list(turn: Turn, above: str = "") -> None:
    found = await actions.list_reminders(turn.store, turn.chat_id)
    said = view.overview(found, await _titles(turn), turn.owner, turn.now, turn.words, above=above)
    await (turn.edit if turn.query else turn.reply)(*said)


# --- buttons ---


async def tapped(turn: Turn) -> None:
    """A button of the list, of one reminder, or of a question."""
    verb, _, turn.args = turn.args.partition(":")
    handler = _VERBS.get(verb)
    if handler is None:
        raise BadButton
    await handler(turn)


async def _tap_list(turn: Turn) -> None:
    await _leave(turn)
    await _list(turn)


async def _tap_new(turn: Turn) -> None:
    node, days, at = fields(turn.args, 3)
    schedule, node_id = Schedule(_time(at), _days(days)), unpacked(node)
    await _leave(turn)
    await _add(turn, schedule, node_id or None)


async def _tap_menu(turn: Turn) -> None:
    await _leave(turn)
    await _show(turn, await _mine(turn, _id(turn)))


async def _tap_pause(turn: Turn) -> None:
    await _change(turn, _id(turn), paused=True)


async def _tap_resume(turn: Turn) -> None:
    await _change(turn, _id(turn), paused=False)


async def _tap_delete(turn: Turn) -> None:
    try:
        was = await actions.delete_reminder(turn.store, turn.chat_id, _id(turn), turn.now)
    except NotFound:
        await _gone(turn)
        return
    await _leave(turn)
    await _list(turn, view.deleted(was, await _titles(turn), turn.words))


async def _tap_branch_off(turn: Turn) -> None:
    await _branch_off(turn, _id(turn))


async def _tap_branch_on(turn: Turn) -> None:
    await _branch_on(turn, _id(turn))


async def _tap_change(turn: Turn) -> None:
    reminder = await _mine(turn, _id(turn))
    if reminder is None:
        await _gone(turn)
        return
    await turn.remember({"state": "remind", "reminder": reminder.id})
    await turn.edit(*view.ask_change(reminder, await _titles(turn), turn.owner, turn.now, turn.words))


async def _tap_time(turn: Turn) -> None:
    id, at = fields(turn.args, 2)
    await _reschedule(turn, unpacked(id), _time(at), None)


async def _tap_days(turn: Turn) -> None:
    id, days = fields(turn.args, 2)
    await _reschedule(turn, unpacked(id), None, _days(days))


_VERBS: dict[str, Callable[[Turn], Awaitable[None]]] = {
    "l": _tap_list,
    "n": _tap_new,
    "m": _tap_menu,
    "p": _tap_pause,
    "r": _tap_resume,
    "d": _tap_delete,
    "c": _tap_change,
    "t": _tap_time,
    "w": _tap_days,
    "f": _tap_branch_off,
    "b": _tap_branch_on,
}


# --- what a question is answered with ---


async def answered(turn: Turn) -> None:
    """A time and days, typed. Who logs something meanwhile is not held up."""
    state = await turn.recall() or {}
    wanted = parsing.read_when(turn.text, turn.lexicon)
    changes = "reminder" in state
    if wanted is None or (wanted.at is None and not changes):
        if await guided.clearly_logs(turn):
            await log.free_text(turn)
        else:
            await turn.reply(view.not_a_time(turn.words))
    elif changes:
        await _reschedule(turn, int(state["reminder"]), wanted.at, wanted.weekdays)
    elif wanted.at is not None:
        await turn.remember(None)
        days = wanted.weekdays or _weekdays(int(state["days"]))
        await _add(turn, Schedule(wanted.at, days), int(state["node"]) or None, bare=wanted.bare)


async def _reschedule(turn: Turn, reminder_id: int, at: time | None, days: frozenset[int] | None) -> None:
    """Another time, other days, or both; what was not said stays."""
    reminder = await _mine(turn, reminder_id)
    if reminder is None:
        await _gone(turn)
        return
    level = reminder.kind.digest_of
    if days is not None and level is Level.WEEKLY and len(days) != 1:
        await turn.reply(view.one_weekday(turn.words))
    elif days is not None and level is not None and level is not Level.WEEKLY:
        await turn.reply(view.no_weekdays(turn.words))
    else:
        was = reminder.schedule
        await _change(turn, reminder_id, schedule=replace(was, at=at or was.at, weekdays=days or was.weekdays))


async def _change(
    turn: Turn, reminder_id: int, *, schedule: Schedule | None = None, paused: bool | None = None
) -> None:
    try:
        changed = await actions.change_reminder(
            turn.store, turn.chat_id, reminder_id, turn.now, schedule=schedule, paused=paused
        )
    except NotFound:
        await _gone(turn)
        return
    await _leave(turn)
    await _show(turn, changed, view.changed(turn.words) if schedule else "")


async def _show(turn: Turn, reminder: Reminder | None, above: str = "") -> None:
    if reminder is None:
        await _gone(turn)
        return
    said = view.menu(reminder, await _titles(turn), turn.owner, turn.now, turn.words, above=above)
    await (turn.edit if turn.query else turn.reply)(*said)


async def _gone(turn: Turn) -> None:
    """The reminder was deleted, or is another chat's."""
    await _leave(turn)
    if turn.query:
        await turn.answer(view.gone(turn.words), alert=True)
    else:
        await turn.reply(view.gone(turn.words))


async def _leave(turn: Turn) -> None:
    """The question for a time is over, if it is open; another conversation goes on."""
    if (await turn.recall() or {}).get("state") == "remind":
        await turn.remember(None)


async def _mine(turn: Turn, reminder_id: int) -> Reminder | None:
    found = await actions.list_reminders(turn.store, turn.chat_id)
    return next((reminder for reminder in found if reminder.id == reminder_id), None)


async def _check_ins(turn: Turn) -> list[Reminder]:
    found = await actions.list_reminders(turn.store, turn.chat_id)
    return [reminder for reminder in found if reminder.kind is MessageKind.CHECK_IN]


async def _titles(turn: Turn) -> Mapping[int, str]:
    """The titles of this chat's goals, by id."""
    return {goal.id: goal.title for goal in goals_of(await readings_on(turn))}


def _id(turn: Turn) -> int:
    [id] = fields(turn.args, 1)
    return unpacked(id)


def _time(text: str) -> time:
    if not _MINUTE.fullmatch(text) or int(text[:2]) > 23 or int(text[2:]) > 59:
        raise BadButton
    return time(int(text[:2]), int(text[2:]))


def _days(text: str) -> frozenset[int]:
    return _weekdays(unpacked(text))


def _weekdays(mask: int) -> frozenset[int]:
    if not 0 < mask < 1 << 7:
        raise BadButton
    return frozenset(day for day in range(7) if mask >> day & 1)


COMMANDS = {"remind": remind}
CALLBACKS = {"rem": tapped}
STATES = {"remind": answered}
ACTS: Acts = {remind: with_words(Act.SEE, Act.SETTINGS), tapped: Act.SETTINGS, answered: Act.SETTINGS}
