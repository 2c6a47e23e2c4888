"""Handles the choice of a goal by a button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from bot.common.goals import find, goal_of, leaves_below, reach_on
from bot.features.log import choices, day
from bot.features.log.buttons import Choosing, Origin, Pick, PickDays
from bot.features.log.lines import origin_of
from bot.features.log.one_line import check_off_answer
from bot.features.log.sentences import settled_days
from bot.features.log.view import check_off, headline
from bot.telegram.callback import BadButton
from bot.telegram.errors import sentence
from bot.telegram.feature import Feature, OnTap
from bot.telegram.turn import Turn
from core.actions.day.day import read_amounts
from core.actions.log import log, log_all
from core.actions.logged import How, Log
from core.errors import FarOutside, ValueNeeded
from core.goals.model import Aggregate
from core.goals.periods import Period
from core.group.permissions import Act
from language.parsing.line import KnownGoal, SaidOfGoal


async def keep_notes(turn: Turn, notes: Mapping[int, str]) -> None:
    """Remembers the notes of lines whose goals are still to be chosen: a button has no room for them. Any other open
    question takes precedence."""
    asked = await turn.recall()
    if asked is None or isinstance(asked, Choosing):
        await turn.remember(Choosing(turn.message.message_id if turn.message else 0, notes))


async def _picked(turn: Turn, button: Pick) -> None:
    """Logs the words on the chosen goal, as if its full title had been written."""
    said, origin = SaidOfGoal(button.on, *button.act), (button.message, button.part)
    reach = await reach_on(turn)
    goal = goal_of(reach.trees, button.node)
    if not goal.leaf:
        await turn.edit(*choices.below(goal.title, leaves_below(reach.trees, goal.id), said, origin, turn.words))
        return
    note = await _note(turn, origin)
    key = turn.source_key(button.part, message_id=button.message)
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
    answer = await check_off_answer(turn, reach, done)
    await turn.edit(answer.text, answer.keyboard)


async def total_said(turn: Turn, on: date, totals: Sequence[tuple[KnownGoal, Decimal]]) -> None:
    """Logs a bare number in a reply as the day's total of its goal; asks which goal if there are several."""
    if len(totals) > 1:
        await ask_which(turn, on, totals)
        return
    goal, total = totals[0]
    if await day.asks_whether_thousands(turn, goal, total, on) or await _asks_whether_more(turn, on, goal, total):
        return
    wanted = Log(goal.id, on, How.SET, total, None, turn.source_key(), sure=False)
    try:
        done = await log(turn.store, turn.actor, wanted, turn.now, turn.caps)
    except FarOutside as error:
        why, said = sentence(error, turn.words), SaidOfGoal(on, How.SET, total)
        await turn.reply(*choices.sure(why, goal, said, on, origin_of(turn, 0), turn.words))
        return
    await turn.reply(check_off(done, turn.words))


async def _asks_whether_more(turn: Turn, on: date, goal: KnownGoal, total: Decimal) -> bool:
    """Asks whether a number is the day's total, or comes on top of what the day has, if that is not clear. A reply to
    "how much in all?" is the total. Words that reply to nothing may mean more if the day has more, and a round asks
    people for what they did."""
    amounts = await read_amounts(turn.store, turn.actor, goal.id, on)
    so_far, node = amounts.so_far, amounts.item.standing.node
    is_last = node.baseline is not None or node.aggregate not in (None, Aggregate.SUM)
    is_total = turn.is_private and (turn.replies_to_us or is_last)
    asks = (total < so_far and not is_total) or (total == so_far and not turn.is_private)
    if asks:
        await turn.reply(*choices.more_or_in_all(goal, total, so_far, on, origin_of(turn, 0), turn.words))
    return asks


async def ask_which(turn: Turn, on: date, totals: Sequence[tuple[KnownGoal, Decimal]]) -> None:
    """Asks which goal a number is for; each button sets that goal's day, in its own unit."""
    await turn.reply(*choices.which_number(turn.text, totals, on, origin_of(turn, 0), turn.words))


async def _picked_days(turn: Turn, button: PickDays) -> None:
    """Logs the same on each of several scheduled days, completely or not at all."""
    reach = await reach_on(turn)
    seen, node = find(reach.trees, button.node)
    if not goal_of(reach.trees, button.node).leaf or button.on > min(button.last, turn.today):
        raise BadButton  # no button of ours
    if button.act.how is How.SKIP:
        await turn.try_whether_admin()
    key = turn.source_key(button.part, message_id=button.message)
    note = await _note(turn, (button.message, button.part))
    days = Period(button.on, min(button.last, turn.today))
    wanted = [
        Log(node.id, max(period.start, days.start), *button.act, note, f"{key}:{period.start}")
        for period in seen.tree.own_periods(node, days)
    ]
    done = await log_all(turn.store, turn.actor_in(reach.chat_of(turn, node.id)), wanted, turn.now, turn.caps)
    await turn.edit(settled_days(node.title, button.on, button.last, len(done), turn.words))


async def _note(turn: Turn, origin: Origin) -> str | None:
    """The note of a line, if the conversation still remembers it."""
    asked = await turn.recall()
    message_id, part = origin
    return asked.notes.get(part) if isinstance(asked, Choosing) and asked.message == message_id else None


FEATURE = Feature(taps=(OnTap(Pick, _picked, Act.LOG), OnTap(PickDays, _picked_days, Act.LOG)))
