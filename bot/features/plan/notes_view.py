"""What is said of a tree that was just planted, beside the tree itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.telegram.html import bold, esc
from core.actions.plant import Planted
from core.goals.model import Level
from core.planning.notes import Idle, OutOfReach, PlantingNote, Short, notes
from language.i18n import Words

MOST = 6
"""Notes in one reply."""


def said_of(planted: Sequence[Planted], today: date, w: Words) -> str:
    """Lines about what was planted; empty where there is nothing to say."""
    changed = [one.tree for one in planted if one.new or one.added or one.changed]
    noted = [note for tree in changed for note in notes(tree, today)]
    return "\n".join(_note(note, w) for note in noted[:MOST])


def _note(note: PlantingNote, w: Words) -> str:
    match note:
        case Short():
            return _short(note, w)
        case Idle(node, above):
            return w.t("ℹ️ {title} adds nothing to {above}.", title=bold(node.title), above=bold(above.title))
        case OutOfReach(node, most):
            return w.t(
                "⚠️ {title} can never be reached: at most {most} of {target} are possible.",
                title=bold(node.title),
                most=w.number(most),
                target=w.number(node.target or 0),
            )


def _short(note: Short, w: Words) -> str:
    unit = f" {esc(note.node.unit)}" if note.node.unit else ""
    whole = f"{w.number(note.target)}{unit}"
    share = w.t("{part} of {whole}", part=w.number(note.expected), whole=whole)
    match note.node.level:
        case Level.WEEKLY:
            return w.t("⏳ This week is short: {share}.", share=share)
        case Level.MONTHLY:
            return w.t("⏳ This month is short: {share}.", share=share)
        case Level.QUARTERLY:
            return w.t("⏳ This quarter is short: {share}.", share=share)
        case _:
            return w.t("⏳ This year is short: {share}.", share=share)
