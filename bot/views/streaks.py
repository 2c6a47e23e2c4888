"""The leaves by their streaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.html import bold, pre
from bot.views.columns import cut, padded, width
from bot.views.terms import streak_words
from core.model import Node, Status
from core.reading import Reading
from language.i18n import Words

MOST = 40
_TITLE = 18


def streaks(readings: Sequence[Reading], w: Words) -> str:
    """The active leaves, longest current streak first, the best ever beside it."""
    found = []
    for reading in readings:
        for leaf in reading.tree.leaves():
            standing = reading.standing(leaf)
            if standing.streak is not None and standing.status is not Status.INACTIVE:
                found.append((standing.streak, _named(reading, leaf)))
    found.sort(key=lambda item: (-item[0].current, -item[0].best))
    if not found:
        return w.t("There is nothing to keep a streak of yet: /plan adds goals.")
    if not any(streak.best for streak, _ in found):
        return w.t("No streak yet. The first one begins with the next check-off: /log")
    shown = [(leaf.title, streak_words(s.current, leaf.level, w), w.number(s.best)) for s, leaf in found[:MOST]]
    title = min(_TITLE, max(width(" ".join(name.split())) for name, _, _ in shown))
    now = max(width(current) for _, current, _ in shown)
    lines = [
        f"{'🔥' if streak.current else '  '} {padded(cut(name, title), title)}  {padded(current, now)}  "
        + w.t("best {count}", count=best)
        for (name, current, best), (streak, _) in zip(shown, found, strict=False)
    ]
    text = f"{bold(w.t('Streaks'))}\n{pre(chr(10).join(lines))}"
    if len(found) > MOST:
        text += "\n" + w.n("… and {count} more.", "… and {count} more.", len(found) - MOST)
    return text


def _named(reading: Reading, leaf: Node) -> Node:
    """A member's own leaf with what it is called before the name."""
    if leaf.member_id is None:
        return leaf
    return replace(leaf, title=f"{reading.tree.called(leaf)} · {leaf.title}")
