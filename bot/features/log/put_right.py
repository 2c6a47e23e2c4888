"""Words that correct the last entry: "no, 3", "i meant yesterday"."""

from __future__ import annotations

from bot.common.goals import Reach, context_of, goal_of
from bot.features.log import sentences as talk
from bot.features.log.mine_view import in_group
from bot.features.log.one_line import as_answered
from bot.features.log.view import check_off
from bot.telegram.errors import sentence
from bot.telegram.turn import Turn
from core.actions.edit.undo import group_of_last
from core.actions.log import change_entry, last_logged
from core.actions.logged import EntryChange
from core.errors import GoaltreeError
from core.goals.model import Entry
from language.parsing.instead import Instead, may_correct, read_instead
from language.parsing.line import KnownGoal


async def puts_right(turn: Turn, reach: Reach) -> bool:
    """Corrects the last entry or, if it is not clear which is meant, says how to do it. False if the words correct
    nothing."""
    if not may_correct(turn.args, turn.lexicon):
        return False
    group = None
    if turn.is_private:
        group = await group_of_last(turn.store, turn.actor, source_key=turn.source_key())
    actor = turn.actor_in(group.chat_id) if group else turn.actor
    entries = await last_logged(turn.store, actor, turn.now)
    meant = [(entry, goal_of(reach.trees, entry.node_id)) for entry in entries]
    read = [read_instead(turn.args, goal, context_of(turn)) for _, goal in meant]
    instead = next(filter(None, read), None)
    if instead is None:
        return False
    if len(meant) > 1:
        await turn.reply(talk.how_to_take_back(turn.words))
        return True
    [(entry, goal)] = meant
    change = _change(entry, instead, goal, turn.source_key())
    try:
        done = (await change_entry(turn.store, actor, entry.id, change, turn.now, turn.caps))[0]
    except GoaltreeError as error:
        await turn.reply(sentence(error, turn.words))
        return True
    said = check_off(as_answered(turn, done), turn.words, corrected=True)
    await turn.reply(in_group(group, said, turn.words) if group else said)
    return True


def _change(entry: Entry, instead: Instead, goal: KnownGoal, source_key: str) -> EntryChange:
    """The change of an entry to what is right; of a tick only the day can change."""
    value = entry.value if instead.value is None else instead.value
    skipped = entry.skipped and instead.value is None
    return EntryChange(value if goal.number else None, skipped, instead.on, source_key=source_key)
