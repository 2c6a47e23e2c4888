"""/invite: a link into a group, and the handler for people who open it."""

from __future__ import annotations

import secrets

from telegram import ChatMember

from bot.features.share import invite_view as view
from bot.telegram.feature import ADMINS, FOR_ADMINS, GROUP, Command, Feature, HelpLine, MenuLine
from bot.telegram.presence import is_in, membership_in
from bot.telegram.turn import Turn
from core.actions.invites import invite, invited_to
from core.actions.members import join
from core.group.permissions import Act, Actor, Role, Via

NEW = "new"


async def invite_command(turn: Turn) -> None:
    """`/invite` gives the link, `/invite new` another one."""
    if turn.is_private:
        await turn.reply(view.only_in_groups(turn.words))
        return
    renew = turn.args.strip().casefold() == NEW
    token = await invite(turn.store, turn.actor, secrets.token_urlsafe(16), renew=renew)
    await turn.reply(view.link(turn.bot.username, token, turn.words, renew=renew))


async def opened(turn: Turn, token: str) -> None:
    """Handles a person who opened a link. A person in the chat joins; anybody else is shown the way into it, and learns
    nothing but its title."""
    group = await invited_to(turn.store, turn.actor, token)
    if group is None or turn.user_id is None:
        await turn.reply(view.void(turn.words))
        return
    known = await membership_in(turn.bot, group.chat_id, turn.user_id)
    if known is None or group.unreachable_since is not None:
        await turn.reply(view.not_reached(group.title, turn.words))
    elif is_in(known):
        guest = Actor.in_group(group.chat_id, turn.user_id, Role.INVITED, via=Via.LINK)
        done = await join(turn.store, guest, turn.sender.name, turn.now)
        await turn.reply(view.joined(group.title, done, turn.words))
    else:
        is_banned = known.status == ChatMember.BANNED
        way = None if is_banned else await turn.services.ways_in.of(turn.bot, group.chat_id, token, turn.now)
        await turn.reply(view.come_in(group.title, way, turn.words))


FEATURE = Feature(
    commands=(Command("invite", invite_command, Act.SETTINGS),),
    menu=(MenuLine("invite", "A link that brings people in", {ADMINS: 190}),),
    help=(HelpLine(FOR_ADMINS, "/invite – a link that brings people in", {GROUP: 30}),),
)
