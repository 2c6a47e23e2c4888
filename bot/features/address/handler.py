"""/hook and /calendar: creates, lists and revokes a person's secret addresses."""

from __future__ import annotations

import secrets

from bot.features.address import view
from bot.features.address.buttons import AddressPurpose, MakeAddress, RevokeAddress
from bot.telegram.callback import BadButton
from bot.telegram.feature import PRIVATE, SET_UP, Command, Feature, HelpLine, OnTap
from bot.telegram.turn import Turn
from core.actions.tokens import list_tokens, make_address, revoke_token
from core.tokens import PREFIX, ApiToken


async def hook(turn: Turn) -> None:
    """Shows the addresses for logging from phones and smart homes."""
    await _show(turn, AddressPurpose.HOOK)


async def calendar(turn: Turn) -> None:
    """Shows the address of the calendar feed."""
    await _show(turn, AddressPurpose.CALENDAR)


async def _show(turn: Turn, purpose: AddressPurpose) -> None:
    if not turn.services.has_api:
        await turn.reply(view.closed(turn.words))
    elif not turn.is_private:
        await turn.reply(view.only_in_private(turn.bot.username, turn.words))
    else:
        await turn.reply(*view.addresses(purpose, await _of(turn, purpose), turn.words))


async def _make(turn: Turn, button: MakeAddress) -> None:
    _check(turn)
    secret = PREFIX + secrets.token_urlsafe(32)
    await make_address(turn.store, turn.actor, secret, button.purpose.scope, turn.now, renew=button.purpose.is_one)
    await turn.edit(*view.addresses(button.purpose, await _of(turn, button.purpose), turn.words))
    await turn.reply(view.made(button.purpose, turn.services.address, secret, turn.words))


async def _revoke(turn: Turn, button: RevokeAddress) -> None:
    _check(turn)
    await revoke_token(turn.store, turn.actor, button.token_id)
    await turn.edit(*view.addresses(button.purpose, await _of(turn, button.purpose), turn.words))


async def _of(turn: Turn, purpose: AddressPurpose) -> list[ApiToken]:
    return await list_tokens(turn.store, turn.actor, (purpose.scope,))


def _check(turn: Turn) -> None:
    if not turn.is_private or not turn.services.has_api:
        raise BadButton


FEATURE = Feature(
    commands=(Command("hook", hook, None), Command("calendar", calendar, None)),
    taps=(OnTap(MakeAddress, _make, None), OnTap(RevokeAddress, _revoke, None)),
    help=(
        HelpLine(SET_UP, "/calendar – your reminders and due goals in your calendar", {PRIVATE: 60}),
        HelpLine(SET_UP, "/hook – an address by which your phone or home logs", {PRIVATE: 62}),
    ),
)
