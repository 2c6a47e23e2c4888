"""Goals on buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.columns import cut
from bot.telegram.callback import Callback
from bot.telegram.keyboard import Button, Keyboard
from language.parsing.line import KnownGoal

MOST = 20


def goal_buttons(
    goals: Sequence[KnownGoal], data: Callable[[KnownGoal], Callback], label: Callable[[str], str] = str
) -> Keyboard:
    """A row for each of the first goals; `data` gives the callback of its button, `label` the text for its title."""
    shown = goals[:MOST]
    titles = [goal.title.casefold() for goal in shown]
    return tuple(
        (Button(label(_label(goal, namesake=titles.count(goal.title.casefold()) > 1)), data(goal)),) for goal in shown
    )


def _label(goal: KnownGoal, *, namesake: bool) -> str:
    """A goal's button text; a namesake is told apart by its parent."""
    title = cut(goal.title, 36)
    return f"{title} · {cut(goal.under, 24)}" if namesake and goal.under else title
