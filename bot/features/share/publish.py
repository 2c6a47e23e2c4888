"""/publish and /unpublish: a group's digests in a channel, set up by an admin of both."""

from __future__ import annotations

import re
from collections.abc import Sequence

from telegram import Chat, ChatFullInfo
from telegram.error import TelegramError

from bot.features.share import publish_view as view
from bot.telegram.acts import with_words
from bot.telegram.admins import AdminsUnknown
from bot.telegram.calls import patiently
from bot.telegram.feature import ADMINS, FOR_ADMINS, GROUP, Command, Feature, HelpLine, MenuLine
from bot.telegram.turn import Turn
from core.actions.publish import list_publications, publish, unpublish
from core.group.permissions import Act
from core.group.records import Publication

_NAME = re.compile(r"(?:https?://)?(?:t\.me/|@)([A-Za-z][A-Za-z0-9_]{3,31})/?")
_NUMBER = re.compile(r"-100[0-9]{5,15}")


async def publish_command(turn: Turn) -> None:
    """`/publish @channel`; without arguments shows where the digests go."""
    if turn.is_private:
        await turn.reply(view.only_groups(turn.words))
        return
    if not turn.args:
        await turn.reply(view.overview(await list_publications(turn.store, turn.actor), turn.words))
        return
    channel = await _channel(turn)
    if channel is None or turn.user_id is None:
        await turn.reply(view.no_channel(turn.args, turn.words))
        return
    title = channel.title or ""
    try:
        admins = await turn.services.admins.of(turn.bot, channel.id, turn.now, fresh=True)
    except AdminsUnknown:  # a channel's admins are shown only to its admins
        await turn.reply(view.make_me_admin(title, turn.args, turn.words))
        return
    if not admins.may_post(turn.bot.id):
        await turn.reply(view.make_me_admin(title, turn.args, turn.words))
    elif turn.user_id not in admins:
        await turn.reply(view.not_your_channel(title, turn.words))
    else:
        await publish(turn.store, turn.actor, channel.id, title, turn.now)
        await turn.reply(view.published(title, turn.words))


async def unpublish_command(turn: Turn) -> None:
    """`/unpublish @channel`; the name may be left out where there is one."""
    if turn.is_private:
        await turn.reply(view.only_groups(turn.words))
        return
    there = await list_publications(turn.store, turn.actor)
    named = await _named(turn, there) if turn.args else there
    if not turn.args and len(there) > 1:
        await turn.reply(view.overview(there, turn.words))
    elif named and (ended := await unpublish(turn.store, turn.actor, named[0].chat_id)):
        await turn.reply(view.unpublished(ended.title, turn.words))
    else:
        await turn.reply(view.not_published(turn.words))


async def _named(turn: Turn, there: Sequence[Publication]) -> list[Publication]:
    """The publications to the named channel."""
    wanted = turn.args.strip().casefold()
    named = [one for one in there if wanted in (one.title.casefold(), str(one.chat_id))]
    channel = None if named else await _channel(turn)
    return named or [one for one in there if channel and one.chat_id == channel.id]


async def _channel(turn: Turn) -> ChatFullInfo | None:
    """The named channel, by its public name, link or number."""
    name, number = _NAME.fullmatch(turn.args), _NUMBER.fullmatch(turn.args)
    if name is None and number is None:
        return None
    wanted: int | str = f"@{name[1]}" if name else int(turn.args)
    try:
        chat = await patiently(lambda: turn.bot.get_chat(wanted))
    except TelegramError:
        return None
    return chat if chat is not None and chat.type == Chat.CHANNEL else None


FEATURE = Feature(
    commands=(
        Command("publish", publish_command, with_words(Act.SEE, Act.PUBLISH)),
        Command("unpublish", unpublish_command, Act.PUBLISH),
    ),
    menu=(MenuLine("publish", "This group's digests in a channel", {ADMINS: 200}),),
    help=(HelpLine(FOR_ADMINS, "/publish – digests in a channel as well", {GROUP: 40}),),
)
