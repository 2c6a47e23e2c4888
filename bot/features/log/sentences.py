"""Sentences around logging: what is said when words make no log, or an edit makes none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.columns import cut
from bot.telegram.html import bold, code, esc
from language.i18n import Words
from language.parsing.line import Goal


def not_understood(nearest: Sequence[Goal], w: Words) -> str:
    """Plain words in a private chat that name no goal."""
    text = w.t("I did not find a goal in that.")
    if nearest:
        names = ", ".join(f"“{esc(cut(goal.title, 40))}”" for goal in nearest)
        text += " " + w.t("The nearest: {names}.", names=names)
    return text + " " + w.t("To log, write a goal's name and what you did, such as {example}; /plan adds goals.",
                            example=code(w.t("run 5")))  # fmt: skip


def other_chat(w: Words) -> str:
    """An edit that would move what was logged from one chat's goals to another's."""
    return w.t("What that message logged and what it says now belong to different chats: write the new one anew.")


def too_many_lines(most: int, w: Words) -> str:
    """One message cannot log more."""
    return w.t("That is too much at once: a message can log {count} lines. Nothing was logged.", count=most)


def edit_refused(reason: str, w: Words) -> str:
    """An edit that makes no log. `reason` is HTML."""
    return reason + "\n" + w.t("So I left what this message had logged as it was.")


def unclear_in_edit(name: str, w: Words) -> str:
    """An edited line that names several goals, or none."""
    return w.t("I cannot tell which goal “{name}” means now: write its whole name.", name=esc(cut(name, 60)))


def ask_amount(title: str, unit: str | None, on: date, w: Words) -> str:
    """The question behind "other…"."""
    if unit:
        return w.t(
            "{title}: how many {unit} in all for {day}? Reply with the number.",
            title=bold(cut(title, 60)),
            unit=esc(cut(unit, 20)),
            day=w.date(on),
        )
    return w.t("{title}: how much in all for {day}? Reply with the number.", title=bold(cut(title, 60)), day=w.date(on))


def counted_before(w: Words) -> str:
    """A tap that was delivered again, or pressed twice."""
    return w.t("This tap was counted before. Nothing was changed.")
