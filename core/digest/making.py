"""A digest from an owner's trees: each is looked at as of a few days, and everything is read off these."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.digest.branches import best_and_weakest
from core.digest.closing import close
from core.digest.leaves import leaf_streaks, strips
from core.digest.lines import level_lines, roll_ups
from core.digest.model import Digest
from core.digest.needs import needs
from core.digest.state import Source, View
from core.digest.when import previous_of, settled_on
from core.model import Level
from core.periods import DAY, Period


def digest_of(sources: Sequence[Source], level: Level, period: Period, on: date, week_start: int = 0) -> Digest:
    """The digest of a period, read on a date that is not before it.

    Nothing dated after `on` is in it, nor after the period's end, with two exceptions: a month or a quarter holds the
    whole of a week that belongs to it, and `needs`, which are about now, are as of `on`.
    """
    previous = previous_of(level, period, week_start)
    seen, at = min(on, period.end), min(on, period.end + DAY)
    settled, settled_before = (min(on, settled_on(item, week_start)) for item in (period, previous))
    views, before, today = [], [], []
    for source in sources:
        as_of = {cut: source.as_of(cut) for cut in {previous.end, settled_before, seen, settled, on}}
        earlier = as_of[previous.end]
        views.append(View(level, period, seen, at, as_of[seen], as_of[settled], earlier))
        # What the previous period itself had gained is not looked at: its own start needs no state.
        before.append(View(level, previous, previous.end, period.start, earlier, as_of[settled_before], earlier))
        today.append(as_of[on])
    best, weakest = best_and_weakest(views)
    return Digest(
        level,
        period,
        previous,
        on,
        level_lines(views, before),
        roll_ups(views),
        best,
        weakest,
        leaf_streaks(views),
        needs(today, level),
        strips(views),
        close(views) if level is Level.QUARTERLY else None,
    )
