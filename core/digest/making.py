"""A digest from an owner's trees: each is looked at as of a few days, and everything is read off these."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.digest.branches import best_and_weakest
from core.digest.closing import CLOSED, close
from core.digest.company import Together, company
from core.digest.days_off import DaysOff
from core.digest.leaves import leaf_streaks, live_leaves, strips, tally
from core.digest.lines import just_reached, level_lines, levels_of, roll_ups, visions
from core.digest.model import Digest
from core.digest.needs import needs
from core.digest.state import DigestView, Source, TreeState
from core.digest.when import earlier, previous_of, settled_on
from core.goals.days import is_within
from core.goals.model import Level
from core.goals.periods import DAY, Period


def digest_of(
    sources: Sequence[Source],
    level: Level,
    period: Period,
    on: date,
    week_start: int = 0,
    together: Together = Together(),
) -> Digest:
    """The digest of a period, read on a date that is not before it; `together` is of a group.

    Nothing dated after `on` is in it, nor after the period's end, with two exceptions: a month or a quarter holds the
    whole of a week that belongs to it, and `needs`, which are about now, are as of `on`.
    """
    previous = previous_of(level, period, week_start)
    seen, at = min(on, period.end), min(on, period.end + DAY)
    settled = min(on, settled_on(period, week_start))
    back = {own: earlier(own, seen, week_start) for own in levels_of(level) if own.rank >= level.rank}
    settled_then = {own: then.seen for own, then in back.items()}
    if back[level].is_whole:
        settled_then[level] = min(on, settled_on(previous, week_start))
    cuts = {previous.end, seen, settled, *settled_then.values(), *(then.seen for then in back.values())}
    views, today = [], []
    before: dict[Level, list[DigestView]] = {own: [] for own in back}
    for source in sources:
        as_of = {cut: source.as_of(cut) for cut in cuts}
        views.append(DigestView(level, period, seen, at, as_of[seen], as_of[settled], as_of[previous.end]))
        for own, then in back.items():
            # What an earlier period itself had gained is not looked at: its own start needs no state.
            state = as_of[then.seen]
            before[own].append(
                DigestView(own, then.period, then.seen, then.seen + DAY, state, as_of[settled_then[own]], state)
            )
        today.append(source.today(on))
    best, weakest = best_and_weakest(views)
    return Digest(
        level,
        period,
        previous,
        on,
        level_lines(views, before, back),
        roll_ups(views),
        just_reached(views),
        best,
        weakest,
        leaf_streaks(views),
        needs(today, level),
        strips(views),
        close(views) if level in CLOSED else None,
        *_no_goals(today, period) if not any(True for view in views for _ in live_leaves(view)) else (None, None),
        company=company(views, together),
        pauses=_days_off(views),
        tally=tally(views, before[level]),
        visions=visions(views),
    )


def _days_off(views: Sequence[DigestView]) -> tuple[DaysOff, ...]:
    """The pauses that hold days of the period; one of everything is told once, though each tree knows of it, and one
    within another is not told."""
    found = dict[int, DaysOff]()
    for view in views:
        for pause in view.tree.pauses:
            if any(is_within(pause, other) for other in view.tree.pauses):
                continue
            node = None if pause.node_id is None else view.tree.nodes.get(pause.node_id)
            days = Period(pause.first, pause.last)
            if (pause.node_id is None or node is not None) and days.meets(view.window):
                found[pause.id] = DaysOff(node, days)
    return tuple(found.values())


def _no_goals(states: Sequence[TreeState], period: Period) -> tuple[date | None, date | None]:
    """(the last day of the goals before a period, the first day of those behind it)."""
    active = [state.tree.active(leaf) for state in states for leaf in state.tree.loggable()]
    return (
        max((found.end for found in active if found.end < period.start), default=None),
        min((found.start for found in active if found.start > period.start), default=None),
    )
