"""The buttons under a tree: to a place, and to the goals shown there."""

from __future__ import annotations

from datetime import date

from bot.telegram.callback import Callback


class TreePlace(Callback, prefix="tree"):
    """The view of a tree's message: the branch below `root` (0: all trees), unfolded down to `open` (0: none) and
    `depth` levels below it (0: as many as fit), on a `page` (None: that of `open`)."""

    root: int = 0
    open: int = 0
    depth: int = 0
    page: int | None = 0
    on: date | None = None


class ListGoals(Callback, prefix="tree:list"):
    """The goals on a page of a tree as buttons, to open their cards."""

    root: int = 0
    open: int = 0
    depth: int = 0
    page: int = 0
