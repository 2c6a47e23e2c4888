"""/join and /leave: membership of a group."""

from __future__ import annotations

from bot.features.group import members_view as view
from bot.features.group.buttons import Join
from bot.telegram.feature import GROUP, TAKE_PART, Command, Feature, HelpLine, MenuLine, OnTap
from bot.telegram.keyboard import Keyboard
from bot.telegram.turn import Turn
from core.actions.members import join, leave
from core.errors import GoaltreeError
from core.group.permissions import Act


async def join_command(turn: Turn) -> None:
    """Makes the sender a member from today on."""
    user_id = _in_group(turn)
    if user_id is None:
        await turn.reply(view.only_in_groups(turn.words))
        return
    joined = await join(turn.store, turn.actor, turn.sender.name, turn.now)
    await turn.reply(view.joined(joined, turn.words))


async def _join_tapped(turn: Turn, _: Join) -> None:
    """Handles the Join button: the person who taps gets the answer, and the group hears of a new member."""
    user_id = _in_group(turn)
    if user_id is None:
        await turn.answer(view.only_in_groups(turn.words), alert=True)
        return
    joined = await join(turn.store, turn.actor, turn.sender.name, turn.now)
    await turn.answer(view.welcome(joined, turn.words))
    if joined.new:
        await turn.reply(view.joined(joined, turn.words))


async def leave_command(turn: Turn) -> None:
    """Ends the sender's membership; their entries stay."""
    user_id = _in_group(turn)
    if user_id is None:
        await turn.reply(view.only_in_groups(turn.words))
        return
    await turn.reply(view.left(await leave(turn.store, turn.actor, turn.now), turn.words))


def _in_group(turn: Turn) -> int | None:
    """The sender's user id in a group; None in a private chat. An anonymous admin is refused before
    (`telegram.acts`)."""
    return None if turn.is_private else turn.user_id


def _way_in(turn: Turn, error: GoaltreeError) -> Keyboard:
    """The Join button if joining would help."""
    return view.way_in(error, turn.words, is_private=turn.is_private)


FEATURE = Feature(
    commands=(Command("join", join_command, Act.JOIN), Command("leave", leave_command, Act.LEAVE)),
    menu=(
        MenuLine("join", "Take part in this group's goals", {GROUP: 10}),
        MenuLine("leave", "Take part no longer", {GROUP: 20}),
    ),
    taps=(OnTap(Join, _join_tapped, Act.JOIN),),
    way_out=_way_in,
    help=(HelpLine(TAKE_PART, "/join and /leave – only who joined is counted", {GROUP: 10}),),
)
