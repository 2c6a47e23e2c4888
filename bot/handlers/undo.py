"""/undo: takes back the last check-off of whoever asks."""

from __future__ import annotations

from bot.turn import Turn
from bot.views.check_off import check_off
from core.actions.log import undo


async def undo_command(turn: Turn) -> None:
    """Says what was taken back, and where everything stands without it."""
    if turn.args:
        await turn.reply(
            turn.words.t("/undo takes back your last check-off, whichever it is: send it alone. Nothing was changed.")
        )
        return
    done = await undo(turn.store, turn.chat_id, turn.user_id, turn.now, update_id=turn.update_id)
    await turn.reply(check_off(done, turn.words))


COMMANDS = {"undo": undo_command}
