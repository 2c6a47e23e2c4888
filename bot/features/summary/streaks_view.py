"""The leaves by their streaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.columns import cut, padded, width
from bot.common.terms import streak_words
from bot.telegram.html import bold, pre
from core.goals.model import Node, Status
from core.goals.reading import Reading
from core.goals.streaks import Streak
from language.i18n import Words

MOST = 40
_TITLE = 18


def streaks(readings: Sequence[Reading], w: Words) -> str:
    """The active leaves, longest current streak first, each with its best one ever."""
    lines = [kept for reading in readings for kept in _kept(reading)]
    lines.sort(key=lambda item: (-item[0].current, -item[0].best))
    if not lines:
        return w.t("There is nothing to keep a streak of yet: /plan adds goals.")
    if not any(streak.best for streak, _ in lines):
        return w.t("No streak yet. The first one begins with the next check-off: /log")
    text = f"{bold(w.t('Streaks'))}\n{pre(_table(lines[:MOST], w))}"
    if len(lines) > MOST:
        text += "\n" + w.n("… and {count} more.", "… and {count} more.", len(lines) - MOST)
    return text


def _kept(reading: Reading) -> Iterator[tuple[Streak, Node]]:
    """The active leaves of a tree with their streaks."""
    for leaf in reading.tree.leaves():
        standing = reading.standing(leaf)
        if standing.streak is not None and standing.status is not Status.INACTIVE:
            yield standing.streak, _named(reading, leaf)


def _table(lines: Sequence[tuple[Streak, Node]], w: Words) -> str:
    currents = [streak_words(streak.current, leaf.level, w) for streak, leaf in lines]
    title = min(_TITLE, max(width(" ".join(leaf.title.split())) for _, leaf in lines))
    now = max(map(width, currents))
    return "\n".join(
        f"{'🔥' if streak.current else '  '} {padded(cut(leaf.title, title), title)}  {padded(current, now)}  "
        + w.t("best {count}", count=w.number(streak.best))
        for (streak, leaf), current in zip(lines, currents, strict=True)
    )


def _named(reading: Reading, leaf: Node) -> Node:
    """A leaf with its goal's title, in front of the member's name."""
    if leaf.member_id is None:
        return leaf
    return replace(leaf, title=f"{reading.tree.called(leaf)} · {leaf.title}")
