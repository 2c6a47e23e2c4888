"""What follows from a check-off in a group: its round shows it, and a buddy is asked to confirm it."""

from __future__ import annotations

from datetime import date

from bot.keyboard import Keyboard
from bot.letters.round import follow
from bot.turn import Turn
from bot.views.buddy import to_confirm
from core.model import Member
from core.ports.store import Transaction


async def follow_here(turn: Turn) -> None:
    """The rounds of this group show what has changed; a private chat has none."""
    if not turn.is_private:
        await follow(turn.services, turn.chat_id, turn.now, turn.update_id)


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
