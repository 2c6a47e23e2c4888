"""A buddy's confirmation of check-offs in a group."""

from __future__ import annotations

from datetime import date

from bot.common.names import name_of
from bot.features.group.buddy_view import confirmed, to_confirm
from bot.telegram.keyboard import Keyboard
from bot.telegram.turn import Turn
from core.actions.buddies import confirm, read_buddy
from core.errors import Refused


async def buddy_line(turn: Turn, on: date) -> tuple[str, Keyboard]:
    """The line that says whose confirmation a check-off of a day waits for, with their button; empty without a
    buddy."""
    if turn.is_private or turn.user_id is None:
        return "", ()
    pair = await read_buddy(turn.store, turn.actor)
    is_waited_for = pair.buddy is not None and pair.buddy.present
    return to_confirm(pair.member, pair.buddy, on, turn.words) if pair.buddy and is_waited_for else ("", ())


async def confirm_day(turn: Turn, member_id: int, on: date) -> None:
    """Confirms a member's check-offs of a day if the sender is their buddy, and answers the tap."""
    if turn.user_id is None:
        raise Refused("anonymous")
    confirmation = await confirm(turn.store, turn.actor, member_id, on, turn.now)
    turn.answer_aside(confirmed(name_of(confirmation.member, turn.words), confirmation.count, turn.words))
