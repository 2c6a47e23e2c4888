"""From what is refused to one helpful sentence in the chat."""

from __future__ import annotations

from collections.abc import Sequence

from bot.admins import AdminsUnknown
from bot.html import esc
from bot.i18n import Words
from bot.views.groups import admins_unknown
from core.errors import (
    DateRefused,
    EntryGone,
    Fault,
    GoaltreeError,
    InvalidPlan,
    InvalidSetting,
    InvalidValue,
    NotALeaf,
    NotFound,
    NothingToUndo,
    Refused,
    ValueNeeded,
)

SHOWN_FAULTS = 5


def sentence(error: GoaltreeError, w: Words) -> str:
    """What the person reads (HTML)."""
    match error:
        case InvalidPlan():
            return faults(error.faults, w)
        case ValueNeeded(unit=None):
            return w.t("“{title}” needs a number, for example <code>{title} 5</code>.", title=esc(error.title))
        case ValueNeeded():
            return w.t(
                "“{title}” needs a number of {unit}, for example <code>{title} 5</code>.",
                title=esc(error.title),
                unit=esc(error.unit or ""),
            )
        case NotALeaf():
            return w.t("“{title}” is not logged itself: log one of the goals below it.", title=esc(error.title))
        case DateRefused(reason="future"):
            return w.t(
                "{day} lies ahead: today is {limit}. Log it when the day has come.",
                day=w.date(error.on),
                limit=w.date(error.limit),
            )
        case DateRefused(reason="before_start"):
            return w.t(
                "{day} is too early: this goal starts on {limit}.",
                day=w.date(error.on, year=True),
                limit=w.date(error.limit, year=True),
            )
        case DateRefused():
            return w.t(
                "{day} is too late: this goal ended on {limit}.",
                day=w.date(error.on, year=True),
                limit=w.date(error.limit, year=True),
            )
        case Refused():
            return refused(error.code, w)
        case AdminsUnknown():
            return admins_unknown(w)
        case NothingToUndo():
            return w.t("There is nothing to undo.")
        case EntryGone():
            return w.t("What that message logged was taken back or replaced since: write it anew.")
        case NotFound():
            return w.t("That goal is not here (any more). /tree shows what there is.")
        case InvalidSetting() if error.suggestions:
            close = ", ".join(esc(name) for name in error.suggestions)
            return w.t("{problem} Close to it: {suggestions}.", problem=esc(str(error)), suggestions=close)
        case InvalidSetting() | InvalidValue():
            return esc(str(error))
        case _:
            return esc(str(error))


def refused(code: str, w: Words) -> str:
    """Why somebody may not do something in a group, and what to do instead."""
    return {
        "channel": w.t("A channel has no check-offs here: write as yourself, please."),
        "anonymous": w.t("You write here in the name of the group, so I cannot tell who you are. Send it as yourself."),
        "anothers": w.t("That is somebody else's: only they can change it."),
        "join_first": w.t("You are not in yet: /join first, then try again."),
        "admins_only": w.t("Only the group's admins can do that: ask one of them."),
        "everyones": w.t("This goal is everyone's: an admin can skip it for all. If you are away, send /away."),
        "buddies_only": w.t("Only the buddy who was asked can confirm that."),
        "anothers_goal": w.t("That goal is somebody else's: share one of your own."),
        "ended_goal": w.t("That goal has ended: there is nothing to show of it any more."),
        "not_here": w.t("That is only for the people of that group."),
    }[code]


def faults(found: Sequence[Fault], w: Words) -> str:
    """What is wrong with a plan or a document, each with its place; the first few."""
    lines = [w.t("Nothing was changed. Please mend this and send it again:")]
    said = list(dict.fromkeys(str(fault) for fault in found))
    lines += [f"• {esc(fault)}" for fault in said[:SHOWN_FAULTS]]
    if len(said) > SHOWN_FAULTS:
        lines.append(w.n("… and {count} more.", "… and {count} more.", len(said) - SHOWN_FAULTS))
    return "\n".join(lines)


def apology(w: Words) -> str:
    """When the mistake is ours."""
    return w.t("Sorry, something went wrong on my side. Please try again in a moment.")
