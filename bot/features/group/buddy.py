"""A check-off in a group waits for a buddy's word."""

from __future__ import annotations

from datetime import date

from bot.common.names import name_of
from bot.features.group.buddy_view import confirmed, to_confirm
from bot.telegram.keyboard import Keyboard
from bot.telegram.turn import Turn
from core.actions.buddies import confirm, read_buddy
from core.errors import Refused


async def buddys_word(turn: Turn, on: date) -> tuple[str, Keyboard]:
    """The line that says whose word a check-off of a day waits for, with their button; empty where nobody's."""
    if turn.is_private or turn.user_id is None:
        return "", ()
    pair = await read_buddy(turn.store, turn.actor)
    is_waited_for = pair.buddy is not None and pair.buddy.present
    return to_confirm(pair.member, pair.buddy, on, turn.words) if pair.buddy and is_waited_for else ("", ())


async def confirm_day(turn: Turn, member_id: int, on: date) -> None:
    """Confirms what a member did on a day, if whoever acts is their buddy, and says so to them."""
    if turn.user_id is None:
        raise Refused("anonymous")
    confirmation = await confirm(turn.store, turn.actor, member_id, on, turn.now)
    turn.answer_aside(confirmed(name_of(confirmation.member, turn.words), confirmation.count, turn.words))
