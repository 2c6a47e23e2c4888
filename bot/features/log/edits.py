"""Edited messages, which amend what they logged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.common.goals import Reach, amount_in, goal_of, reach_on
from bot.features.log import sentences as talk
from bot.features.log.lines import MOST_LINES, read_all, wanted
from bot.features.log.view import check_off, taken_away
from bot.telegram.errors import sentence
from bot.telegram.turn import Turn
from core.actions.log import amend, logged_by_message
from core.actions.logged import CheckOff, How, Log, LogOutcome
from core.errors import GoaltreeError, InvalidValue
from core.goals.model import Entry, Measure, Node
from core.goals.reading import TreeOnDay
from language.parsing.line import SaidLine


async def edited(turn: Turn) -> None:
    """Replaces the entries of an edited message with those that it says now; if it is no log any more, they stay."""
    reach = await reach_on(turn, turn.about)
    before = await logged_by_message(turn.store, turn.actor, turn.source_prefix)
    total = _other_total(turn, reach.trees, before)
    logs = [total] if total else await _amendment(turn, reach)
    if isinstance(logs, str):
        await _tell_no_log(turn, logs, before)
        return
    chats = {reach.chat_of(turn, node_id) for node_id in _goals_of(before, logs)}
    if len(chats) > 1:
        await turn.reply(talk.edit_refused(talk.other_chat(turn.words), turn.words))
        return
    try:
        actor = turn.actor_in(chats.pop()) if chats else turn.actor
        done = await amend(turn.store, actor, turn.source_prefix, logs, turn.now, turn.caps)
    except GoaltreeError as error:
        await _refuse(turn, sentence(error, turn.words), before)
        return
    await _tell(turn, reach.trees, before, done)


def _goals_of(before: Sequence[Entry], logs: Sequence[Log]) -> set[int]:
    return {entry.node_id for entry in before} | {item.node_id for item in logs}


async def _tell_no_log(turn: Turn, reason: str, before: Sequence[Entry]) -> None:
    """Says why an edit is no log, unless people in a group are only talking."""
    if turn.spoken and not before:
        await turn.reply(talk.command_edited(turn.words))
    elif before or _is_commanded(turn) or turn.is_private:
        await _refuse(turn, reason, before)


def _is_commanded(turn: Turn) -> bool:
    return turn.text.startswith("/")


async def _refuse(turn: Turn, reason: str, before: Sequence[Entry]) -> None:
    """Says why an edit is no log, and that the earlier entries stay."""
    await turn.reply(talk.edit_refused(reason, turn.words) if before else reason)


async def _tell(turn: Turn, trees: list[TreeOnDay], before: Sequence[Entry], done: Sequence[CheckOff]) -> None:
    """Reports the result of the edit, removed entries first."""
    is_repeated = any(one.outcome is LogOutcome.REPEATED for one in done)
    gone = [] if is_repeated else [taken_away(*each, turn.words) for each in _gone(trees, before, done)]
    replies = [check_off(one, turn.words, corrected=bool(before), alone=not gone) for one in done]
    if gone and replies:
        replies[0] = "\n".join([*gone, replies[0]])
    for text in replies:
        await turn.reply(text)


def _gone(trees: list[TreeOnDay], before: Sequence[Entry], done: Sequence[CheckOff]) -> list[tuple[Node, Entry, bool]]:
    """Entries that an edit removed without a new one on the same goal: (the goal, the entry, whether it is a check)."""
    logged = {one.leaf.id for one in done if one.outcome is LogOutcome.LOGGED}
    gone = []
    for entry in before:
        tree = next((seen.tree for seen in trees if entry.node_id in seen.tree.nodes), None)
        if tree and entry.node_id not in logged:
            node = tree.nodes[entry.node_id]
            named = replace(node, title=tree.called(node))
            gone.append((named, entry, tree.measure(node) is Measure.CHECK))
    return gone


def _other_total(turn: Turn, trees: list[TreeOnDay], before: Sequence[Entry]) -> Log | None:
    """The new number in an edited answer to a prompt; None if it is no bare number."""
    if turn.prompt is None or len(before) != 1:
        return None
    goal = goal_of(trees, before[0].node_id)
    if not goal.number:
        return None
    try:
        value = amount_in(turn, goal)
    except InvalidValue:
        return None
    key = f"{turn.source_key()}:{turn.update_id}"
    return Log(goal.id, before[0].on, How.SET, value, None, key)


async def _amendment(turn: Turn, reach: Reach) -> list[Log] | str:
    """The logs of an edited message, or the sentence that says why there are none."""
    logs = []
    lines = await read_all(turn, reach)
    if len(lines) > MOST_LINES:
        return talk.too_many_lines(MOST_LINES, turn.words)
    for part, line in enumerate(lines):
        if not isinstance(line, SaidLine):
            return line.text
        if not _names_leaf(turn, line):
            return talk.unclear_in_edit(line.name, turn.words)
        if line.doubt is not None:
            return sentence(line.doubt.why, turn.words)
        if line.said.through is not None:
            return talk.unclear_in_edit(line.name, turn.words)
        # With the update's id, since two edits may happen in the same second.
        key = f"{turn.source_key(part)}:{turn.update_id}"
        logs.append(await wanted(turn, reach, line.goals[0], line.said, key))
    return logs or talk.unclear_in_edit("", turn.words)


def _names_leaf(turn: Turn, line: SaidLine) -> bool:
    """Whether a line is clearly about one goal that can be logged."""
    is_talk = line.sounds_like_talk and not _is_commanded(turn)
    return len(line.goals) == 1 and line.goals[0].leaf and not is_talk
