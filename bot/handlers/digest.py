"""/digest: the week, month or quarter so far, or an earlier one."""

from __future__ import annotations

from bot.acts import Acts
from bot.callback import BadButton
from bot.handlers.summary import summary_of
from bot.letters.digest import digest_of
from bot.turn import Turn
from bot.views.digest import not_begun, not_made
from bot.views.summary import Span
from core.permissions import Act
from language.parsing.digest import NotMade, wish


async def digest(turn: Turn) -> None:
    """`/digest`, `/digest month`, `/digest last quarter`, `/digest q3`."""
    wanted = wish(turn.args, turn.today, turn.owner.week_start, turn.lexicon)
    if isinstance(wanted, NotMade):
        await turn.reply(not_made(wanted, turn.words))
        return
    if wanted.period.start > turn.today:
        await turn.reply(not_begun(wanted, turn.words))
        return
    letter = await digest_of(turn.services, turn.actor, turn.owner, wanted.level, wanted.period, turn.today)
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
ACTS: Acts = {digest: Act.SEE, all_goals: Act.SEE}
