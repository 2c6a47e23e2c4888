"""/help, and the answer to an unknown command."""

from __future__ import annotations

from bot.features import features
from bot.features.help import view
from bot.telegram.feature import GROUP, PRIVATE, Audience, Command, Feature, MenuLine
from bot.telegram.turn import Turn
from language.meanings import Meaning


async def help_command(turn: Turn) -> None:
    """The text and its buttons."""
    lines = features().help(Audience.PRIVATE if turn.is_private else Audience.GROUP)
    await turn.reply(view.overview(lines, turn.words))


async def unknown(turn: Turn) -> None:
    """Suggests the most similar of the listed commands."""
    await turn.reply(view.unknown(turn.text.split()[0], list(features().menu(*Audience)), turn.words))


FEATURE = Feature(
    commands=(Command("help", help_command, None, plain=True, said=Meaning.ASK_HELP),),
    menu=(MenuLine("help", "What I can do", {PRIVATE: 130, GROUP: 150}),),
)
