"""A crowd that is updated change by change equals the crowd as read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.goals.crowd import Crowd, ExtremeUnknown
from core.goals.model import Strategy
from core.goals.progress import ONE, Cell

QUARTER, HALF = Cell(progress=ONE // 4), Cell(progress=ONE // 2)
DONE = Cell(progress=ONE)

cells = st.none() | st.builds(
    lambda progress, counts, extra: Cell(progress=progress, counts=counts, excused=not counts, extra=counts and extra),
    st.sampled_from([0, ONE // 4, ONE // 2, ONE]),
    st.booleans(),
    st.booleans(),
)


def crowd_of(*them: Cell | None) -> Crowd:
    """The crowd of these leaves, as read."""
    crowd = Crowd()
    for cell in them:
        crowd = crowd.with_(cell)
    return crowd


@given(st.lists(cells, max_size=4), st.lists(st.tuples(cells, cells), min_size=1, max_size=3))
def test_a_crowd_that_is_carried_on_is_what_would_be_read(
    others: list[Cell | None], changes: list[tuple[Cell | None, Cell | None]]
) -> None:
    befores, afters = [before for before, _ in changes], [after for _, after in changes]
    carried, read = crowd_of(*others, *befores), crowd_of(*others, *afters)
    for before, after in changes:
        carried = carried.without(before).with_(after)
    for field in ("cells", "total", "done", "excused", "extra"):
        assert getattr(carried, field) == getattr(read, field)
    for strategy in (Strategy.AVERAGE, Strategy.MIN, Strategy.MAX):
        for rated in (1, max(1, read.cells)):
            try:
                assert carried.combined(strategy, rated) == read.combined(strategy, rated)
            except ExtremeUnknown:
                assert strategy is not Strategy.AVERAGE


@pytest.mark.parametrize(("strategy", "gone"), [(Strategy.MIN, QUARTER), (Strategy.MAX, HALF)])
def test_an_extreme_is_unknown_without_the_leaf_that_had_it(strategy: Strategy, gone: Cell) -> None:
    with pytest.raises(ExtremeUnknown):
        crowd_of(QUARTER, HALF).without(gone).with_(HALF).combined(strategy, 2)


def test_an_extreme_is_known_where_no_leaf_is_left_or_all_are_done() -> None:
    alone = crowd_of(HALF).without(HALF).with_(HALF)
    assert [alone.combined(strategy, 1) for strategy in (Strategy.MIN, Strategy.MAX)] == [ONE // 2] * 2
    all_done = crowd_of(DONE, DONE).without(DONE).with_(DONE)
    assert [all_done.combined(strategy, 2) for strategy in (Strategy.MIN, Strategy.MAX)] == [ONE] * 2
    # A leaf without a cell is the minimum.
    assert crowd_of(HALF, DONE).without(HALF).combined(Strategy.MIN, 2) == 0
