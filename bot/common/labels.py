"""A goal on a button."""

from __future__ import annotations

from bot.columns import cut
from language.parsing.line import Goal

MOST = 20


def label(goal: Goal, *, namesake: bool) -> str:
    """A goal on a button, told apart from another of its name by what it stands under."""
    title = cut(goal.title, 36)
    return f"{title} · {cut(goal.under, 24)}" if namesake and goal.under else title
