"""What someone gets after the first plan: an evening check-in, and is told so, once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.common.schedules import first
from bot.telegram.turn import Turn
from core.actions.reminders import set_up_first
from core.goals.tree import Tree


async def first_reminder(turn: Turn, planted: Sequence[Tree]) -> str:
    """Gives the reminders that come with the first plan, and the line that says so; empty where they were given before,
    or the check-in is set up by hand, in a group, and as long as there is nothing to ask about."""
    if turn.owner.defaults_given or not any(tree.loggable() for tree in planted):
        return ""
    check_in = await set_up_first(turn.store, turn.actor, turn.now)
    return first(check_in, turn.owner, turn.words) if check_in else ""
