"""Nudges: a friendly word to members with open goals, if they allow it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.columns import cut
from bot.common.names import listed, names, shown_name
from bot.telegram.html import bold, esc
from core.actions.nudges import Nudged
from core.goals.model import Member
from language.i18n import Words

_MOST = 5


def privately(group: str, titles: Sequence[str], w: Words) -> str:
    """The nudge in a member's private chat."""
    left = listed([bold(cut(title, 40)) for title in titles], w, _MOST)
    where = bold(cut(group, 60)) if group.strip() else w.t("your group")
    return w.t("👋 A nudge from {group}: still open today: {goals}. /log ticks it off.", group=where, goals=left)


def nudged(nudge: Nudged, w: Words) -> str:
    """The report in the group: who was nudged, and why others were not."""
    lines = []
    if nudge.here:
        lines.append(w.t("👋 {names}: there is something left for today. /log shows it.", names=names(nudge.here, w)))
    if nudge.privately:
        lines.append(w.t("👋 I have sent a nudge to {names}.", names=names(nudge.privately, w)))
    if nudge.before:
        lines.append(w.t("Nudged today already: {names}. Once a day is enough.", names=names(nudge.before, w)))
    if nudge.spared:
        lines.append(w.t("I nudge only who has sent /nudges on, and not: {names}.", names=names(nudge.spared, w)))
    if nudge.away and not lines:
        lines.append(w.t("🏖 Away: {names}.", names=names(nudge.away, w)))
    if lines:
        return "\n".join(lines)
    if nudge.done:
        return w.t("Nothing is open any more with {names}. 🎉", names=names(nudge.done, w))
    return w.t("There is nobody else to nudge here yet.")


def allowed(member: Member, w: Words) -> str:
    """A member's current choice."""
    if member.nudges:
        return w.t(
            "{name}, others may nudge you now, once a day at most. /nudges off ends it.", name=shown_name(member, w)
        )
    return w.t("{name}, nobody can nudge you now. /nudges on allows it.", name=shown_name(member, w))


def nobody(name: str, w: Words) -> str:
    """The refusal of an unknown name."""
    return w.t("There is no “{name}” among those who joined. /board shows who is in.", name=esc(cut(name, 30)))
