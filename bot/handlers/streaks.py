"""/streaks: who is on a roll."""

from __future__ import annotations

from bot.acts import Acts
from bot.handlers.goals import readings_on
from bot.turn import Turn
from bot.views.streaks import streaks
from bot.views.today import invitation
from core.permissions import Act


async def streaks_command(turn: Turn) -> None:
    """The goals by their current streak, the best ever beside it."""
    readings = await readings_on(turn)
    await turn.reply(streaks(readings, turn.words) if readings else invitation(turn.words))


COMMANDS = {"streaks": streaks_command}
ACTS: Acts = {streaks_command: Act.SEE}
