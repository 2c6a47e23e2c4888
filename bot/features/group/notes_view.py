"""Whether a group may read the notes of a member's private chat."""

from __future__ import annotations

from bot.common.names import group_title, shown_name
from bot.features.group.buttons import KeepNotes, ShowNotes
from bot.telegram.html import bold
from bot.telegram.keyboard import Button, Keyboard
from core.goals.model import Member, Owner
from language.i18n import Words


def below_a_note(member: Member, group: Owner, w: Words, *, asks: bool) -> tuple[str, Keyboard]:
    """The text below a note that was written in the private chat."""
    if member.notes_since is not None:
        return w.t("The group can read your note."), ()
    if not asks:
        return w.t("Your note stays with you: the group sees only what you did."), ()
    return w.t("Your note stays with you. May the group read what you write here?"), (
        (Button(w.t("👥 Show my notes"), ShowNotes(group.id)), Button(w.t("🔒 Keep them"), KeepNotes(group.id))),
    )


def chosen(member: Member, group: Owner, w: Words) -> str:
    """The answer to the choice in the private chat."""
    name = bold(group_title(group, w))
    if member.notes_since is not None:
        return w.t("👥 {group} can read the notes that you write here. /notes off there ends it.", group=name)
    return w.t("🔒 What you write here stays with you. /notes on in {group} changes that.", group=name)


def is_now(member: Member, w: Words) -> str:
    """The member's current choice, in the group."""
    if member.notes_since is not None:
        return w.t(
            "{name}, the notes that you write to me in private are shown here, too. /notes off ends it.",
            name=shown_name(member, w),
        )
    return w.t(
        "{name}, the notes that you write to me in private stay with you. /notes on shows them here, too.",
        name=shown_name(member, w),
    )


def only_in_groups(w: Words) -> str:
    """The refusal in a private chat: nobody else reads one's own goals."""
    return w.t("That is for groups: there, /notes on lets the group read the notes that you write here.")
