"""/remind: sets up check-ins in words, and turns those of a branch on and off."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.common.goals import goals_of, readings_on
from bot.features.log import handler as log
from bot.features.log.clear import clearly_logs
from bot.features.remind import ask_view, view
from bot.features.remind.buttons import BranchOff, BranchOn, NewReminder, NewTimeAsked, OtherTimeAsked
from bot.features.remind.reminder import leave_question, reschedule, seen, show_all, titles_of
from bot.telegram.acts import with_words
from bot.telegram.callback import Callback
from bot.telegram.feature import ADMINS, PRIVATE, SET_UP, Command, Feature, HelpLine, MenuLine, OnAnswer, OnTap
from bot.telegram.turn import Turn
from core.actions import reminders as actions
from core.asking.reminders import MessageKind, Reminder
from core.asking.schedule import Schedule
from core.errors import NotFound
from core.goals.terms import ALL_WEEK
from core.group.permissions import Act
from language.parsing import remind as parsing
from language.parsing.errors import Misread
from language.parsing.line import KnownGoal

_ALL = ("list", "all", "show")
_OFF = ("off", "stop", "pause")
_ON = ("on", "resume")


async def remind(turn: Turn) -> None:
    """`/remind`, `/remind 21:00`, `/remind gym mon wed 7:00`, `/remind off`, `/remind gym off`."""
    if not turn.args or turn.args.casefold() in _ALL:
        await show_all(turn)
    elif turn.args.casefold() in _OFF:
        there = await _check_ins(turn)
        paused = await actions.turn_check_ins_off(turn.store, turn.actor, turn.now)
        await turn.reply(view.turned_off(paused, bool(there), turn.words))
    elif turn.args.casefold() in _ON:
        there = await actions.turn_check_ins_on(turn.store, turn.actor, turn.now)
        await show_all(turn, view.turned_on(turn.words) if there else "")
    else:
        await _wish(turn)


async def _switched(turn: Turn, goals: Sequence[KnownGoal]) -> bool:
    """Handles "gym off" and "gym on": the reminders of a branch. False for any other words, such as a goal "Day
    off"."""
    *words, last = turn.args.split()
    is_off, is_on = last.casefold() in _OFF, last.casefold() in _ON
    wanted = _branch_named(turn, " ".join(words), goals) if is_off or is_on else None
    if wanted is None:
        return False
    if len(wanted.goals) == 1:
        await (_branch_off if is_off else _branch_on)(turn, wanted.goals[0])
    else:
        button = BranchOff if is_off else BranchOn
        await _ask_which(turn, wanted, goals, lambda goal: button(goal.id))
    return True


def _branch_named(turn: Turn, name: str, goals: Sequence[KnownGoal]) -> parsing.Wanted | None:
    """The goals that a name may mean; None if there are none, or if the whole text begins a title."""
    titles = _titles(goals)
    whole = " ".join(turn.args.split()).casefold()
    if any(title.casefold().startswith(whole) for _, title in titles):
        return None
    try:
        wanted = parsing.read(name, titles, turn.lexicon)
    except Misread:
        return None
    return wanted if wanted.name and wanted.at is None and wanted.weekdays is None else None


async def _ask_which(
    turn: Turn, wanted: parsing.Wanted, goals: Sequence[KnownGoal], button: Callable[[KnownGoal], Callback]
) -> None:
    """Offers the goals that may be meant, or else the nearest ones."""
    by_id = {goal.id: goal for goal in goals}
    offered = [by_id[node_id] for node_id in wanted.goals or wanted.nearest]
    await turn.reply(*ask_view.which(wanted.name, offered, button, turn.words, exact=bool(wanted.goals)))


async def _branch_off(turn: Turn, node_id: int) -> None:
    title = await _title(turn, node_id)
    were = await actions.turn_branch_off(turn.store, turn.actor, node_id, turn.now)
    left = [check_in for check_in in await _check_ins(turn) if check_in.node_id is None and not check_in.paused]
    await turn.edit(*view.branch_off(node_id, title, were, bool(left), turn.words))


async def _branch_on(turn: Turn, node_id: int) -> None:
    title = await _title(turn, node_id)
    there = await actions.turn_check_ins_on(turn.store, turn.actor, turn.now, node_id)
    await show_all(turn, view.turned_on(turn.words) if there else view.no_branch(title, turn.words))


async def _wish(turn: Turn) -> None:
    """Handles a reminder in words."""
    goals = [goal for goal in goals_of(await readings_on(turn)) if not goal.over]
    if not await _switched(turn, goals):
        await _wish_of(turn, goals)


async def _wish_of(turn: Turn, goals: Sequence[KnownGoal]) -> None:
    """Adds a reminder from a time, days and perhaps a goal; asks for what is missing."""
    wanted = parsing.read(turn.args, _titles(goals), turn.lexicon)
    days, at = wanted.weekdays or ALL_WEEK, wanted.at
    named = _only(wanted, goals)
    is_unclear = named is None and wanted.name != ""
    if is_unclear and at is not None:
        await _ask_which(turn, wanted, goals, lambda goal: NewReminder(goal.id, days, at))
    elif is_unclear or wanted == parsing.Wanted():
        await turn.reply(ask_view.no_time(turn.args, turn.words))
    elif at is None:
        await _ask_time(turn, named, days)
    else:
        await _add(turn, Schedule(at, days), named.id if named else None, bare=wanted.bare)


def _only(wanted: parsing.Wanted, goals: Sequence[KnownGoal]) -> KnownGoal | None:
    """The only goal that may be meant; None for none or several."""
    return next((goal for goal in goals if wanted.goals == (goal.id,)), None)


def _titles(goals: Sequence[KnownGoal]) -> list[tuple[int, str]]:
    return [(goal.id, goal.title) for goal in goals]


async def _ask_time(turn: Turn, goal: KnownGoal | None, days: frozenset[int]) -> None:
    node_id = goal.id if goal else 0
    await turn.remember(NewTimeAsked(node_id, days))
    await turn.reply(*ask_view.ask_time(goal.title if goal else "", days, node_id, turn.words))


async def _add(turn: Turn, schedule: Schedule, node_id: int | None, *, bare: bool = False) -> None:
    title = "" if node_id is None else await _title(turn, node_id)
    done = await actions.add_check_in(turn.store, turn.actor, schedule, turn.now, node_id, turn.caps)
    await turn.edit(*view.added(done, schedule, title, await seen(turn), bare=bare))


async def _tap_new(turn: Turn, button: NewReminder) -> None:
    await leave_question(turn)
    await _add(turn, Schedule(button.at, button.weekdays), button.node or None)


async def _answered(turn: Turn, asked: NewTimeAsked | OtherTimeAsked) -> None:
    """Takes a typed time and days. People can still log while the question is open."""
    wanted = parsing.read_when(turn.text, turn.lexicon)
    is_new = isinstance(asked, NewTimeAsked)
    if wanted is None or (wanted.at is None and is_new):
        if await clearly_logs(turn):
            await log.free_text(turn)
        else:
            await turn.reply(ask_view.not_a_time(turn.words))
    elif isinstance(asked, OtherTimeAsked):
        await reschedule(turn, asked.reminder, wanted.at, wanted.weekdays)
    elif wanted.at is not None:
        await turn.remember(None)
        days = wanted.weekdays or asked.days
        await _add(turn, Schedule(wanted.at, days), asked.node or None, bare=wanted.bare)


async def _check_ins(turn: Turn) -> list[Reminder]:
    reminders = await actions.list_promised(turn.store, turn.actor, turn.now)
    return [reminder for reminder in reminders if reminder.kind is MessageKind.CHECK_IN]


async def _title(turn: Turn, node_id: int) -> str:
    """The title of one of this chat's goals. Raises `NotFound`, also for a member's part of an *each* goal."""
    title = (await titles_of(turn)).get(node_id)
    if title is None:
        raise NotFound("goal_gone")
    return title


FEATURE = Feature(
    commands=(Command("remind", remind, with_words(Act.SEE, Act.SETTINGS), spoken=True),),
    menu=(
        MenuLine("remind", "When I ask how it went: /remind 21:00", {PRIVATE: 80}),
        MenuLine("remind", "When the round comes: /remind 21:00", {ADMINS: 180}),
    ),
    taps=(
        OnTap(NewReminder, _tap_new, Act.SETTINGS),
        OnTap(BranchOff, lambda turn, button: _branch_off(turn, button.node), Act.SETTINGS),
        OnTap(BranchOn, lambda turn, button: _branch_on(turn, button.node), Act.SETTINGS),
    ),
    answers=(OnAnswer(NewTimeAsked, _answered, Act.SETTINGS), OnAnswer(OtherTimeAsked, _answered, Act.SETTINGS)),
    help=(
        HelpLine(SET_UP, "/remind – when I ask you how it went: <code>/remind weekdays 21:00</code>", {PRIVATE: 10}),
    ),
)
