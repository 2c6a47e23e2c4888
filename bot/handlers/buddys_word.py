"""A check-off in a group waits for a buddy's word."""

from __future__ import annotations

from datetime import date

from bot.keyboard import Keyboard
from bot.turn import Turn
from bot.views.buddy import to_confirm
from core.model import Member
from core.ports.store import Transaction


async def buddys_word(turn: Turn, on: date) -> tuple[str, Keyboard]:
    """The line that says whose word a check-off of a day waits for, with their button; empty where nobody's."""
    user_id, owner_id = turn.user_id, turn.owner.id
    if turn.is_private or user_id is None:
        return "", ()

    def look(tx: Transaction) -> tuple[Member, Member] | None:
        member = tx.members.by_user(owner_id, user_id)
        buddy = None if member is None or member.buddy_id is None else tx.members.by_id(member.buddy_id)
        return (member, buddy) if member and buddy and member.present and buddy.present else None

    pair = await turn.store.read(look)
    return to_confirm(*pair, on, turn.words) if pair else ("", ())
