"""/notes: whether a group may read the notes of a member's private chat; the first such note asks."""

from __future__ import annotations

from bot.common.own_choice import own_choice
from bot.features.group import notes_view as view
from bot.features.group.buttons import KeepNotes, ShowNotes
from bot.telegram.callback import BadButton
from bot.telegram.feature import GROUP, TOGETHER, Command, Feature, HelpLine, OnTap
from bot.telegram.keyboard import Keyboard
from bot.telegram.turn import Turn
from core.actions.logged import CheckOff, LogOutcome
from core.actions.members import ask_about_notes, memberships, show_notes
from core.errors import Refused
from core.goals.model import Member, Owner
from core.group.permissions import Act


async def about_note(turn: Turn, group: Owner, done: CheckOff) -> tuple[str, Keyboard]:
    """The text below a check-off of a group's goal in a private chat; empty if it came without a note."""
    entry = done.entry
    if done.outcome is not LogOutcome.LOGGED or entry is None or not entry.note:
        return "", ()
    written = entry.created_at or turn.now
    member, asks = await ask_about_notes(turn.store, turn.actor_in(group.chat_id), written)
    return view.below_a_note(member, group, turn.words, asks=asks)


async def notes(turn: Turn) -> None:
    """Shows or sets whether the group may read the sender's private notes."""
    member = await own_choice(turn, lambda on: show_notes(turn.store, turn.actor, on, turn.now))
    await turn.reply(view.is_now(member, turn.words) if member else view.only_in_groups(turn.words))


async def _chosen(turn: Turn, button: ShowNotes | KeepNotes) -> None:
    if not turn.is_private:
        raise BadButton
    _, group = await group_of(turn, button.group)
    actor, shown = turn.actor_in(group.chat_id), isinstance(button, ShowNotes)
    member = await show_notes(turn.store, actor, shown, turn.now, also_the_last=True)
    await turn.answer()
    await turn.reply(view.chosen(member, group, turn.words))


async def group_of(turn: Turn, owner_id: int) -> tuple[Member, Owner]:
    """The sender's membership of a group, and the group. Raises `Refused` if they are not in it."""
    for member, group in await memberships(turn.store, turn.actor):
        if group.id == owner_id:
            return member, group
    raise Refused("not_here")


FEATURE = Feature(
    commands=(Command("notes", notes, Act.LOG),),
    taps=(OnTap(ShowNotes, _chosen, None), OnTap(KeepNotes, _chosen, None)),
    help=(HelpLine(TOGETHER, "<code>/notes on</code> – the group reads the notes that you write to me", {GROUP: 85}),),
)
