"""A check-off in a group waits for a buddy's word."""

from __future__ import annotations

from datetime import date

from bot.common.names import name_of
from bot.features.group.buddy_view import confirmed, to_confirm
from bot.telegram.keyboard import Keyboard
from bot.telegram.turn import Turn
from core.actions.buddies import confirm
from core.errors import Refused
from core.goals.model import Member
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


async def confirm_day(turn: Turn, member_id: int, on: date) -> None:
    """Confirms what a member did on a day, if whoever acts is their buddy, and says so to them."""
    if turn.user_id is None:
        raise Refused("anonymous")
    found = await confirm(turn.store, turn.actor, member_id, on, turn.now)
    turn.answer_aside(confirmed(name_of(found.member, turn.words), found.count, turn.words))
