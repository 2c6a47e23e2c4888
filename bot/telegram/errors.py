"""Refusals in the chat: the catalogue's sentences as HTML, or the chat's own where a command or markup helps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta

from bot.telegram.html import bold, esc
from core.errors import Fault, GoaltreeError, InvalidPlan
from language.i18n import Words, mark
from language.refusals import placed, refusal, worded
from language.refusals.sentences import Sentences
from language.tokens import shortened

SHOWN_FAULTS = 5
SHOWN_WORDS = 60
"""How many characters an apology quotes."""

IN_CHAT: Sentences = {
    "bad_button": mark("This button does not work any more."),
    "admins_unknown": mark("Telegram does not tell me just now who the admins are here. Please try again in a minute."),
    "goal_gone": mark("That goal is not here (any more). /tree shows what there is."),
    "chat_unknown": mark("That goal is not here (any more). /tree shows what there is."),
    "value_needed": mark("“{title}” needs a number of {unit}, for example <code>{title} 5</code>."),
    "value_needed:unit": mark("“{title}” needs a number, for example <code>{title} 5</code>."),
    "reminders_full": mark("There are {count} reminders already: delete one first, with /remind."),
    "shares_full": mark("You share {count} goals there, and no more fit: end one with /unshare first."),
    "join_first": mark("You are not in yet: /join first, then try again."),
    "other_unit": mark("<b>{title}</b> is counted in {unit}, not in “{said}”. Nothing was logged."),
    "no_such_time": mark(
        "There is no time <code>{said}</code>: hours go from 0:00 to 23:59, such as <code>/remind 21:00</code>."
    ),
    "several_times": mark(
        "One time for each reminder, please: <code>/remind 8:00</code>, then <code>/remind 20:00</code>."
    ),
    "no_such_rhythm": mark(
        "I can ask every day or on some weekdays, each week the same: <code>/remind 21:00</code> or "
        "<code>/remind mon wed fri 18:00</code>."
    ),
    "too_many_words": mark("That is too long for me. Write it like <code>/remind mon wed fri 18:00</code>."),
    "pause_is_shared": mark(
        "Only the group's admins can pause its goals. For yourself alone, send <code>/away 3 days</code>."
    ),
    "everyones": mark("This goal is everyone's: an admin can skip it for all. If you are away, send /away."),
}
"""The chat's own sentences (HTML), by code."""


def sentence(error: GoaltreeError, w: Words) -> str:
    """The sentence for an error (HTML)."""
    if isinstance(error, InvalidPlan):
        return faults(error.faults, w)
    if error.code in IN_CHAT:
        values = {name: esc(value) if isinstance(value, str) else value for name, value in error.values.items()}
        return worded(error.code, values, w, IN_CHAT)
    return esc(refusal(error, w))


def faults(wrong: Sequence[Fault], w: Words) -> str:
    """The first faults of a plan or a document, each with its place. A single fault of an edit has no place: it
    concerns what was just written."""
    if len(wrong) == 1 and not wrong[0].place:
        return esc(placed(wrong[0], w))
    lines = [w.t("Nothing was changed. Please mend this and send it again:")]
    said = list(dict.fromkeys(placed(fault, w) for fault in wrong))
    lines += [f"• {esc(fault)}" for fault in said[:SHOWN_FAULTS]]
    if len(said) > SHOWN_FAULTS:
        lines.append(w.n("… and {count} more.", "… and {count} more.", len(said) - SHOWN_FAULTS))
    return "\n".join(lines)


def apology(w: Words, text: str = "") -> str:
    """The apology for an error of ours. `text` is the person's message, empty for a tap."""
    if not text:
        return w.t("Sorry, something went wrong on my side. Please try again in a moment.")
    return w.t(
        "Sorry, something went wrong on my side with “{text}”. If it is not in /log, please send it again in a moment.",
        text=esc(shortened(text, SHOWN_WORDS)),
    )


def enough(pause: timedelta, w: Words) -> str:
    """The sentence for somebody who sent too much. `pause` is how long the bot will ignore them, zero if that is
    over."""
    seconds = math.ceil(pause.total_seconds())
    if seconds <= 0:
        return w.t("That was a lot at once, and I missed some of it. I listen again now.")
    return w.n(
        "That was a lot at once. I listen again in {count} second.",
        "That was a lot at once. I listen again in {count} seconds.",
        seconds,
    )


def cannot_write(title: str, w: Words) -> str:
    """The private message to the person who would have got an answer in the chat, or who added the bot."""
    return w.t(
        "I may not write in {title}. Please let me send messages there (group info → Permissions, or make me an "
        "admin), then I can begin.",
        title=bold(title),
    )
