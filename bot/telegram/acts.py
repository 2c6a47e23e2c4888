"""The permission that a handler needs in a group, declared in its module's `FEATURE`.

The action that a handler calls asks `core.group.permissions` itself. Here the bot only finds out beforehand what the
database cannot know, whether Telegram lists the person as an admin, and refuses before the handler says anything.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.telegram.turn import Turn
from core.errors import Refused
from core.group.permissions import MAY, Act, Role, check, may

Choice = Act | None | Callable[[Turn], Act | None]
"""The act of a handler, or a function that derives it from the command's arguments; None: anybody may."""


def with_words(bare: Act | None, act: Act) -> Callable[[Turn], Act | None]:
    """A choice between two acts: `bare` for a command without arguments, `act` with them."""
    return lambda turn: act if turn.args else bare


async def permit(turn: Turn, choice: Choice) -> None:
    """Raises `Refused` if the sender may not do this in this group. In a private chat everything is allowed.

    Asks Telegram only where being an admin would change the answer.
    """
    if turn.is_private:
        return
    act = choice(turn) if callable(choice) else choice
    if act is None:
        if turn.sender.is_channel:
            raise Refused("channel")
        return
    members_plan = turn.owner.members_plan
    if not may(act, await turn.roles(), members_plan=members_plan) and Role.ADMIN in MAY[act]:
        await turn.ask_whether_admin()
    check(act, await turn.roles(), members_plan=members_plan)
