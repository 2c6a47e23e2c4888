"""Logs one line that was understood, or asks what is not clear."""

from __future__ import annotations

from dataclasses import replace

from bot.common.goals import Reach, find, leaves_below
from bot.common.names import name_of
from bot.features.group.members_view import way_in
from bot.features.group.notes import about_note
from bot.features.log import choices, day
from bot.features.log.buttons import Origin
from bot.features.log.lines import LineAnswer, origin_of, wanted
from bot.features.log.mine_view import in_group
from bot.features.log.view import check_off
from bot.telegram.errors import sentence
from bot.telegram.turn import Turn
from core.actions.day.day import read_amounts
from core.actions.log import log
from core.actions.logged import CheckOff, How, LogOutcome
from core.actions.members import read_members
from core.errors import DateRefused, FarOutside, GoaltreeError, ValueNeeded
from core.goals.model import Member
from core.goals.periods import Period
from core.planning.names import match
from language.parsing.errors import Unclear
from language.parsing.line import KnownGoal, SaidLine, SaidOfGoal


async def answer_line(turn: Turn, reach: Reach, line: SaidLine, part: int, *, talking: bool) -> LineAnswer:
    """Logs a line, or asks what is not clear. `talking`: the words may be part of a conversation."""
    origin = origin_of(turn, part)
    asked = await _question(turn, reach, line, origin, talking=talking)
    if asked is not None:
        return asked
    [goal], said, w = line.goals, line.said, turn.words
    try:
        wished = await wanted(turn, reach, goal, said, turn.source_key(part))
        done = await log(turn.store, turn.actor_in(reach.chat_of(turn, goal.id)), wished, turn.now, turn.caps)
    except ValueNeeded as error:
        if reach.group_of(goal.id):
            return LineAnswer(sentence(error, w))
        return LineAnswer(
            *await day.amounts_for(turn, goal.id, said.on, above=sentence(error, w)), asks=(goal.id, said.on)
        )
    except FarOutside as error:
        return LineAnswer(*choices.sure(sentence(error, w), goal, said, turn.about, origin, w))
    except GoaltreeError as error:
        return LineAnswer(sentence(error, w), way_in(error, w, is_private=turn.is_private))
    return await check_off_answer(turn, reach, as_answered(turn, done))


def as_answered(turn: Turn, done: CheckOff) -> CheckOff:
    """The check-off, shown as a new one if an earlier answer to it did not get through."""
    is_unheard = turn.is_repeated and done.outcome is LogOutcome.REPEATED
    return replace(done, outcome=LogOutcome.LOGGED) if is_unheard else done


async def _question(turn: Turn, reach: Reach, line: SaidLine, origin: Origin, *, talking: bool) -> LineAnswer | None:
    """The question that a line needs before it can be logged; None if it needs none."""
    w, said = turn.words, line.said
    if not line.goals:
        return await _unknown(turn, line, origin)
    if line.doubt is not None:
        doubt, why = line.doubt.without_days_ahead(turn.today), sentence(line.doubt.why, w)
        if not any(goal.leaf for goal in line.goals):
            return LineAnswer(why)
        return LineAnswer(*choices.doubtful(why, line.goals, doubt, turn.about, origin, w))
    if talking and line.sounds_like_talk:
        return LineAnswer(*choices.perhaps(line.goals, said, origin, w))
    if len(line.goals) > 1:
        return LineAnswer(*choices.which(line.name, line.goals, said, origin, w))
    goal = line.goals[0]
    if not goal.leaf:
        return LineAnswer(*choices.below(goal.title, leaves_below(reach.trees, goal.id), said, origin, w))
    if said.through is not None:
        return _on_each_day(turn, reach, goal, said, origin)
    return await _denied(turn, reach, goal, said, origin)


async def _unknown(turn: Turn, line: SaidLine, origin: Origin) -> LineAnswer:
    """Says that no goal has the name, and offers similar ones; refuses to log for a member."""
    if (member := await _member_of_name(turn, line.name)) is not None:
        return LineAnswer(choices.only_for_oneself(member, turn.words))
    return LineAnswer(*choices.unknown(line.name, line.nearest, line.said, origin, turn.words))


async def _member_of_name(turn: Turn, name: str) -> Member | None:
    """The member of the group with a name, for whom somebody may try to log."""
    if turn.is_private:
        return None
    members = await read_members(turn.store, turn.actor)
    matched = match(name.removeprefix("@"), [(member.id, name_of(member, turn.words)) for member in members])
    return next((one for one in members if one.id in matched.exact), None)


def _on_each_day(turn: Turn, reach: Reach, goal: KnownGoal, said: SaidOfGoal, origin: Origin) -> LineAnswer:
    """Asks whether to log the same on each of several scheduled days."""
    last, w = said.through or said.on, turn.words
    if last > turn.today:
        return LineAnswer(sentence(DateRefused("day_ahead", on=last, limit=turn.today), w))
    if goal.number and said.how is How.ADD:
        return LineAnswer(sentence(Unclear("several_days", w.span(said.on, last)), w))
    seen, node = find(reach.trees, goal.id)
    count = seen.tree.count_own_periods(node, Period(said.on, last))
    return LineAnswer(*choices.on_each_day(goal, said, count, origin, w))


async def _denied(turn: Turn, reach: Reach, goal: KnownGoal, said: SaidOfGoal, origin: Origin) -> LineAnswer | None:
    """Asks whether to clear a day's number when somebody says that nothing was done."""
    if not (said.denied and goal.number):
        return None
    actor = turn.actor_in(reach.chat_of(turn, goal.id))
    try:
        so_far = (await read_amounts(turn.store, actor, goal.id, reach.day_of(turn, goal.id, said.on))).so_far
    except GoaltreeError as error:
        return LineAnswer(sentence(error, turn.words))
    return LineAnswer(*choices.set_to_nothing(goal, said, so_far, origin, turn.words)) if so_far else None


async def check_off_answer(turn: Turn, reach: Reach, done: CheckOff) -> LineAnswer:
    """The answer to a check-off; if it counts in a group, with what happens to its note."""
    group, said = reach.group_of(done.leaf.id), check_off(done, turn.words)
    if not group:
        return LineAnswer(said, logged=done)
    note, keyboard = await about_note(turn, group, done)
    return LineAnswer("\n".join(filter(None, (in_group(group, said, turn.words), note))), keyboard, logged=done)
