"""/digest: the week, month or quarter so far, or the one before."""

from __future__ import annotations

from bot.callback import BadButton
from bot.handlers.summary import summary_of
from bot.letters.digest import digest_of
from bot.parsing.digest import wish
from bot.turn import Turn
from bot.views.digest import what_there_is
from bot.views.summary import Span
from core.digest import previous_of
from core.periods import period_of


async def digest(turn: Turn) -> None:
    """`/digest`, `/digest month`, `/digest last quarter`."""
    wanted = wish(turn.args, turn.words)
    if wanted is None:
        await turn.reply(what_there_is(turn.words))
        return
    period = period_of(wanted.level, turn.today, turn.owner.week_start)
    if wanted.previous:
        period = previous_of(wanted.level, period, turn.owner.week_start)
    letter = await digest_of(turn.services, turn.owner, wanted.level, period, turn.today)
    if letter.picture is None:
        await turn.reply(letter.text, letter.keyboard)
    else:
        await turn.reply_with_picture(letter.picture, letter.text, letter.keyboard)


async def all_goals(turn: Turn) -> None:
    """Below the digest: every goal of its level, as it stands now."""
    if turn.args not in list(Span):
        raise BadButton
    await turn.answer()
    await turn.reply(*await summary_of(turn, Span(turn.args)))


COMMANDS = {"digest": digest}
CALLBACKS = {"digest": all_goals}
