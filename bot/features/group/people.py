"""Commands of a group's members: the board, nudges, absence, buddies."""

from __future__ import annotations

from contextlib import suppress

from bot.common.names import name_of
from bot.common.own_choice import own_choice
from bot.features.group import away_view, board_view, buddy_view, nudge_view
from bot.features.group.buddy import confirm_day
from bot.features.group.buttons import AcceptBuddy, ChoicePurpose, ChooseMember, ConfirmDay, DeclineBuddy
from bot.features.group.members_view import only_in_groups
from bot.features.group.which_view import which
from bot.telegram.callback import BadButton
from bot.telegram.feature import GROUP, TOGETHER, Command, Feature, HelpLine, MenuLine, OnTap
from bot.telegram.keyboard import Keyboard
from bot.telegram.turn import Turn
from core.actions.absences import come_back, go_away
from core.actions.buddies import AskResult, answer_buddy, ask_buddy, end_buddy, read_buddy
from core.actions.day.board import keep_board, read_board
from core.actions.members import read_member, read_members
from core.actions.nudges import allow_nudges, nudge
from core.errors import Refused
from core.goals.model import Member
from core.group.permissions import Act
from core.planning.names import match
from core.ports.store import StoreUnavailable
from language.parsing.edits.pausing import SaidDaysOff, read_days_off
from language.parsing.settings import is_off


async def board(turn: Turn) -> None:
    """Shows the board."""
    if turn.is_private:
        await turn.reply(only_in_groups(turn.words))
        return
    sheet = await read_board(turn.store, turn.actor, turn.today)

    async def keep(message_id: int) -> None:
        with suppress(StoreUnavailable):  # the store logs it; this board stays as it is
            await keep_board(turn.store, turn.actor, sheet, message_id, turn.now)

    turn.post(*board_view.board(sheet, turn.words), keep)


async def nudge_command(turn: Turn) -> None:
    """Nudges one member, or all with open goals."""
    user_id = _oneself(turn)
    if user_id is None:
        await turn.reply(only_in_groups(turn.words))
        return
    wanted = None
    if turn.args:
        member = await _named(turn, turn.args, ChoicePurpose.NUDGE)
        if member is None:
            return
        wanted = [member.id]
    done = await nudge(turn.store, turn.actor, wanted, turn.now)
    await turn.reply(nudge_view.nudged(done, turn.words))


async def nudges(turn: Turn) -> None:
    """Shows or sets whether others may nudge the sender."""
    member = await own_choice(turn, lambda on: allow_nudges(turn.store, turn.actor, on))
    await turn.reply(nudge_view.allowed(member, turn.words) if member else only_in_groups(turn.words))


async def away(turn: Turn) -> None:
    """Marks the sender as away until a day, or until they are back."""
    user_id = _oneself(turn)
    if user_id is None:
        await turn.reply(only_in_groups(turn.words))
        return
    days = SaidDaysOff(turn.today, None)
    if turn.args:
        meant = read_days_off(turn.args, turn.hearing)
        if not meant:
            await turn.reply(away_view.how(turn.args, turn.words))
            return
        days = meant[-1]  # a day by itself is the last one
    done = await go_away(turn.store, turn.actor, days.last, turn.now, first=days.first)
    await turn.reply(away_view.gone(done, turn.today, turn.words, open_end=days.last is None))


async def back(turn: Turn) -> None:
    """Marks the sender as back, in a group."""
    user_id = _oneself(turn)
    if user_id is None:
        await turn.reply(only_in_groups(turn.words))
        return
    done = await come_back(turn.store, turn.actor, turn.now)
    await turn.reply(away_view.back(done, turn.words))


async def buddy(turn: Turn) -> None:
    """Asks a member to confirm the sender's check-offs; "off" ends that."""
    user_id = _oneself(turn)
    if user_id is None:
        await turn.reply(only_in_groups(turn.words))
        return
    if is_off(turn.args, turn.lexicon):
        ended = await end_buddy(turn.store, turn.actor, turn.now)
        await turn.reply(buddy_view.ended(ended, turn.words))
        return
    if not turn.args:
        pair = await read_buddy(turn.store, turn.actor)
        await turn.reply(buddy_view.is_now(pair.buddy, turn.words))
        return
    if member := await _named(turn, turn.args, ChoicePurpose.BUDDY):
        await turn.reply(*await _asked_as_buddy(turn, member.id))


async def _asked_as_buddy(turn: Turn, member_id: int) -> tuple[str, Keyboard]:
    pair = await ask_buddy(turn.store, turn.actor, member_id)
    if pair.asked is AskResult.ASKED:
        return buddy_view.asks(pair, turn.words)
    return buddy_view.not_asked(pair, turn.words), ()


async def _member_chosen(turn: Turn, button: ChooseMember) -> None:
    """Continues with the member whom the sender chose; the choice replaces the question."""
    members = await read_members(turn.store, turn.actor)
    if turn.user_id is None or button.member not in {member.id for member in members}:
        raise BadButton
    if button.purpose is ChoicePurpose.BUDDY:
        said, keyboard = await _asked_as_buddy(turn, button.member)
    else:
        done = await nudge(turn.store, turn.actor, [button.member], turn.now)
        said, keyboard = nudge_view.nudged(done, turn.words), ()
    await turn.answer()
    await turn.edit(said, keyboard)


async def _confirmed(turn: Turn, button: ConfirmDay) -> None:
    """Handles a buddy's confirmation."""
    if turn.is_private:
        raise BadButton
    await confirm_day(turn, button.member, button.on)


async def _buddy_answered(turn: Turn, button: AcceptBuddy | DeclineBuddy) -> None:
    """Handles the answer of the asked member."""
    if turn.is_private or turn.user_id is None:
        raise BadButton
    me, accepts = await read_member(turn.store, turn.actor), isinstance(button, AcceptBuddy)
    if me.id != button.buddy:
        raise Refused("buddies_only")
    pair = await answer_buddy(turn.store, turn.actor, button.member, turn.now, accepts=accepts)
    await turn.answer()
    await turn.edit(buddy_view.answered(pair, turn.words, accepts=accepts))


def _oneself(turn: Turn) -> int | None:
    """The sender's user id in a group; None in a private chat. Raises `Refused` for an anonymous sender."""
    if turn.is_private:
        return None
    if turn.user_id is None:
        raise Refused("anonymous")
    return turn.user_id


async def _named(turn: Turn, name: str, purpose: ChoicePurpose) -> Member | None:
    """The member of a name; None if it had to ask who is meant."""
    members, w = await read_members(turn.store, turn.actor), turn.words
    by_id = {member.id: member for member in members}
    matched = match(name.removeprefix("@"), [(member.id, name_of(member, w)) for member in members])
    if matched.sure is not None:
        return by_id[matched.sure]
    if matched.exact:
        await turn.reply(*which(name, [by_id[one] for one in matched.exact], purpose, turn.owner, w))
    else:
        await turn.reply(nudge_view.nobody(name, w))
    return None


FEATURE = Feature(
    commands=(
        Command("board", board, Act.SEE),
        Command("nudge", nudge_command, Act.NUDGE),
        Command("nudges", nudges, Act.NUDGE),
        Command("away", away, Act.AWAY),
        Command("buddy", buddy, Act.LOG),
    ),
    menu=(
        MenuLine("board", "How everyone does", {GROUP: 30}),
        MenuLine("nudge", "A friendly word to who is still open", {GROUP: 40}),
        MenuLine("away", "Not counted for some days: /away 3 days", {GROUP: 50}),
        MenuLine("back", "Here again", {GROUP: 60}),
        MenuLine("buddy", "Somebody confirms what you check off", {GROUP: 70}),
    ),
    # These handlers check the sender themselves: each button is for one member.
    taps=(
        OnTap(ChooseMember, _member_chosen, Act.SEE),
        OnTap(ConfirmDay, _confirmed, None),
        OnTap(AcceptBuddy, _buddy_answered, None),
        OnTap(DeclineBuddy, _buddy_answered, None),
    ),
    help=(
        HelpLine(TOGETHER, "/board – how everyone does; /nudge – a friendly word to who is still open", {GROUP: 10}),
        HelpLine(TOGETHER, "<code>/away 3 days</code>, /back – nothing is missed meanwhile", {GROUP: 20}),
        HelpLine(TOGETHER, "<code>/buddy Ann</code> – Ann confirms what you check off", {GROUP: 30}),
    ),
)
