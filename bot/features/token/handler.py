"""/token: creates, lists and revokes a person's tokens for the API."""

from __future__ import annotations

import secrets

from bot.features.token import view
from bot.features.token.buttons import MakeToken, RevokeToken
from bot.telegram.callback import BadButton
from bot.telegram.feature import Command, Feature, OnTap
from bot.telegram.turn import Turn
from core.actions.tokens import list_tokens, make_token, revoke_token
from core.tokens import PREFIX


async def token(turn: Turn) -> None:
    """Shows the tokens with buttons."""
    if not turn.services.has_api:
        await turn.reply(view.closed(turn.words))
    elif not turn.is_private:
        await turn.reply(view.only_in_private(turn.bot.username, turn.words))
    else:
        await turn.reply(*view.tokens(await list_tokens(turn.store, turn.actor), turn.words))


async def _make(turn: Turn, button: MakeToken) -> None:
    _check(turn)
    secret = PREFIX + secrets.token_urlsafe(32)
    await make_token(turn.store, turn.actor, secret, button.grant.scopes, "", turn.now)
    await turn.edit(*view.tokens(await list_tokens(turn.store, turn.actor), turn.words))
    await turn.reply(view.made(secret, turn.words))


async def _revoke(turn: Turn, button: RevokeToken) -> None:
    _check(turn)
    await revoke_token(turn.store, turn.actor, button.token_id)
    await turn.edit(*view.tokens(await list_tokens(turn.store, turn.actor), turn.words))


def _check(turn: Turn) -> None:
    if not turn.is_private or not turn.services.has_api:
        raise BadButton


FEATURE = Feature(
    commands=(Command("token", token, None),), taps=(OnTap(MakeToken, _make, None), OnTap(RevokeToken, _revoke, None))
)
