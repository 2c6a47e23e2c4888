"""The evening check-in that comes with the first plan, and the one message about it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.common.schedules import first
from bot.telegram.turn import Turn
from core.actions.first_reminders import set_up_with
from core.goals.tree import Tree


async def first_reminder(turn: Turn, planted: Sequence[Tree]) -> str:
    """Sets up the reminders that come with the first plan and returns the line that says so. Returns an empty line if
    they were set up before, the check-in was set up by hand, or there is nothing to ask about yet."""
    check_in = await set_up_with(turn.store, turn.actor, planted, turn.now)
    return first(check_in, turn.owner, turn.words) if check_in else ""
