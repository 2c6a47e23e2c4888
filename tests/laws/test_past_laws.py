"""A tree as of an earlier day, read from the cache, agrees with the entries up to that day; so do its streaks."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.digest.dates import dates_of
from core.digest.runs import earlier_runs
from core.digest.source import Source
from core.digest.state import TreeState
from core.goals.engine import realise
from core.goals.model import Level
from core.goals.periods import period_of
from core.goals.progress import blank
from core.goals.streaks import Run, streak_on
from tests.core.digests import source
from tests.core.plain import Grown, goal, grow, series
from tests.laws.plans import FIRST, TODAY, law
from tests.laws.test_digest_laws import histories
from tests.laws.trees import Json, entries_of, trees_of, week_start_of

DAY = timedelta(days=1)
LEVELS = st.sampled_from([Level.WEEKLY, Level.MONTHLY, Level.QUARTERLY, Level.YEARLY])


@law(150)
@given(histories(), LEVELS, st.dates(FIRST, TODAY + timedelta(days=70)), st.integers(0, 12))
def test_a_tree_as_of_a_day_is_what_was_logged_up_to_it(document: Json, level: Level, about: date, later: int) -> None:
    week_start = week_start_of(document)
    period, on = period_of(level, about, week_start), about + timedelta(days=later)
    [tree] = trees_of(document)
    entries = entries_of(document, tree)
    result = source(Grown(tree, entries), level, period, on)
    for cut in sorted({*dates_of(level, period, on, week_start).cuts, on}):
        state, then = TreeState(result, cut), realise(tree, [entry for entry in entries if entry.on <= cut])
        for node in tree.nodes.values():
            own = tree.period_of(node, cut)
            expected = then.cell(node.id, own.start) or blank(tree, node, own)
            assert state.cell(node, own) == expected, (cut, node.key)


@law(300)
@given(
    st.text("xxxxxx-s.", min_size=1, max_size=60),
    st.integers(0, 59),
    st.integers(0, 59),
    st.sampled_from(["daily", "weekly"]),
    st.booleans(),
)
def test_a_streak_as_of_a_day_is_taken_off_the_newest_one(
    marks: str, before: int, back: int, level: str, is_old: bool
) -> None:
    """`is_old`: the goal began long before the first entry, so that there was time for a longer streak."""
    last = date(2026, 3, 1) + (len(marks) - 1) * DAY
    logged = series("g", "2026-03-01", marks)
    tree = grow(goal("g", level, target=1), logged=logged, starts="2020-01-01" if is_old else "2026-03-01")
    leaf, cells = tree.node("g"), tree.cache.cells[tree.node("g").id]
    cut, known = last - before * DAY, tree.tree.period_of(tree.node("g"), last - (before + back) * DAY).start
    entries = tuple(sorted(tree.entries, key=lambda entry: (entry.on, entry.id)))
    stored = {leaf.id: {start: cell for start, cell in cells.items() if start >= known}}
    result = Source(tree.tree, known, entries, stored, tree.cache.runs, tree.tree)
    told = earlier_runs(result, {leaf.id: known}, [TreeState(result, cut)])
    then = realise(tree.tree, [entry for entry in entries if entry.on <= cut]).runs.get(leaf.id, Run())
    if not told.short:
        run = TreeState(Source(tree.tree, known, entries, stored, tree.cache.runs, tree.tree, earlier=told.runs), cut)
        assert streak_on(tree.tree, leaf, run.run(leaf), cut + DAY) == streak_on(tree.tree, leaf, then, cut + DAY)
