"""A planted tree, and the next steps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.features.plan.buttons import ExtendPlan
from bot.telegram.html import bold, code, esc, pre
from bot.telegram.keyboard import Button, Keyboard
from core.actions.plant import Planted
from core.goals.model import Measure, Node
from core.goals.terms import terms_on
from core.goals.tree import Tree
from core.planning.generate import usual
from core.planning.outline import print_plan
from core.planning.plan import plan_of
from core.values import plain_text
from language.i18n import Words

SHOWN_LINES = 14
SHORT = 40
_MENTION = re.compile(r"(?<!\w)@\w{2,}")


def planted(
    done: Sequence[Planted], today: date, w: Words, *, notes: str = "", below: str = "", on: date | None = None
) -> tuple[str, Keyboard]:
    """Each tree in a few lines with its `notes`, then the first thing to do today, or when it begins; `below` is added
    at the end. `on`: shows each goal's later terms too, like the day's outline."""
    parts = [*(_one(item, w, on) for item in done), *([notes] if notes else [])]
    empty = [item.tree for item in done if not item.tree.loggable()]
    if empty:
        title = empty[0].vision.title
        parts.append(
            w.t("It has no goals yet. Send /plan with the same title and goals on indented lines below it, or tap:")
        )
        return "\n\n".join(parts), (
            (Button(w.t("Add goals to {title}", title=title[:SHORT]), ExtendPlan(empty[0].vision.id)),),
        )
    if any(item.new or item.added for item in done):
        parts.append(_next(done[0].tree, w, today))
    if below:
        parts.append(below)
    return "\n\n".join(parts), ()


def names_in_titles(done: Sequence[Planted], w: Words) -> str:
    """The hint for a group's goals that name somebody: the name has no meaning. Empty without any."""
    titles = [node.title for item in done if item.new or item.added or item.changed for node in item.tree.goals()]
    named = next((match[0] for title in titles if (match := _MENTION.search(title))), None)
    if named is None:
        return ""
    return w.t(
        "{name} is only part of the title: a goal here is everyone's together or, with <i>each</i>, everyone's own. A "
        "goal of one person lives in their own chat with me.",
        name=esc(named),
    )


def _one(item: Planted, w: Words, on: date | None) -> str:
    title = bold(item.tree.vision.title)
    if item.new:
        return f"{w.t('🌱 Planted: {title}', title=title)}\n{_lines(item.tree, w, on)}"
    lines = []
    if item.added:
        lines.append(w.n("{count} goal added", "{count} goals added", item.added))
    if item.changed:
        lines.append(w.n("{count} goal changed", "{count} goals changed", item.changed))
    if not lines:
        return w.t("{title}: nothing new, it is as it was.", title=title)
    return f"🌿 {title}: {', '.join(lines)}\n{_lines(item.tree, w, on)}"


def _lines(tree: Tree, w: Words, on: date | None) -> str:
    plan = plan_of(tree)
    lines = (print_plan(plan, on) if on else print_plan(plan.mapped(usual))).splitlines()
    more = len(lines) - SHOWN_LINES
    shown = pre("\n".join(lines[:SHOWN_LINES]))
    return shown if more <= 0 else f"{shown}\n{w.n('… and {count} more goal', '… and {count} more goals', more)}"


def _next(tree: Tree, w: Words, today: date) -> str:
    leaves = tree.loggable()
    leaf = next((leaf for leaf in leaves if tree.active(leaf).start <= today), None)
    if leaf is None:
        begins = min(tree.active(leaf).start for leaf in leaves)
        return w.t("It begins on {day}: from then on it is asked for, and can be logged.", day=w.day(begins))
    return w.t(
        "Log the first thing: {example}, or tap through today with /log.", example=code(_example(tree, leaf, today))
    )


def _example(tree: Tree, leaf: Node, today: date) -> str:
    name = leaf.title.casefold()
    first = terms_on(leaf.terms, today).target if leaf.baseline is None else leaf.baseline
    if tree.measure(leaf) is Measure.NUMBER and first is not None:
        return f"/log {name} {plain_text(first)}"
    return f"/log {name}"


def cancelled(was_open: bool, w: Words) -> str:
    """The answer when a conversation is cancelled."""
    return w.t("Cancelled. Nothing was changed.") if was_open else w.t("There is nothing to cancel.")


def not_received(w: Words) -> str:
    """The refusal of an outline file that is too large, or that Telegram does not provide."""
    return w.t("I could not get that file. Send it again, or its lines behind /plan.")


def not_here(w: Words) -> str:
    """The refusal for a goal that is gone, or another chat's."""
    return w.t("That goal is not here (any more).")
