"""/help, and the answer to what is no command."""

from __future__ import annotations

from bot.acts import Acts
from bot.turn import Turn
from bot.views import help as view


async def help(turn: Turn) -> None:
    """What there is to say and tap."""
    await turn.reply(view.overview(turn.words) if turn.is_private else view.in_group(turn.words))


async def unknown(turn: Turn) -> None:
    """A command that there is not."""
    await turn.reply(view.unknown(turn.text.split()[0], turn.words))


COMMANDS = {"help": help}
ACTS: Acts = {help: None}
