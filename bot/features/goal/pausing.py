"""/pause: days off, for everything or for a branch. /back: ends them, and resumes an ended goal."""

from __future__ import annotations

from bot.common.goals import goals_of, readings_on
from bot.common.terms import invitation
from bot.features.goal import ask_view, changed_view
from bot.features.goal.asking import ask, edit_key, goal_of_chat, leave, settled
from bot.features.goal.buttons import EditAsked, EndPause, GoalAction, PauseDays
from bot.features.goal.card_view import to_card
from bot.features.goal.ending import go_on
from bot.features.group.people import back as away_back
from bot.telegram.keyboard import Keyboard
from bot.telegram.turn import Turn
from core.actions.absences import is_away
from core.actions.edit.edited import Paused
from core.actions.edit.pauses import end_pause, list_pauses, pause, resume
from core.errors import Refused
from core.goals.model import Node, Pause
from core.group.permissions import Act, may
from core.planning.names import SHORTEST
from language.parsing.edits.naming import NamedGoals, read_name, read_whole_name
from language.parsing.edits.pausing import read_days_off
from language.parsing.errors import NoSuchDay, Unclear
from language.parsing.line import KnownGoals, folded


async def pause_command(turn: Turn) -> None:
    """`/pause`, `/pause 2 weeks`, `/pause gym until 12 Jan`."""
    await require_planner(turn)
    goals = goals_of(await readings_on(turn))
    if not goals:
        await turn.reply(invitation(turn.words))
        return
    is_title = folded(turn.args) in KnownGoals(goals).titles
    if not turn.args or (_names_days(turn, turn.args) and not is_title):
        await take_days(turn, 0, turn.args, asked=False)
        return
    named = read_name(turn.args, [goal for goal in goals if not goal.over])
    if _is_doubtful(turn, named):
        raise Unclear("no_days_off", turn.args)
    if meant := await settled(turn, GoalAction.PAUSE, named):
        await take_days(turn, *meant, asked=False)


def _is_doubtful(turn: Turn, named: NamedGoals) -> bool:
    """Whether the words are neither surely a goal nor a goal followed by days."""
    if not named.goals and not named.nearest:
        return True
    is_clear = named.sure is not None and len(named.name) >= SHORTEST
    return not is_clear and bool(named.rest) and not _names_days(turn, named.rest)


async def require_planner(turn: Turn) -> None:
    """Raises `Refused` for a group's member who may not change its trees: they can only be away themselves."""
    if not turn.is_private and not await _plans(turn):
        raise Refused("pause_is_shared")


async def _plans(turn: Turn) -> bool:
    await turn.ask_whether_admin()
    return may(Act.EDIT_TREE, await turn.roles(), members_plan=turn.owner.members_plan)


def _names_days(turn: Turn, said: str) -> bool:
    try:
        return bool(read_days_off(said, turn.hearing))
    except NoSuchDay:
        return True


async def take_days(turn: Turn, node_id: int, said: str, *, asked: bool) -> None:
    """Pauses a goal (0: everything) on the given days; asks if none are given, or if they have two readings."""
    node = (await goal_of_chat(turn, node_id))[1] if node_id else None
    if not said:
        await ask(turn, EditAsked(GoalAction.PAUSE, node_id), *ask_view.pause(node, turn.today, turn.words))
        return
    readings = read_days_off(said, turn.hearing)
    if not readings:
        raise Unclear("no_days_off", said)
    off = readings[0]
    if len(readings) > 1:
        await turn.edit(*ask_view.which_days(node, readings, turn.words))
    elif off.last is None:
        raise Unclear("no_last_day", said)
    else:
        await _pause(turn, Pause(0, off.first, off.last, node_id or None), edit_key(turn))


async def days_tapped(turn: Turn, button: PauseDays) -> None:
    """Takes the days from a button."""
    await _pause(turn, Pause(0, button.first, button.last, button.node or None), edit_key(turn))


async def _pause(turn: Turn, wanted: Pause, key: str) -> None:
    done = await pause(turn.store, turn.actor, wanted, turn.now, turn.caps, source_key=key)
    await leave(turn)
    await turn.edit(changed_view.paused(done, wanted, turn.words), _to(done.node))


async def back_command(turn: Turn) -> None:
    """`/back`, `/back gym`. In a group it means first of all that the sender is no longer away."""
    if not turn.is_private and not turn.args and not await _ends_for_all(turn):
        await away_back(turn)
        return
    await require_planner(turn)
    if turn.args:
        goals = goals_of(await readings_on(turn))
        named = read_whole_name(turn.args, goals, ended_first=True)
        if meant := await settled(turn, GoalAction.BACK, named):
            await end_days(turn, *meant, asked=False)
        return
    current = await _current(turn)
    if len(current) > 1:
        titles = {node.id: node for reading in await readings_on(turn) for node in reading.tree.nodes.values()}
        await turn.edit(*ask_view.which_pause(current, titles, turn.words))
    elif current:
        await _told(turn, await end_pause(turn.store, turn.actor, current[0].id, turn.now, source_key=edit_key(turn)))
    else:
        await turn.reply(turn.words.t("Nothing is paused. /pause does that."))


async def _current(turn: Turn) -> list[Pause]:
    """The current pauses; without any, the future ones."""
    pauses = await list_pauses(turn.store, turn.actor)
    ahead = [one for one in pauses if one.last >= turn.today]
    return [one for one in ahead if one.first <= turn.today] or ahead


async def _ends_for_all(turn: Turn) -> bool:
    """Whether the sender is not away but may plan, and the group's goals are paused."""
    away = await turn.member() is not None and await is_away(turn.store, turn.actor, turn.today)
    return not away and bool(await _current(turn)) and await _plans(turn)


async def end_days(turn: Turn, node_id: int, said: str, *, asked: bool) -> None:
    """Ends a goal's pause; resumes the goal if it has ended."""
    reading, node = await goal_of_chat(turn, node_id)
    if node.let_go or not reading.tree.is_active(node, turn.today):
        await go_on(turn, node_id)
        return
    await _told(turn, await resume(turn.store, turn.actor, node_id, turn.now, source_key=edit_key(turn)))


async def end_pause_tapped(turn: Turn, button: EndPause) -> None:
    """Ends the pause of a button."""
    await _told(turn, await end_pause(turn.store, turn.actor, button.pause, turn.now, source_key=edit_key(turn)))


async def _told(turn: Turn, done: Paused) -> None:
    await leave(turn)
    await turn.edit(changed_view.resumed(done, turn.words), _to(done.node))


def _to(node: Node | None) -> Keyboard:
    return (to_card(node.id, node.title),) if node else ()
