"""Ends, resumes or deletes a goal."""

from __future__ import annotations

from bot.features.goal import ask_view, changed_view
from bot.features.goal.asking import edit_key, goal_of_chat, leave
from bot.features.goal.buttons import ArchiveGoal, ChooseToArchive, DeleteGoal, KeepGoal, TakeUp
from bot.features.goal.card_view import to_card
from bot.telegram.turn import Turn
from core.actions.edit.deleting import delete
from core.actions.edit.edited import Edited
from core.actions.edit.ending import end, take_up
from core.errors import NotSure


async def ask_end(turn: Turn, node_id: int, said: str, *, asked: bool) -> None:
    """Asks whether to end a goal."""
    reading, node = await goal_of_chat(turn, node_id)
    await leave(turn)
    below = sum(1 for _ in reading.tree.goals(node)) - 1
    await turn.edit(*ask_view.end(node, below, turn.words))


async def ask_end_of(turn: Turn, button: ChooseToArchive) -> None:
    """The same from a button below a message of an earlier release."""
    await ask_end(turn, button.node, "", asked=False)


async def end_tapped(turn: Turn, button: ArchiveGoal) -> None:
    """Ends the goal."""
    done = await end(turn.store, turn.actor, button.node, None, turn.now, source_key=edit_key(turn))
    await turn.edit(changed_view.ended(done, turn.words), (to_card(button.node, _title(done)),))


def _title(done: Edited) -> str:
    return done.node.title if done.node else ""


async def keep(turn: Turn, _: KeepGoal) -> None:
    """Keeps the goal."""
    await turn.edit(ask_view.kept(turn.words))


async def go_on(turn: Turn, node_id: int) -> None:
    """Resumes an ended goal."""
    done = await take_up(turn.store, turn.actor, node_id, None, turn.now, source_key=edit_key(turn))
    await leave(turn)
    await turn.edit(changed_view.taken_up(done, turn.words), (to_card(node_id, _title(done)),))


async def take_up_tapped(turn: Turn, button: TakeUp) -> None:
    """The same from a button."""
    await go_on(turn, button.node)


async def ask_delete(turn: Turn, node_id: int, said: str, *, asked: bool) -> None:
    """Deletes a goal that was never logged; otherwise asks whether to delete its entries with it."""
    await leave(turn)
    try:
        await _delete(turn, node_id, sure=False)
    except NotSure as doubt:
        _, node = await goal_of_chat(turn, node_id)
        await turn.edit(*ask_view.delete(node, doubt, turn.words))


async def delete_tapped(turn: Turn, button: DeleteGoal) -> None:
    """Deletes the goal with its entries."""
    await _delete(turn, button.node, sure=True)


async def _delete(turn: Turn, node_id: int, *, sure: bool) -> None:
    done = await delete(turn.store, turn.actor, node_id, turn.now, sure=sure, source_key=edit_key(turn))
    await turn.edit(changed_view.deleted(done, turn.words))
