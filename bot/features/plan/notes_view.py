"""Remarks below a new tree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.telegram.html import bold, esc
from core.actions.plant import Planted
from core.goals.model import Level
from core.goals.tree import Tree
from core.planning.notes import Idle, OutOfReach, PlantingNote, Short, cut_short, notes
from core.planning.plan import PlanNode
from language.i18n import Words

MOST = 6
"""The most notes in one reply."""


def said_of(planted: Sequence[Planted], today: date, w: Words, plans: Sequence[PlanNode] = ()) -> str:
    """Remarks on what was planted; empty without any. `plans` are the trees as the person wrote them."""
    changed = [one.tree for one in planted if one.new or one.added or one.changed]
    noted = [note for tree in changed for note in notes(tree, today)]
    cut = [_cut(cut_short(plan, one.tree), one.tree, w) for plan, one in zip(plans, planted, strict=False)]
    return "\n".join([*filter(None, cut), *(_note(note, w) for note in noted[:MOST])])


def _cut(titles: Sequence[str], tree: Tree, w: Words) -> str:
    """Says why goals end sooner than planned."""
    last = tree.vision.ends_on
    if last is None or not titles:
        return ""
    named = [bold(title) for title in titles[:MOST]] + ["…"] * (len(titles) > MOST)
    return w.n(
        "✂️ {titles} ends with the vision on {day}: nothing below it lasts longer.",
        "✂️ {titles} end with the vision on {day}: nothing below it lasts longer.",
        len(titles),
        titles=w.listed(named),
        day=w.day(last),
    )


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
