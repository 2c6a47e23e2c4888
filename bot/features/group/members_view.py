"""Joining and leaving a group."""

from __future__ import annotations

from bot.columns import cut
from bot.common.names import name_of
from bot.features.group.buttons import Join
from bot.telegram.html import bold, esc
from bot.telegram.keyboard import Button, Keyboard
from core.actions.members import Joined
from core.errors import GoaltreeError, Refused
from core.goals.model import Member
from language.i18n import Words

MOST = 5
"""How many goals are named."""


def join_button(w: Words) -> Keyboard:
    """The Join button."""
    return ((Button(w.t("🙋 Join"), Join()),),)


def way_in(error: GoaltreeError, w: Words, *, is_private: bool) -> Keyboard:
    """The Join button if joining would help."""
    return join_button(w) if isinstance(error, Refused) and error.code == "join_first" and not is_private else ()


def joined(arrival: Joined, w: Words) -> str:
    """The message about a new member, with the goals that each one does."""
    name = bold(name_of(arrival.member, w))
    if not arrival.new:
        return w.t("{name} is in already. /log shows what there is to tick off.", name=name)
    text = w.t("🙋 {name} is in.", name=name)
    if arrival.each:
        goals = ", ".join(esc(cut(title, 40)) for title in arrival.each[:MOST])
        text += " " + w.t("Yours from today on: {goals}.", goals=goals)
    if not arrival.each:
        return text + " " + w.t("/log shows what there is to tick off, /leave ends it.")
    return text + " " + w.t("/log ticks it off, /leave ends it.")


def welcome(arrival: Joined, w: Words) -> str:
    """The answer to a tap on Join."""
    return w.t("You are in. 🙌") if arrival.new else w.t("You are in already.")


def left(member: Member, w: Words) -> str:
    """The message that a member has left."""
    return w.t("{name} has left. What was logged stays; /join takes it up again.", name=bold(name_of(member, w)))


def only_in_groups(w: Words) -> str:
    """The refusal in a private chat."""
    return w.t("That is for groups: add me to yours, and send it there.")
