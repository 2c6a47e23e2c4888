"""A group's round, its streak and its board: who is done, open, away, and since when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from core.actions.absences import go_away
from core.actions.day.board import read_board
from core.actions.day.circle import read_circle
from core.actions.logged import How
from core.goals.progress import ONE
from core.group.permissions import Actor
from core.group.round import MemberState, Round
from core.ports.store import Store
from tests.core.actions.circle import ANN, BEN, CLEO, MONDAY, OUTLINE, Circle

DAY = timedelta(days=1)


async def round_in(circle: Circle) -> Round:
    return (await read_circle(circle.store, Actor.host(circle.chat), circle.today)).round


def names(result: Round, state: MemberState) -> list[str]:
    return [member.name for member in result.of(state)]


async def test_a_round_says_of_everything_who_is_done_open_and_away(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN, CLEO)
    await circle.log(ANN, "Read", 25)
    await circle.log(ANN, "Run", 3)
    await circle.log(BEN, "Read", 5)
    await circle.log(BEN, "Run", 2)
    await go_away(store, circle.by(CLEO), MONDAY + DAY, circle.now)
    result = await round_in(circle)
    read, run, tidy = result.asks
    assert [ask.node.title for ask in result.asks] == ["Read", "Run", "Tidy up"]
    assert [(part.member.name, part.state, part.amount) for part in read.parts] == [
        ("Ann", MemberState.DONE, Decimal(25)),
        ("Ben", MemberState.OPEN, Decimal(5)),
        ("Cleo", MemberState.AWAY, Decimal(0)),
    ]
    assert [(part.member.name, part.amount) for part in run.parts] == [("Ann", Decimal(3)), ("Ben", Decimal(2))]
    assert (read.is_open, run.is_open, tidy.is_open, tidy.is_check) == (True, False, True, True)
    assert (read.is_shared, run.is_shared) == (False, True)
    assert [names(result, state) for state in MemberState] == [["Ann"], ["Ben"], [], ["Cleo"], []]


async def test_someone_who_skips_their_own_is_neither_done_nor_open(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    await circle.log(ANN, "Read", how=How.SKIP)
    result = await round_in(circle)
    assert (names(result, MemberState.SKIPPED), names(result, MemberState.OPEN)) == (["Ann"], ["Ben"])


async def test_the_streak_counts_days_with_everyone_in(store: Store) -> None:
    circle = await Circle(store).open("V (from 2026-11-02)\n  D: Gym each [mon tue wed fri]\n", ANN, BEN)
    # Monday: both. Tuesday: Ben is away from now on. Wednesday: Ann. Thursday is free. Friday: nobody yet.
    for user in (ANN, BEN):
        await circle.log(user, "Gym")
    assert (await round_in(circle)).streak == 1
    circle.today += DAY
    await go_away(store, circle.by(BEN), MONDAY + 3 * DAY, circle.now)
    assert (await round_in(circle)).streak == 1  # today is open, and breaks nothing
    await circle.log(ANN, "Gym")
    circle.today += DAY
    await circle.log(ANN, "Gym")
    assert (await round_in(circle)).streak == 3
    circle.today += DAY
    result = await round_in(circle)
    assert (result.streak, result.asks) == (3, ())
    circle.today += DAY
    await circle.log(ANN, "Gym")
    assert (await round_in(circle)).streak == 3  # Ben is back, and open
    circle.today += DAY
    assert (await round_in(circle)).streak == 0


async def test_someone_who_left_or_came_later_is_not_missed(store: Store) -> None:
    circle = await Circle(store).open("V (from 2026-11-02)\n  D: Gym each sum\n", ANN, BEN)
    for user in (ANN, BEN):
        await circle.log(user, "Gym")
    circle.today += DAY
    await circle.leave(BEN)
    await circle.log(ANN, "Gym")
    circle.today += DAY
    await circle.join(CLEO)
    for user in (ANN, CLEO):
        await circle.log(user, "Gym")
    result = await round_in(circle)
    assert (result.streak, names(result, MemberState.DONE)) == (3, ["Ann", "Cleo"])


async def test_the_board_ranks_by_the_week_or_does_not(store: Store) -> None:
    circle = await Circle(store).open("V (from 2026-11-02)\n  D: Gym each\n  W: Swim = 2 km each\n", ANN, BEN, CLEO)
    await circle.log(BEN, "Gym")
    await circle.log(BEN, "Swim", 1)
    circle.today += DAY
    await circle.log(BEN, "Gym")
    await circle.log(ANN, "Gym")
    await go_away(store, circle.by(CLEO), None, circle.now)
    board = await read_board(store, Actor.host(circle.chat), circle.today)
    rows = board.rows
    assert [(row.member.name, row.done, row.asked, row.week, row.streak, row.away) for row in rows] == [
        ("Ben", 1, 2, (2 * ONE + ONE // 2) // 3, 2, False),
        ("Ann", 1, 2, ONE // 3, 1, False),
        ("Cleo", 0, 0, 0, 0, True),
    ]
    unranked = replace(board.circle.owner, board_ordered=False)
    await store.write(lambda tx: tx.owners.save(unranked))
    rows = (await read_board(store, Actor.host(circle.chat), circle.today)).rows
    assert [row.member.name for row in rows] == ["Ann", "Ben", "Cleo"]
