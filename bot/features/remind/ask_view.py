"""The questions and refusals of /remind."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.columns import cut
from bot.common.labels import goal_buttons
from bot.common.schedules import days
from bot.features.remind.buttons import NewReminder
from bot.features.remind.view import COMMON_TIMES
from bot.telegram.callback import Callback
from bot.telegram.html import bold, esc
from bot.telegram.keyboard import Button, Keyboard, rows
from language.i18n import Words
from language.parsing.line import KnownGoal


def ask_time(title: str, weekdays: frozenset[int], node_id: int, w: Words) -> tuple[str, Keyboard]:
    """Asks for the time, when everything else is known."""
    if title:
        asked = w.t("At what time shall I ask you about {title}? Tap, or type it:", title=bold(cut(title, 60)))
    else:
        asked = w.t("At what time shall I ask you {days}? Tap, or type it:", days=days(weekdays, w))
    buttons = [Button(w.time(at), NewReminder(node_id, weekdays, at)) for at in COMMON_TIMES]
    return asked, rows(buttons, width=4)


def which(
    name: str, goals: Sequence[KnownGoal], chosen: Callable[[KnownGoal], Callback], w: Words, *, exact: bool
) -> tuple[str, Keyboard]:
    """Asks which of several goals is meant, or offers the nearest; `chosen` gives the button of a goal."""
    shown = esc(cut(name, 60))
    if exact:
        text = w.t("Which one is “{name}”?", name=shown)
    elif goals:
        text = w.t("I know no goal called “{name}”. Did you mean one of these?", name=shown)
    else:
        return w.t("I know no goal called “{name}”. /tree shows your goals, /plan adds one.", name=shown), ()
    return text, goal_buttons(goals, chosen)


def no_time(said: str, w: Words) -> str:
    """The answer to words without a time that name no goal."""
    return w.t(
        "I find no time in “{said}”. Write one such as <code>/remind 21:00</code>, or <code>/remind gym 7:00</code> "
        "for one goal.",
        said=esc(cut(said, 40)),
    )


def not_a_time(w: Words) -> str:
    """The answer to words that are no time."""
    return w.t("I need a time, such as <i>21:00</i> or <i>weekdays 8:30</i>. /cancel leaves it as it is.")


def one_weekday(w: Words) -> str:
    """The refusal of several weekdays for a weekly digest."""
    return w.t("The weekly digest comes on one day: name one, such as <i>monday 10:00</i>.")


def no_weekdays(w: Words) -> str:
    """The refusal of weekdays for a monthly, quarterly or yearly digest."""
    return w.t("This digest comes at the end of its period: give me a time only, such as <i>18:30</i>.")


def gone(w: Words) -> str:
    """The answer to a tap or words about a deleted reminder."""
    return w.t("That reminder is not here any more. /remind shows those that there are.")
