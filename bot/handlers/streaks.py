"""/streaks: who is on a roll."""

from __future__ import annotations

from bot.handlers.goals import readings_on
from bot.turn import Turn
from bot.views.streaks import streaks
from bot.views.today import invitation


async def streaks_command(turn: Turn) -> None:
    """The goals by their current streak, the best ever beside it."""
    readings = await readings_on(turn)
    await turn.reply(streaks(readings, turn.words) if readings else invitation(turn.words))


COMMANDS = {"streaks": streaks_command}
