"""A goal chosen from buttons: several went by the name, none did, or a parent was named."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bot.callback import BadButton, day_unpacked, fields, unpacked
from bot.handlers import day
from bot.handlers.goals import goal_of, leaves_below, reach_on
from bot.turn import Turn
from bot.views import choices
from bot.views.check_off import check_off, headline
from bot.views.mine import in_group
from core.actions.log import log
from core.actions.logged import How, Log
from core.errors import InvalidValue, ValueNeeded
from core.values import parse_number
from language.parsing.line import Said

_HOW = {letter: how for how, letter in choices.LETTER_OF_HOW.items()}


async def keep_notes(turn: Turn, notes: Mapping[int, str]) -> None:
    """Remembers the notes of lines that are still to be chosen for: a button has no room for them. Another
    conversation that is under way matters more."""
    if (await turn.recall() or {}).get("state") not in (None, "choosing"):
        return
    message_id = turn.message.message_id if turn.message else 0
    kept = {str(part): note for part, note in notes.items()}
    await turn.remember({"state": "choosing", "message": message_id, "notes": kept})


async def picked(turn: Turn) -> None:
    """A tap on one of the goals: what was written is logged on it, as if its whole name had been written."""
    node, on, act, message, part = fields(turn.args, 5)
    said, origin = Said(day_unpacked(on), *_act(act)), (unpacked(message), unpacked(part))
    reach = await reach_on(turn)
    readings = reach.readings
    goal = goal_of(readings, unpacked(node))
    if not goal.leaf:
        await turn.edit(*choices.below(goal.title, leaves_below(readings, goal.id), said, origin, turn.words))
        return
    note = await _note(turn, origin)
    key = f"{turn.chat_id}:{origin[0]}:{origin[1]}"
    try:
        about = reach.day_of(turn, goal.id, said.on)
        if said.how is How.SKIP:
            await turn.try_whether_admin()
        wanted = Log(goal.id, about, said.how, said.value, note, key)
        done = await log(turn.store, turn.actor_in(reach.chat_of(turn, goal.id)), wanted, turn.now, turn.caps)
    except ValueNeeded:
        if reach.group_of(goal.id):
            raise
        await turn.edit(*await day.amounts_for(turn, goal.id, said.on))
        return
    await turn.answer(headline(done, turn.words))
    told, group = check_off(done, turn.words), reach.group_of(goal.id)
    await turn.edit(in_group(group, told, turn.words) if group else told)
    await reach.follow(turn, [goal.id])


def _act(act: str) -> tuple[How, Decimal | None]:
    if not act or act[0] not in _HOW:
        raise BadButton
    try:
        return _HOW[act[0]], parse_number(act[1:]) if act[1:] else None
    except InvalidValue:
        raise BadButton from None


async def _note(turn: Turn, origin: tuple[int, int]) -> str | None:
    """The note that was written on that line, if the conversation still remembers it."""
    state = await turn.recall() or {}
    if state.get("state") != "choosing" or state.get("message") != origin[0]:
        return None
    notes = state.get("notes")
    return str(notes[str(origin[1])]) if isinstance(notes, dict) and str(origin[1]) in notes else None
