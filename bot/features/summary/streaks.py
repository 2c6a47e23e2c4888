"""/streaks: the goals by their streaks."""

from __future__ import annotations

from bot.common.goals import readings_on
from bot.common.terms import invitation
from bot.features.summary.streaks_view import streaks
from bot.telegram.feature import GROUP, LOOK, PRIVATE, Command, Feature, HelpLine, MenuLine
from bot.telegram.turn import Turn
from core.group.permissions import Act
from language.meanings import Meaning


async def streaks_command(turn: Turn) -> None:
    """Shows the goals by their current streak, with the best one ever."""
    readings = await readings_on(turn)
    await turn.reply(streaks(readings, turn.words) if readings else invitation(turn.words))


FEATURE = Feature(
    commands=(Command("streaks", streaks_command, Act.SEE, said=Meaning.ASK_STREAKS),),
    menu=(MenuLine("streaks", "What you keep up, and for how long", {PRIVATE: 50, GROUP: 130}),),
    help=(HelpLine(LOOK, "/streaks – what you keep up", {PRIVATE: 40, GROUP: 40}),),
)
