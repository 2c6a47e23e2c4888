"""/share and /unshare in the private chat, /shared in the group: personal goals that a group sees."""

from __future__ import annotations

from collections.abc import Sequence

from bot.common.goals import goals_of, readings_on
from bot.common.terms import invitation
from bot.features.share import view
from bot.features.share.buttons import (
    CancelShare,
    Extent,
    PreviewShare,
    SharedPage,
    SharedTree,
    ShareGoal,
    ShareNow,
    Unshare,
)
from bot.telegram.callback import BadButton
from bot.telegram.feature import GROUP, LOOK, PRIVATE, SET_UP, Command, Feature, HelpLine, MenuLine, OnTap
from bot.telegram.keyboard import Keyboard
from bot.telegram.presence import is_in, membership_in
from bot.telegram.turn import Turn
from core.actions.members import leave
from core.actions.sharing import Own, groups_to_share_with, own_shares, preview, share, shown_in, shown_tree, unshare
from core.errors import NotFound, Refused
from core.goals.model import Owner
from core.group.permissions import Act, Actor
from core.planning.names import match
from language.parsing.line import KnownGoal
from language.parsing.share import ShareWish, wish


async def share_command(turn: Turn) -> None:
    """`/share`, `/share gym`, `/share full gym`."""
    if not turn.is_private or turn.user_id is None:
        await turn.reply(view.only_in_private("share", turn.bot.username, turn.words))
        return
    readings = await readings_on(turn)
    goals = [goal for goal in goals_of(readings) if not goal.over]
    if not goals:
        await turn.reply(invitation(turn.words))
        return
    if not await groups_to_share_with(turn.store, turn.actor):
        await turn.reply(view.no_group(turn.words))
        return
    wanted = wish(turn.args, turn.lexicon)
    if wanted.name:
        await _share_named(turn, goals, wanted)
        return
    roots = {reading.tree.vision.id for reading in readings}
    visions_first = sorted(goals, key=lambda goal: goal.id not in roots)
    await turn.reply(*view.which(visions_first, turn.words, whole=wanted.whole))


async def _share_named(turn: Turn, goals: Sequence[KnownGoal], wanted: ShareWish) -> None:
    """Continues with the named goal, or asks which is meant."""
    matched = match(wanted.name, [(goal.id, goal.title) for goal in goals])
    if matched.sure is not None:
        await _which_group(turn, matched.sure, whole=wanted.whole)
        return
    offered = [goal for goal in goals if goal.id in (matched.exact or matched.nearest)]
    if matched.exact:
        await turn.reply(*view.which(offered, turn.words, whole=wanted.whole, name=wanted.name))
    else:
        await turn.reply(*view.unknown(wanted.name, offered, turn.words, whole=wanted.whole))


async def _cancelled(turn: Turn, _: CancelShare) -> None:
    _person(turn)
    await turn.edit(view.cancelled(turn.words))


async def _goal_chosen(turn: Turn, button: ShareGoal) -> None:
    await _which_group(turn, button.node, whole=button.extent is Extent.WHOLE)


async def _group_chosen(turn: Turn, button: PreviewShare) -> None:
    """Shows the preview for a chosen group and extent."""
    if group := await _group(turn, button.group):
        await _preview(turn, button.node, group, whole=button.extent is Extent.WHOLE)


async def _agreed(turn: Turn, button: ShareNow) -> None:
    """Shares the goal as previewed."""
    person, is_whole = _person(turn), button.extent is Extent.WHOLE
    if group := await _group(turn, button.group):
        lines = await preview(turn.store, person, button.node, turn.now, whole=is_whole)
        await share(turn.store, person, group.id, button.node, turn.now, whole=is_whole)
        await turn.edit(view.shared(lines[0].title, group.title, turn.words))


def _person(turn: Turn) -> Actor:
    """The person of this private chat. Raises `BadButton` elsewhere."""
    if not turn.is_private or turn.user_id is None:
        raise BadButton
    return turn.actor


async def _which_group(turn: Turn, node_id: int, *, whole: bool) -> None:
    person = _person(turn)
    groups = await groups_to_share_with(turn.store, person)
    if not groups:
        await turn.edit(view.no_group(turn.words))
    elif len(groups) > 1:
        [title] = [line.title for line in await preview(turn.store, person, node_id, turn.now, whole=False)]
        await turn.edit(*view.which_group(title, node_id, groups, turn.words, whole=whole))
    elif group := await _group(turn, groups[0].id):
        await _preview(turn, node_id, group, whole=whole)


async def _group(turn: Turn, owner_id: int) -> Owner | None:
    """A group of the person's, if Telegram confirms that they are still in its chat; otherwise answers them and returns
    None. A person who has left unnoticed loses their membership. Raises `Refused` for any other group."""
    person = _person(turn)
    group = next((one for one in await groups_to_share_with(turn.store, person) if one.id == owner_id), None)
    if group is None:
        raise Refused("not_here")
    known = await membership_in(turn.bot, group.chat_id, turn.chat_id)
    if known is None:
        await turn.edit(view.not_reached(group.title, turn.words))
        return None
    if not is_in(known):
        await leave(turn.store, turn.actor_in(group.chat_id), turn.now)
        await turn.edit(view.not_in_chat(group.title, turn.words))
        return None
    return group


async def _preview(turn: Turn, node_id: int, group: Owner, *, whole: bool) -> None:
    lines = await preview(turn.store, _person(turn), node_id, turn.now, whole=whole)
    name = turn.sender.name
    await turn.edit(*view.preview(lines, name, node_id, group, turn.words, whole=whole))


async def unshare_command(turn: Turn) -> None:
    """`/unshare` lists what is shared; `/unshare gym` ends it."""
    if not turn.is_private or turn.user_id is None:
        await turn.reply(view.only_in_private("unshare", turn.bot.username, turn.words))
        return
    shares = await own_shares(turn.store, turn.actor)
    matched = match(turn.args, [(own.share.id, own.title) for own in shares])
    if matched.sure is not None:
        await _ended(turn, matched.sure)
        return
    chosen = [own for own in shares if own.share.id in matched.exact] or shares
    await turn.reply(*view.shares(chosen, turn.words))


async def _unshare_tapped(turn: Turn, button: Unshare) -> None:
    """Ends one of the listed shares."""
    await _ended(turn, button.share)


async def _ended(turn: Turn, share_id: int) -> None:
    try:
        ended: Own = await unshare(turn.store, _person(turn), share_id)
    except NotFound:
        await turn.edit(view.not_shared(turn.words))
        return
    await turn.edit(view.unshared(ended.title, ended.group.title, turn.words))


async def shared_command(turn: Turn) -> None:
    """Shows the shares of this group's members."""
    if turn.is_private:
        await turn.reply(view.only_in_groups(turn.words))
        return
    await turn.reply(*await _page(turn, 0))


async def _turn_page(turn: Turn, button: SharedPage) -> None:
    """Shows another page of the shares."""
    if turn.is_private:
        raise BadButton
    await turn.edit(*await _page(turn, button.page))


async def _show_tree(turn: Turn, button: SharedTree) -> None:
    """Shows a page of one goal's tree."""
    if turn.is_private:
        raise BadButton
    try:
        shared = await shown_tree(turn.store, turn.actor, button.share, turn.now)
    except NotFound:
        await turn.answer(view.shown_no_longer(turn.words), alert=True)
        return
    await turn.edit(*view.whole_tree(shared, button.page, turn.words))


async def _page(turn: Turn, page: int) -> tuple[str, Keyboard]:
    shown, page, pages = await shown_in(turn.store, turn.actor, turn.now, page=page, size=view.PAGE)
    return view.shown_here(shown, page, pages, turn.words)


FEATURE = Feature(
    commands=(
        Command("share", share_command, None),
        Command("unshare", unshare_command, None),
        Command("shared", shared_command, Act.SEE_SHARE),
    ),
    menu=(
        MenuLine("share", "Show one of your goals to a group", {PRIVATE: 110}),
        MenuLine("shared", "What members show of their own goals", {GROUP: 80}),
    ),
    taps=(
        OnTap(ShareGoal, _goal_chosen, None),
        OnTap(PreviewShare, _group_chosen, None),
        OnTap(ShareNow, _agreed, None),
        OnTap(CancelShare, _cancelled, None),
        OnTap(Unshare, _unshare_tapped, None),
        OnTap(SharedPage, _turn_page, Act.SEE_SHARE),
        OnTap(SharedTree, _show_tree, Act.SEE_SHARE),
    ),
    help=(
        HelpLine(SET_UP, "/share – shows one of your goals to a group, /unshare ends it", {PRIVATE: 30}),
        HelpLine(LOOK, "/shared – what members show of goals of their own", {GROUP: 50}),
    ),
)
