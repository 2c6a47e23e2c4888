"""Whether a group reads the notes that a member writes in their own chat."""

from __future__ import annotations

from bot.common.names import group_title, shown
from bot.features.group.buttons import KeepNotes, ShowNotes
from bot.telegram.html import bold
from bot.telegram.keyboard import Button, Keyboard
from core.goals.model import Member, Owner
from language.i18n import Words


def below_a_note(member: Member, group: Owner, w: Words, *, asks: bool) -> tuple[str, Keyboard]:
    """The words below a note that was written in the private chat."""
    if member.notes_since is not None:
        return w.t("The group can read your note."), ()
    if not asks:
        return w.t("Your note stays with you: the group sees only what you did."), ()
    return w.t("Your note stays with you. May the group read what you write here?"), (
        (Button(w.t("👥 Show my notes"), ShowNotes(group.id)), Button(w.t("🔒 Keep them"), KeepNotes(group.id))),
    )


def chosen(member: Member, group: Owner, w: Words) -> str:
    """In the private chat."""
    name = bold(group_title(group, w))
    if member.notes_since is not None:
        return w.t("👥 {group} can read the notes that you write here. /notes off there ends it.", group=name)
    return w.t("🔒 What you write here stays with you. /notes on in {group} changes that.", group=name)


def is_now(member: Member, w: Words) -> str:
    """In the group: their own choice."""
    if member.notes_since is not None:
        return w.t(
            "{name}, the notes that you write to me in private are shown here, too. /notes off ends it.",
            name=shown(member, w),
        )
    return w.t(
        "{name}, the notes that you write to me in private stay with you. /notes on shows them here, too.",
        name=shown(member, w),
    )


def only_in_groups(w: Words) -> str:
    """A person's own goals have no other readers."""
    return w.t("That is for groups: there, /notes on lets the group read the notes that you write here.")
