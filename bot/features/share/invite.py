"""/invite: a link to a group; and what happens to who opens it."""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta

from telegram import ChatMember
from telegram.error import BadRequest

from bot.features.share import invite_view as view
from bot.telegram.calls import patiently
from bot.telegram.feature import ADMINS, FOR_ADMINS, GROUP, Command, Feature, HelpLine, MenuLine
from bot.telegram.presence import is_in, standing_in
from bot.telegram.turn import Turn
from core.actions.invites import invite, invited_to
from core.actions.members import join
from core.goals.model import Owner
from core.group.permissions import Act, Actor, Role, Via

logger = logging.getLogger(__name__)

NEW = "new"
OPEN_FOR = timedelta(days=1)
"""So long the way into the chat is open to who opened the link."""


async def invite_command(turn: Turn) -> None:
    """`/invite` gives the link, `/invite new` another one."""
    if turn.is_private:
        await turn.reply(view.only_in_groups(turn.words))
        return
    anew = turn.args.strip().casefold() == NEW
    token = await invite(turn.store, turn.actor, secrets.token_urlsafe(16), anew=anew)
    await turn.reply(view.link(turn.bot.username, token, turn.words, anew=anew))


async def opened(turn: Turn, token: str) -> None:
    """Somebody came by a link. Whoever is in the chat joins; others are shown the way into it. Of the group nothing but
    its title is told."""
    group = await invited_to(turn.store, turn.actor, token)
    if group is None or turn.user_id is None:
        await turn.reply(view.void(turn.words))
        return
    known = await standing_in(turn.bot, group.chat_id, turn.user_id)
    if known is None or group.unreachable_since is not None:
        await turn.reply(view.not_reached(group.title, turn.words))
    elif is_in(known):
        guest = Actor.in_group(group.chat_id, turn.user_id, Role.INVITED, via=Via.LINK)
        done = await join(turn.store, guest, turn.sender.name, turn.now)
        await turn.reply(view.joined(group.title, done, turn.words))
    else:
        way = None if known.status == ChatMember.BANNED else await _way_in(turn, group)
        await turn.reply(view.come_in(group.title, way, turn.words))


async def _way_in(turn: Turn, group: Owner) -> str | None:
    """A link into the chat for one person; None where the bot may not make one."""
    until = turn.now + OPEN_FOR
    try:
        made = await patiently(
            lambda: turn.bot.create_chat_invite_link(group.chat_id, expire_date=until, member_limit=1)
        )
    except BadRequest as error:
        logger.info("no invite link for chat %s: %s", group.chat_id, error.message)
        return None
    return made.invite_link if made else None


FEATURE = Feature(
    commands=(Command("invite", invite_command, Act.SETTINGS),),
    menu=(MenuLine("invite", "A link that brings people in", {ADMINS: 190}),),
    help=(HelpLine(FOR_ADMINS, "/invite – a link that brings people in", {GROUP: 30}),),
)
