"""/start: a welcome, then the question for the place."""

from __future__ import annotations

from bot.common.beginning import ZoneAsked
from bot.common.mini_app import app_row
from bot.features.share.invite import opened
from bot.features.share.invite_view import LINK
from bot.features.start import view
from bot.features.start.buttons import ShowExample
from bot.telegram.feature import Command, Feature, OnTap
from bot.telegram.turn import Turn
from language.i18n import SOURCE, words


async def start(turn: Turn) -> None:
    """Welcomes, and asks for the time zone if it is unknown; a link of an invitation leads to the group. In a group a
    parameter is ignored: Telegram sends it when the bot is added by a link, and the group has its welcome already."""
    if turn.args and not turn.is_private and not turn.is_new:
        return
    if turn.is_private and turn.args.startswith(LINK):
        await opened(turn, turn.args.removeprefix(LINK))
        return
    if turn.owner.zone_chosen:
        text, keyboard = view.again(turn.owner, turn.now, turn.words)
        await turn.reply(text, (*app_row(turn), *keyboard))
        return
    await turn.reply(*view.welcome(_name(turn), turn.is_private, turn.words))
    await turn.remember(ZoneAsked())


async def _example(turn: Turn, _: ShowExample) -> None:
    """Sends a whole tree to copy, change and send back."""
    await turn.answer()
    await turn.reply(view.example(turn.today, turn.words, is_private=turn.is_private))


async def _turn_away(turn: Turn) -> None:
    """Answers people whom this bot does not serve. Nothing is stored about them."""
    user = turn.update.effective_user
    await turn.reply(view.turned_away(words((user and user.language_code) or SOURCE, turn.services.catalogues)))


def _name(turn: Turn) -> str:
    user = turn.update.effective_user
    return user.first_name if user and turn.is_private else turn.owner.title


FEATURE = Feature(
    commands=(Command("start", start, None),), taps=(OnTap(ShowExample, _example, None),), turned_away=_turn_away
)
