"""Making a digest: each of an owner's trees is read as of a few days, and everything follows from these."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.digest.branches import best_and_weakest
from core.digest.closing import CLOSED, close
from core.digest.company import GroupFacts, company
from core.digest.dates import dates_of
from core.digest.days_off import DigestPause
from core.digest.leaves import leaf_streaks, live_leaves, strips, tally
from core.digest.lines import just_reached, level_lines, roll_ups, visions
from core.digest.model import Digest
from core.digest.needs import needs
from core.digest.source import Source
from core.digest.state import DigestView, TreeState
from core.goals.days import is_within
from core.goals.model import Level
from core.goals.periods import DAY, Period


def digest_of(
    sources: Sequence[Source],
    level: Level,
    period: Period,
    on: date,
    week_start: int = 0,
    group: GroupFacts = GroupFacts(),
) -> Digest:
    """The digest of a period, read on a date that is not before it; `group` is for a group. It holds nothing dated
    after `on` or after the period's end, with two exceptions: a month or quarter includes all of a week that belongs to
    it, and `needs`, which are about now, are as of `on`."""
    dates = dates_of(level, period, on, week_start)
    views, today = [], []
    before: dict[Level, list[DigestView]] = {own: [] for own in dates.back}
    for source in sources:
        as_of = {cut: TreeState(source, cut) for cut in dates.cuts}
        state, settled, earlier = as_of[dates.seen], as_of[dates.settled], as_of[dates.previous.end]
        views.append(DigestView(level, period, dates.seen, dates.at, state, settled, earlier))
        for own, (then, settled_then) in dates.back.items():
            # The gain of an earlier period is not shown, so its start needs no state.
            state = as_of[then.seen]
            before[own].append(
                DigestView(own, then.period, then.seen, then.seen + DAY, state, as_of[settled_then], state)
            )
        today.append(TreeState(source.as_it_is, on))
    best, weakest = best_and_weakest(views)
    return Digest(
        level,
        period,
        dates.previous,
        on,
        level_lines(views, before, {own: then for own, (then, _) in dates.back.items()}),
        roll_ups(views),
        just_reached(views),
        best,
        weakest,
        leaf_streaks(views),
        needs(today, level),
        strips(views),
        close(views) if level in CLOSED else None,
        *_no_goals(today, period) if not any(True for view in views for _ in live_leaves(view)) else (None, None),
        company=company(views, group),
        pauses=_days_off(views),
        tally=tally(views, before[level]),
        visions=visions(views),
    )


def _days_off(views: Sequence[DigestView]) -> tuple[DigestPause, ...]:
    """The pauses that overlap the period. A pause of everything, which each tree has, is listed once; a pause within
    another is not listed."""
    pauses = dict[int, DigestPause]()
    for view in views:
        for pause in view.tree.pauses:
            if any(is_within(pause, other) for other in view.tree.pauses):
                continue
            node = None if pause.node_id is None else view.tree.nodes.get(pause.node_id)
            days = Period(pause.first, pause.last)
            if (pause.node_id is None or node is not None) and days.meets(view.window):
                pauses[pause.id] = DigestPause(node, days)
    return tuple(pauses.values())


def _no_goals(states: Sequence[TreeState], period: Period) -> tuple[date | None, date | None]:
    """(the last day of goals that ended before a period, the first day of goals that begin after it)."""
    active = [state.tree.active(leaf) for state in states for leaf in state.tree.loggable()]
    return (
        max((span.end for span in active if span.end < period.start), default=None),
        min((span.start for span in active if span.start > period.start), default=None),
    )
