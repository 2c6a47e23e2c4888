"""/streaks: who is on a roll."""

from __future__ import annotations

from bot.common.goals import readings_on
from bot.common.terms import invitation
from bot.features.summary.streaks_view import streaks
from bot.telegram.feature import Audience, Command, Feature, HelpLine, MenuLine, Section
from bot.telegram.turn import Turn
from core.permissions import Act
from language.i18n import mark


async def streaks_command(turn: Turn) -> None:
    """The goals by their current streak, the best ever beside it."""
    readings = await readings_on(turn)
    await turn.reply(streaks(readings, turn.words) if readings else invitation(turn.words))


_MENU = mark("What you keep up, and for how long")
_HELP = mark("/streaks – what you keep up")

FEATURE = Feature(
    commands=(
        Command(
            "streaks",
            streaks_command,
            Act.SEE,
            menu=(MenuLine(50, Audience.PRIVATE, _MENU), MenuLine(130, Audience.GROUP, _MENU)),
        ),
    ),
    help=(
        HelpLine(40, Audience.PRIVATE, Section.LOOK, _HELP),
        HelpLine(40, Audience.GROUP, Section.LOOK, _HELP),
    ),
)
