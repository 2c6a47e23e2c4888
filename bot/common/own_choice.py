"""Settings that a member of a group chooses with "on" or "off"."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.telegram.turn import Turn
from core.errors import Refused
from core.goals.model import Member
from language.parsing.settings import is_off, is_on


async def own_choice(turn: Turn, choose: Callable[[bool], Awaitable[Member]]) -> Member | None:
    """The acting member after their choice; unchanged without "on" or "off". None in a private chat. Raises `Refused`
    for a person who has not joined or has no name here."""
    if turn.is_private:
        return None
    member = await turn.member()
    if member is None:
        raise Refused("anonymous" if turn.user_id is None else "join_first")
    on = is_on(turn.args, turn.lexicon)
    return await choose(on) if on or is_off(turn.args, turn.lexicon) else member
