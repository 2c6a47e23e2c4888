"""Closing a quarter through a real store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from core.actions.cache import verify
from core.actions.closing import Closed, carry_over, let_go
from core.actions.digest import read_digest
from core.actions.log import log
from core.actions.logged import Log
from core.actions.owners import welcome
from core.actions.plant import plant
from core.actions.read import read_trees
from core.asking.amounts import is_open
from core.digest.model import Digest
from core.errors import DateRefused, InvalidPlan, NotFound
from core.goals.model import Level, Node, OwnerType, Status
from core.goals.periods import Period, period_of
from core.goals.progress import ONE, Cell
from core.goals.terms import Terms
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from core.ports.store import Store

CHAT = 7
FIRST = date(2027, 1, 1)  # the first quarter of 2027 ends on a Wednesday: the week across its end is April's
QUARTER = period_of(Level.QUARTERLY, FIRST)
NEXT = Period(date(2027, 4, 1), date(2027, 6, 30))
EVENING = datetime(2027, 3, 31, 19, tzinfo=UTC)
LATER = datetime(2027, 4, 20, 12, tzinfo=UTC)
PLAN = """\
Write (from 2026-12-01)
  Q!: The book = 300 pages sum (from 2027-01-01 until 2027-03-31)
    W: Chapters = 25 pages sum (until 2027-03-31)
      D: Pages = 5 pages (until 2027-03-31)
    M!: Read along = 2 pages (from 2027-02-01 until 2027-02-28)
  Q: Stay curious
    D: Read
"""


@pytest.fixture
async def nodes(store: Store) -> dict[str, Node]:
    await welcome(store, Actor.host(CHAT), OwnerType.PRIVATE, "Anna", "en", EVENING)
    await plant(store, Actor.host(CHAT), parse_outline(PLAN, FIRST), FIRST, datetime(2027, 1, 1, 8, tzinfo=UTC))
    result = await by_title(store)
    for on, pages in [(date(2027, 1, 10), 40), (date(2027, 3, 30), 5), (date(2027, 3, 31), 20)]:
        await log(store, Actor.alone(CHAT), Log(result["Pages"].id, on, value=Decimal(pages)), EVENING)
    await log(store, Actor.alone(CHAT), Log(result["Read"].id, date(2027, 3, 31)), EVENING)
    return result


async def by_title(store: Store, on: date = QUARTER.end) -> dict[str, Node]:
    readings = await read_trees(store, Actor.host(CHAT), on)
    return {node.title: node for reading in readings for node in reading.tree.nodes.values()}


async def past_cells(store: Store) -> dict[str, dict[date, Cell]]:
    """Every cell of a period that ended with the quarter or before, by title."""
    [reading] = await read_trees(store, Actor.host(CHAT), QUARTER.end)
    cells = await store.read(lambda tx: tx.cache.cells_of(reading.tree.nodes))
    return {
        node.title: {
            start: cell
            for start, cell in cells.get(node.id, {}).items()
            if reading.tree.period_of(node, start).end <= QUARTER.end
        }
        for node in reading.tree.nodes.values()
    }


async def closing_of(store: Store, on: date) -> Digest:
    return await read_digest(store, Actor.host(CHAT), Level.QUARTERLY, QUARTER, on)


@pytest.mark.parametrize("now", [EVENING, LATER])
async def test_a_target_carried_over_leaves_the_past_as_it_was_and_begins_at_nothing(
    store: Store, nodes: dict[str, Node], now: datetime
) -> None:
    before, told = await past_cells(store), (await closing_of(store, QUARTER.end)).closing
    closed = await carry_over(store, Actor.host(CHAT), nodes["The book"].id, FIRST, now)
    assert (closed.until, closed.changed, closed.period) == (NEXT.end, True, QUARTER)
    assert await past_cells(store) == before
    after = (await closing_of(store, QUARTER.end)).closing
    assert told is not None
    assert after is not None
    assert [(line.node.title, line.value, line.progress) for line in (*after.achieved, *after.missed)] == [
        (line.node.title, line.value, line.progress) for line in (*told.achieved, *told.missed)
    ]
    reading = (await read_trees(store, Actor.host(CHAT), date(2027, 4, 20)))[0]
    book = reading.standing(reading.tree.nodes[nodes["The book"].id])
    assert (book.value, book.target, book.status) == (Decimal(0), Decimal(300), Status.BEHIND)
    assert (await verify(store, Actor.host()))[1] == []


async def test_goals_that_ended_with_the_target_go_on_with_it_and_earlier_ended_ones_do_not(
    store: Store, nodes: dict[str, Node]
) -> None:
    await carry_over(store, Actor.host(CHAT), nodes["The book"].id, FIRST, EVENING)
    ends = {title: node.ends_on for title, node in (await by_title(store)).items()}
    assert (ends["The book"], ends["Chapters"], ends["Pages"]) == (NEXT.end, NEXT.end, NEXT.end)
    assert (ends["Read along"], ends["Read"], ends["Write"]) == (date(2027, 2, 28), None, None)


async def test_entries_in_the_next_quarter_count_there(store: Store, nodes: dict[str, Node]) -> None:
    pages = nodes["Pages"].id
    with pytest.raises(DateRefused):
        await log(store, Actor.alone(CHAT), Log(pages, date(2027, 4, 5), value=Decimal(12)), LATER)
    await carry_over(store, Actor.host(CHAT), nodes["The book"].id, FIRST, LATER)
    await log(store, Actor.alone(CHAT), Log(pages, date(2027, 4, 5), value=Decimal(12)), LATER)
    reading = (await read_trees(store, Actor.host(CHAT), date(2027, 4, 20)))[0]
    assert reading.standing(reading.tree.nodes[nodes["The book"].id]).value == 12
    assert (await verify(store, Actor.host()))[1] == []


@pytest.mark.parametrize("now", [EVENING, LATER])
async def test_a_changed_target_counts_from_the_next_quarter_on(
    store: Store, nodes: dict[str, Node], now: datetime
) -> None:
    before = await past_cells(store)
    closed = await carry_over(store, Actor.host(CHAT), nodes["The book"].id, FIRST, now, Decimal(200))
    assert (closed.node.target_for(QUARTER.end), closed.node.target_for(NEXT.end)) == (Decimal(300), Decimal(200))
    assert await past_cells(store) == before
    again = await carry_over(store, Actor.host(CHAT), nodes["The book"].id, FIRST, now, Decimal(250))
    assert (again.node.target_for(QUARTER.end), again.node.target_for(NEXT.end)) == (Decimal(300), Decimal(250))
    assert (await verify(store, Actor.host()))[1] == []


async def test_a_goal_that_recurs_takes_another_target_and_keeps_its_end(store: Store, nodes: dict[str, Node]) -> None:
    before = await past_cells(store)
    closed = await carry_over(store, Actor.host(CHAT), nodes["Stay curious"].id, FIRST, EVENING, Decimal(3))
    assert (closed.until, closed.node.terms) == (None, (Terms(), Terms(NEXT.start, Decimal(3))))
    assert await past_cells(store) == before


Act = Callable[[Store, Actor, int, date, datetime], Awaitable[Closed]]


@pytest.mark.parametrize("act", [carry_over, let_go])
@pytest.mark.parametrize("title", ["The book", "Stay curious"])
async def test_a_second_tap_changes_nothing(store: Store, nodes: dict[str, Node], act: Act, title: str) -> None:
    first = await act(store, Actor.host(CHAT), nodes[title].id, FIRST, EVENING)
    after = await by_title(store)
    second = await act(store, Actor.host(CHAT), nodes[title].id, FIRST, LATER)
    assert (second.changed, second.until) == (False, first.until)
    assert await by_title(store) == after


async def test_the_same_new_target_twice_changes_nothing(store: Store, nodes: dict[str, Node]) -> None:
    for changed in (True, False):
        done = await carry_over(store, Actor.host(CHAT), nodes["The book"].id, FIRST, EVENING, Decimal(200))
        assert done.changed is changed


@pytest.mark.parametrize("now", [EVENING, LATER])
async def test_a_goal_that_is_let_go_ends_with_the_quarter(store: Store, nodes: dict[str, Node], now: datetime) -> None:
    before = await past_cells(store)
    closed = await let_go(store, Actor.host(CHAT), nodes["Stay curious"].id, FIRST, now)
    assert (closed.until, closed.changed) == (QUARTER.end, True)
    assert (await by_title(store))["Read"].ends_on == QUARTER.end
    assert await past_cells(store) == before
    assert (await verify(store, Actor.host()))[1] == []


async def test_a_one_off_that_is_let_go_stays_ended(store: Store, nodes: dict[str, Node]) -> None:
    assert not (await let_go(store, Actor.host(CHAT), nodes["The book"].id, FIRST, EVENING)).changed


async def test_a_carried_over_goal_can_still_be_let_go(store: Store, nodes: dict[str, Node]) -> None:
    before = await by_title(store)
    await carry_over(store, Actor.host(CHAT), nodes["The book"].id, FIRST, EVENING)
    await let_go(store, Actor.host(CHAT), nodes["The book"].id, FIRST, EVENING)
    after = await by_title(store)
    assert {title: replace(node, let_go=False) for title, node in after.items()} == before
    assert {title for title, node in after.items() if node.let_go} == {"The book", "Chapters", "Pages"}
    await carry_over(store, Actor.host(CHAT), nodes["The book"].id, FIRST, EVENING)
    assert not any(node.let_go for node in (await by_title(store)).values())


async def test_a_goal_let_go_is_not_asked_about_that_evening_though_the_day_still_counts(
    store: Store, nodes: dict[str, Node]
) -> None:
    async def open_leaves() -> set[str]:
        [reading] = await read_trees(store, Actor.host(CHAT), QUARTER.end)
        leaves = [standing for standing in reading.leaves_today() if standing.node.level is Level.DAILY]
        assert {"Pages", "Read", "Walk"} == {standing.node.title for standing in leaves}
        return {standing.node.title for standing in leaves if is_open(standing, skipped=False, day=())}

    await plant(
        store, Actor.host(CHAT), parse_outline("Write\n  Q: Stay curious\n    D: Walk\n", FIRST), FIRST, EVENING
    )
    before = await past_cells(store)
    assert await open_leaves() == {"Walk"}
    await let_go(store, Actor.host(CHAT), nodes["Stay curious"].id, FIRST, EVENING)
    assert await open_leaves() == set()
    assert await past_cells(store) == before


async def test_a_goal_let_go_below_one_carried_over_is_not_taken_up_by_a_second_tap(
    store: Store, nodes: dict[str, Node]
) -> None:
    shelf = "Write\n  Q!: Shelf (from 2027-01-01 until 2027-03-31)\n    P: Sort (until 2027-03-31)\n      D: A box\n"
    await plant(store, Actor.host(CHAT), parse_outline(shelf, FIRST), FIRST, EVENING)
    new = await by_title(store)
    await carry_over(store, Actor.host(CHAT), new["Shelf"].id, FIRST, EVENING)
    await let_go(store, Actor.host(CHAT), new["Sort"].id, FIRST, EVENING)
    assert not (await carry_over(store, Actor.host(CHAT), new["Shelf"].id, FIRST, EVENING)).changed
    assert (await by_title(store))["Sort"].ends_on == QUARTER.end


SHELF = """Write
  Q: Shelf (until 2027-08-15)
    M: Sort
      D: A box
    M!: Paint (until 2027-05-31)
    P: Build (until 2027-03-31)
    Q: Dust (until 2027-06-30)
"""


@pytest.mark.parametrize("title", ["Shelf", "Stay curious", "The book"])
async def test_minds_may_change_again_and_again_in_any_order(store: Store, nodes: dict[str, Node], title: str) -> None:
    """Also with buttons from long ago, and with each tap delivered twice."""
    await plant(store, Actor.host(CHAT), parse_outline(SHELF, FIRST), FIRST, EVENING)
    goal = (await by_title(store))[title].id
    await carry_over(store, Actor.host(CHAT), goal, FIRST, EVENING)
    on = await by_title(store)
    off: dict[str, Node] = {}
    for act in (let_go, let_go, carry_over, let_go, carry_over, carry_over, let_go):
        for now in (EVENING, LATER):
            await act(store, Actor.host(CHAT), goal, FIRST, now)
        seen = await by_title(store)
        if act is carry_over:
            assert seen == on
        else:
            assert seen == (off := off or seen) != on
            assert all(node.ends_on == QUARTER.end for node in seen.values() if node.id == goal)
    assert (await verify(store, Actor.host()))[1] == []


async def test_a_goal_let_go_by_itself_stays_so_when_the_goal_above_is_reopened(
    store: Store, nodes: dict[str, Node]
) -> None:
    await plant(store, Actor.host(CHAT), parse_outline(SHELF, FIRST), FIRST, EVENING)
    before = await by_title(store)
    shelf, dust = before["Shelf"].id, before["Dust"].id
    await let_go(store, Actor.host(CHAT), shelf, FIRST, EVENING)
    await let_go(store, Actor.host(CHAT), dust, FIRST, EVENING)
    assert (await carry_over(store, Actor.host(CHAT), shelf, FIRST, EVENING)).until == date(2027, 8, 15)
    assert (await by_title(store))["Dust"].ends_on == QUARTER.end
    assert (await carry_over(store, Actor.host(CHAT), dust, FIRST, EVENING)).until == date(2027, 6, 30)
    assert await by_title(store) == before


async def test_an_end_that_was_given_meanwhile_is_kept(store: Store, nodes: dict[str, Node]) -> None:
    curious = nodes["Stay curious"].id
    await let_go(store, Actor.host(CHAT), curious, FIRST, EVENING)
    again = "Write\n  Q: Stay curious (until 2027-05-09)\n"
    await plant(store, Actor.host(CHAT), parse_outline(again, FIRST), FIRST, EVENING)
    done = await carry_over(store, Actor.host(CHAT), curious, FIRST, LATER)
    assert (done.until, done.changed) == (date(2027, 5, 9), True)
    assert (await by_title(store))["Read"].ends_on is None


@pytest.mark.parametrize("act", [carry_over, let_go])
async def test_another_chats_goal_is_not_there(store: Store, nodes: dict[str, Node], act: Act) -> None:
    await welcome(store, Actor.host(8), OwnerType.PRIVATE, "Ben", "en", EVENING)
    for chat_id, node_id in [(8, nodes["The book"].id), (CHAT, 10**9)]:
        with pytest.raises(NotFound):
            await act(store, Actor.host(chat_id), node_id, FIRST, EVENING)


@pytest.mark.parametrize(
    ("title", "quarter", "now", "code"),
    [
        ("Pages", FIRST, EVENING, "never_closed"),
        ("The book", FIRST, datetime(2027, 3, 30, 23, tzinfo=UTC), "period_open"),
        ("The book", FIRST, datetime(2027, 7, 1, 0, tzinfo=UTC), "period_past"),
        ("The book", date(2026, 10, 1), datetime(2026, 12, 31, 19, tzinfo=UTC), "not_in_period"),
        ("The book", date(9999, 1, 1), EVENING, "date_out_of_range"),
    ],
)
@pytest.mark.parametrize("act", [carry_over, let_go])
async def test_a_goal_that_cannot_be_closed_is_refused_by_name(
    store: Store, nodes: dict[str, Node], act: Act, title: str, quarter: date, now: datetime, code: str
) -> None:
    before = await by_title(store)
    with pytest.raises(InvalidPlan) as refused:
        await act(store, Actor.host(CHAT), nodes[title].id, quarter, now)
    assert [fault.code for fault in refused.value.faults] == [code]
    assert await by_title(store) == before


async def test_a_target_that_breaks_the_rules_changes_nothing(store: Store, nodes: dict[str, Node]) -> None:
    before = await by_title(store)
    with pytest.raises(InvalidPlan) as refused:
        await carry_over(store, Actor.host(CHAT), nodes["The book"].id, FIRST, EVENING, Decimal(0))
    assert {fault.code for fault in refused.value.faults} == {"target_not_positive"}
    assert await by_title(store) == before


@pytest.mark.parametrize(
    ("dates", "code"), [("(from 2027-01-01 until 2027-02-28)", "ended_before"), ("(from 2027-01-01)", None)]
)
async def test_a_goal_that_ended_early_is_not_carried_over(store: Store, dates: str, code: str | None) -> None:
    await welcome(store, Actor.host(CHAT), OwnerType.PRIVATE, "Anna", "en", EVENING)
    await plant(store, Actor.host(CHAT), parse_outline(f"Move\n  P: Early {dates}\n", FIRST), FIRST, EVENING)
    early = (await by_title(store))["Early"].id
    if code is None:
        assert not (await carry_over(store, Actor.host(CHAT), early, FIRST, EVENING)).changed
        return
    with pytest.raises(InvalidPlan) as refused:
        await carry_over(store, Actor.host(CHAT), early, FIRST, EVENING)
    assert [fault.code for fault in refused.value.faults] == [code]


@pytest.mark.parametrize(
    ("ends", "until"), [("2027-03-31", None), ("2027-05-15", date(2027, 5, 15)), ("2027-12-31", NEXT.end)]
)
async def test_a_target_goes_on_no_longer_than_its_vision(store: Store, ends: str, until: date | None) -> None:
    await welcome(store, Actor.host(CHAT), OwnerType.PRIVATE, "Anna", "en", EVENING)
    outline = f"Move (until {ends})\n  P: Race (from 2027-01-01 until 2027-03-31)\n"
    await plant(store, Actor.host(CHAT), parse_outline(outline, FIRST), FIRST, EVENING)
    race = (await by_title(store))["Race"].id
    if until is None:
        with pytest.raises(InvalidPlan, match="vision_ended ended=2027-03-31"):
            await carry_over(store, Actor.host(CHAT), race, FIRST, EVENING)
    else:
        assert (await carry_over(store, Actor.host(CHAT), race, FIRST, EVENING)).until == until
        assert (await verify(store, Actor.host()))[1] == []


async def test_a_week_that_belongs_to_the_old_quarter_goes_on_with_a_target_carried_over(store: Store) -> None:
    # Monday, 28 December to Sunday, 3 January: its Thursday is in the old year, so the old quarter holds all of it.
    await welcome(store, Actor.host(CHAT), OwnerType.PRIVATE, "Anna", "en", EVENING)
    outline = "Move (from 2026-12-28)\n  Q!: Daily (until 2026-12-31)\n    W: A week (until 2026-12-31)\n"
    outline += "      D: Walk (until 2026-12-31)\n"
    started, evening = date(2026, 12, 28), datetime(2026, 12, 31, 19, tzinfo=UTC)
    await plant(store, Actor.host(CHAT), parse_outline(outline, started), started, evening)
    nodes = await by_title(store)
    for day in range(28, 32):
        await log(store, Actor.alone(CHAT), Log(nodes["Walk"].id, date(2026, 12, day)), evening)

    async def percent(on: date) -> int:
        [reading] = await read_trees(store, Actor.host(CHAT), on)
        return reading.standing(reading.tree.nodes[nodes["Daily"].id]).percent

    assert await percent(date(2026, 12, 31)) == 100
    await carry_over(store, Actor.host(CHAT), nodes["Daily"].id, date(2026, 10, 1), evening)
    assert await percent(date(2026, 12, 31)) == 57  # four of its seven days, as for a goal that recurs
    for day in range(1, 4):
        await log(
            store, Actor.alone(CHAT), Log(nodes["Walk"].id, date(2027, 1, day)), datetime(2027, 1, 3, 19, tzinfo=UTC)
        )
    cells = await store.read(lambda tx: tx.cache.leaf_cells(nodes["Daily"].id))
    assert cells[date(2026, 10, 1)].progress == ONE
    assert (await verify(store, Actor.host()))[1] == []
