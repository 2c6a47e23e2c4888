"""From what is refused to one helpful sentence in the chat."""

from __future__ import annotations

from collections.abc import Sequence

from bot.html import esc
from bot.i18n import Words
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
