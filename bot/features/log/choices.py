"""Asking which goal is meant: buttons that carry what is to be logged, so that one tap does it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.columns import cut
from bot.common.labels import MOST, goal_buttons
from bot.features.log.buttons import Act, Pick
from bot.telegram.html import bold, esc
from bot.telegram.keyboard import Keyboard
from language.i18n import Words
from language.parsing.line import Goal, Said


def which(name: str, goals: Sequence[Goal], said: Said, origin: tuple[int, int], w: Words) -> tuple[str, Keyboard]:
    """Several goals go by that name."""
    text = w.t("Which one is “{name}”?", name=esc(cut(name, 60)))
    if len(goals) > MOST:
        text += "\n" + w.t("These are the first {count}; write more of the name for others.", count=MOST)
    return text, buttons(goals, said, origin)


def unknown(name: str, nearest: Sequence[Goal], said: Said, origin: tuple[int, int], w: Words) -> tuple[str, Keyboard]:
    """No goal goes by that name; those it resembles are offered."""
    shown = esc(cut(name, 60))
    if not nearest:
        return w.t("I know no goal called “{name}”. /tree shows your goals, /plan adds one.", name=shown), ()
    text = w.t("I know no goal called “{name}”. Did you mean one of these? /plan adds a new one.", name=shown)
    return text, buttons(nearest, said, origin)


def perhaps(goals: Sequence[Goal], said: Said, origin: tuple[int, int], w: Words) -> tuple[str, Keyboard]:
    """Words of a conversation that may mean a goal: nothing is logged unless a button says so."""
    return w.t("Is that a check-off? Tap the goal if it is."), buttons(goals, said, origin)


def below(parent: str, leaves: Sequence[Goal], said: Said, origin: tuple[int, int], w: Words) -> tuple[str, Keyboard]:
    """A parent was named: its leaves are what is logged."""
    title = bold(cut(parent, 60))
    if not leaves:
        return w.t("{title} has no goals below it that can be logged yet. /plan adds some.", title=title), ()
    text = w.t("{title} is not logged itself; it follows from the goals below it. Which one?", title=title)
    return text, buttons(leaves, said, origin)


def buttons(goals: Sequence[Goal], said: Said, origin: tuple[int, int]) -> Keyboard:
    """A button for each goal. `origin` is the message and the line of it that is to be logged."""
    return goal_buttons(goals, lambda goal: Pick(goal.id, said.on, Act(said.how, said.value), *origin))


def which_number(number: Decimal, on: date, w: Words) -> str:
    """A bare number, and several goals that it may be meant for."""
    return w.t("{number} for {day}: which one?", number=w.number(number), day=bold(w.date(on)))
