"""/share and /unshare in the private chat, /shared in the group: goals of one's own that others see."""

from __future__ import annotations

from bot.acts import Acts
from bot.callback import BadButton, fields, unpacked
from bot.handlers.goals import goals_of, readings_on
from bot.presence import is_in, standing_in
from bot.turn import Turn
from bot.views import sharing as view
from bot.views.today import invitation
from core.actions.members import leave
from core.actions.sharing import (
    Own,
    groups_to_share_with,
    own_shares,
    preview,
    share,
    shown_in,
    shown_tree,
    unshare,
)
from core.errors import NotFound, Refused
from core.model import Owner
from core.names import match
from core.permissions import Act
from language.parsing.share import wish


async def share_command(turn: Turn) -> None:
    """`/share`, `/share gym`, `/share full gym`."""
    if not turn.is_private or turn.user_id is None:
        await turn.reply(view.privately("share", turn.bot.username, turn.words))
        return
    readings = await readings_on(turn)
    goals = [goal for goal in goals_of(readings) if not goal.ended]
    if not goals:
        await turn.reply(invitation(turn.words))
        return
    if not await groups_to_share_with(turn.store, turn.user_id):
        await turn.reply(view.no_group(turn.words))
        return
    wanted = wish(turn.args, turn.lexicon)
    if not wanted.name:
        roots = {reading.tree.vision.id for reading in readings}
        offered = [goal for goal in goals if goal.id in roots] + [goal for goal in goals if goal.id not in roots]
        await turn.reply(*view.which(offered, turn.words, whole=wanted.whole))
        return
    found = match(wanted.name, [(goal.id, goal.title) for goal in goals])
    if found.sure is not None:
        await _which_group(turn, found.sure, whole=wanted.whole)
        return
    if found.exact:
        several = [goal for goal in goals if goal.id in found.exact]
        await turn.reply(*view.which(several, turn.words, whole=wanted.whole, name=wanted.name))
    else:
        likely = [goal for goal in goals if goal.id in found.nearest]
        await turn.reply(*view.unknown(wanted.name, likely, turn.words, whole=wanted.whole))


async def share_tapped(turn: Turn) -> None:
    """A goal or a group was chosen, more or less of it is to be shown, or the preview was answered."""
    if not turn.is_private or turn.user_id is None:
        raise BadButton
    step, *rest = turn.args.split(":")
    if step == view.CANCEL:
        await turn.edit(view.cancelled(turn.words))
        return
    if step == view.GOAL:
        node, whole = fields(":".join(rest), 2)
        await _which_group(turn, unpacked(node), whole=whole == view.WHOLE)
        return
    node, whole, group_id = fields(":".join(rest), 3)
    node_id, is_whole = unpacked(node), whole == view.WHOLE
    group = await _group(turn, unpacked(group_id))
    if group is None:
        return
    if step == view.PREVIEW:
        await _preview(turn, node_id, group, whole=is_whole)
    elif step == view.SHARE:
        lines = await preview(turn.store, turn.user_id, node_id, turn.now, whole=is_whole)
        await share(turn.store, turn.user_id, group.id, node_id, turn.now, whole=is_whole)
        await turn.edit(view.shared(lines[0].title, group.title, turn.words))
    else:
        raise BadButton


async def _which_group(turn: Turn, node_id: int, *, whole: bool) -> None:
    assert turn.user_id is not None, "the private chat has a person"
    groups = await groups_to_share_with(turn.store, turn.user_id)
    if not groups:
        await turn.edit(view.no_group(turn.words))
    elif len(groups) > 1:
        [title] = [line.title for line in await preview(turn.store, turn.user_id, node_id, turn.now, whole=False)]
        await turn.edit(*view.which_group(title, node_id, groups, turn.words, whole=whole))
    elif group := await _group(turn, groups[0].id):
        await _preview(turn, node_id, group, whole=whole)


async def _group(turn: Turn, owner_id: int) -> Owner | None:
    """A group that whoever asks is a member of, and still in the chat of, as Telegram says now. Raises `Refused` for
    another; None where that was answered. Who went unnoticed is a member no longer."""
    assert turn.user_id is not None, "the private chat has a person"
    group = next((one for one in await groups_to_share_with(turn.store, turn.user_id) if one.id == owner_id), None)
    if group is None:
        raise Refused("not_here")
    known = await standing_in(turn.bot, group.chat_id, turn.user_id)
    if known is None:
        await turn.edit(view.not_reached(group.title, turn.words))
        return None
    if not is_in(known):
        await leave(turn.store, group.chat_id, turn.user_id, turn.now)
        await turn.edit(view.not_in_chat(group.title, turn.words))
        return None
    return group


async def _preview(turn: Turn, node_id: int, group: Owner, *, whole: bool) -> None:
    assert turn.user_id is not None, "the private chat has a person"
    lines = await preview(turn.store, turn.user_id, node_id, turn.now, whole=whole)
    name = turn.sender.name
    await turn.edit(*view.preview(lines, name, node_id, group, turn.words, whole=whole))


async def unshare_command(turn: Turn) -> None:
    """`/unshare` lists what is shared; `/unshare gym` ends it."""
    if not turn.is_private or turn.user_id is None:
        await turn.reply(view.privately("unshare", turn.bot.username, turn.words))
        return
    shares = await own_shares(turn.store, turn.user_id)
    found = match(turn.args, [(own.share.id, own.title) for own in shares]) if turn.args else None
    if found is not None and found.sure is not None:
        await _ended(turn, found.sure)
        return
    chosen = [own for own in shares if found is None or own.share.id in found.exact] or shares
    await turn.reply(*view.shares(chosen, turn.words))


async def unshare_tapped(turn: Turn) -> None:
    """One of those that were listed is to end."""
    await _ended(turn, unpacked(turn.args))


async def _ended(turn: Turn, share_id: int) -> None:
    if not turn.is_private or turn.user_id is None:
        raise BadButton
    try:
        ended: Own = await unshare(turn.store, turn.user_id, share_id)
    except NotFound:
        await turn.edit(view.not_shared(turn.words))
        return
    await turn.edit(view.unshared(ended.title, ended.group.title, turn.words))


async def shared_command(turn: Turn) -> None:
    """What members of this group share."""
    if turn.is_private:
        await turn.reply(view.only_in_groups(turn.words))
        return
    await turn.reply(*await _page(turn, 0))


async def shared_tapped(turn: Turn) -> None:
    """Another page, or the tree of one goal and its pages."""
    if turn.is_private:
        raise BadButton
    parts = fields(turn.args, 1, 2)
    page = unpacked(parts[-1])
    if len(parts) == 1:
        await turn.edit(*await _page(turn, page))
        return
    try:
        found = await shown_tree(turn.store, turn.chat_id, unpacked(parts[0]), turn.now)
    except NotFound:
        await turn.answer(view.shown_no_longer(turn.words), alert=True)
        return
    await turn.edit(*view.whole_tree(found, page, turn.words))


async def _page(turn: Turn, page: int) -> view.Page:
    shown, page, pages = await shown_in(turn.store, turn.chat_id, turn.now, page=page, size=view.PAGE)
    return view.shown_here(shown, page, pages, turn.words)


COMMANDS = {"share": share_command, "unshare": unshare_command, "shared": shared_command}
CALLBACKS = {"share": share_tapped, "unshare": unshare_tapped, "shared": shared_tapped}
ACTS: Acts = {
    share_command: None,
    share_tapped: None,
    unshare_command: None,
    unshare_tapped: None,
    shared_command: Act.SEE_SHARE,
    shared_tapped: Act.SEE_SHARE,
}
