"""Goals that each member does: a leaf for everyone, with one target."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from core.actions.absences import go_away
from core.actions.edit.ending import end
from core.actions.owners import welcome
from core.actions.plant import plant
from core.errors import InvalidPlan, Refused
from core.goals.model import OwnerType, Status
from core.goals.periods import DAY
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from core.ports.store import Store
from tests.core.actions.circle import ANN, BEN, MONDAY, OUTLINE, Circle


async def test_everyone_gets_a_leaf_of_their_own_and_logs_it_by_its_common_name(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN)
    await circle.join(BEN)
    assert [(leaf.title, leaf.target, leaf.unit, leaf.starts_on) for leaf in await circle.leaves()] == [
        ("Ann", Decimal(20), "pages", MONDAY), ("Ben", Decimal(20), "pages", MONDAY),
    ]  # fmt: skip
    done = await circle.log(ANN, "Read", 20)
    assert (done.leaf.title, done.tree.called(done.leaf)) == ("Ann", "Read")
    assert [step.standing.percent for step in done.steps] == [100, 50, 2, 0]
    await circle.log(BEN, "Read", 5)
    assert await circle.percent("Read") == 62
    await circle.sound()


async def test_before_anyone_has_joined_it_is_no_leaf_and_counts_nowhere(store: Store) -> None:
    circle = await Circle(store).open("V (from 2026-11-23)\n  W: Week\n    D: Gym each\n    D: Tidy up\n")
    gym = await circle.node("Gym")
    assert not (await circle.reading()).tree.is_leaf(gym)
    await circle.join(ANN)
    done = await circle.log(ANN, "Tidy up")
    # From Monday on both count, the seven days of the week each.
    assert done.steps[1].standing.percent == 7
    with pytest.raises(Refused) as refused:
        await circle.log(BEN, "Gym")
    assert refused.value.code == "join_first"
    await circle.sound()


async def test_a_new_target_counts_for_everyone_from_today_on(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    await circle.log(ANN, "Read", 20)
    circle.today += timedelta(days=1)
    await circle.plan("Read more\n  W: A good week\n    D: Read = 40 pages each count")
    assert {leaf.target for leaf in await circle.leaves()} == {40}
    await circle.log(ANN, "Read", 40)
    await circle.log(BEN, "Read", 20)
    assert (await circle.percent("Read"), await circle.percent("Read", MONDAY)) == (50, 50)
    standing = (await circle.reading()).standing(await circle.node("Read"))
    assert (standing.value, standing.target) == (Decimal(1), Decimal(2))
    await circle.sound()


async def test_a_sum_wants_each_present_members_target(store: Store) -> None:
    circle = await Circle(store).open("V (from 2026-11-23)\n  D: Read = 20 pages each sum\n", ANN, BEN)
    done = await circle.log(ANN, "Read", 30)
    read = done.steps[1].standing
    assert (read.value, read.target, read.percent) == (Decimal(30), Decimal(40), 75)
    await go_away(store, circle.by(BEN), MONDAY, circle.now)
    standing = (await circle.reading()).standing(await circle.node("Read"))
    assert (standing.value, standing.target, standing.percent) == (Decimal(30), Decimal(20), 100)
    await circle.sound()


async def test_an_ended_goal_is_reopened_for_all_present_members(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN)
    circle.today += timedelta(days=3)
    read = (await circle.node("Read")).id
    await end(store, Actor.host(circle.chat), read, None, circle.now, source_key=None)
    await circle.leave(BEN)
    circle.today += timedelta(days=7)
    await circle.plan(OUTLINE.replace(" (from 2026-11-02)", ""))
    assert [(leaf.title, leaf.starts_on) for leaf in await circle.leaves() if leaf.ends_on is None] == [
        ("Ann", circle.today)
    ]
    assert len(await circle.leaves()) == 3
    await circle.log(ANN, "Read", 20)
    await circle.sound()


@pytest.mark.parametrize("dates", ["by 2026-12-20", "from 2026-11-16, by 2026-12-20"])
async def test_a_deadline_is_the_same_range_for_all_whenever_they_joined(store: Store, dates: str) -> None:
    circle = await Circle(store).open(f"Write (from 2026-11-02)\n  T: Book = 100 pages each ({dates})", ANN)
    assert (await circle.log(ANN, "Book", 80)).steps[1].standing.percent == 80
    circle.today += 7 * DAY
    await circle.join(BEN)
    assert await circle.percent("Book") == 40
    done = await circle.log(BEN, "Book", 50)
    assert [step.standing.percent for step in done.steps[:2]] == [50, 65]
    assert await circle.percent("Book") == 65
    reading = await circle.reading()
    assert [reading.standing(leaf).percent for leaf in await circle.leaves("Book")] == [80, 50]
    circle.today += 7 * DAY
    done = await circle.log(BEN, "Book", 50)
    assert [step.standing.percent for step in done.steps[:2]] == [100, 90]
    await circle.sound()


async def test_every_other_day_is_the_same_day_for_all_whenever_they_joined(store: Store) -> None:
    circle = await Circle(store).open("V (from 2026-11-23)\n  D: Swim each count [every 2 days]\n", ANN)
    circle.today += timedelta(days=1)
    await circle.join(BEN)
    circle.today += timedelta(days=1)
    assert await circle.log(ANN, "Swim")
    assert await circle.percent("Swim") == 50
    await circle.log(BEN, "Swim")
    assert await circle.percent("Swim") == 100
    statuses = [(await circle.reading()).standing(leaf).status for leaf in await circle.leaves("Swim")]
    assert statuses == [Status.DONE, Status.DONE]
    circle.today += timedelta(days=1)
    statuses = [(await circle.reading()).standing(leaf).status for leaf in await circle.leaves("Swim")]
    assert statuses == [Status.OFF, Status.OFF]
    await circle.sound()


@pytest.mark.parametrize("text", ["V\n  D: Gym each", "V\n  D: Gym = 2 each sum"])
async def test_a_private_chat_has_no_each(store: Store, text: str) -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    await welcome(store, Actor.host(5), OwnerType.PRIVATE, "Ann", "en", now)
    with pytest.raises(InvalidPlan) as refused:
        await plant(store, Actor.host(5), parse_outline(text, MONDAY), MONDAY, now)
    [fault] = refused.value.faults
    assert (fault.code, fault.place) == ("each_without_group", "line 2, column 3")


async def test_a_goal_that_each_member_does_has_no_other_goals_below(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN)
    for text in ("Read more\n  W: A good week each", "Read more\n  W: A good week\n    D: Run each\n"):
        if "Run" in text:
            await circle.log(ANN, "Run", 5)
        with pytest.raises(InvalidPlan):
            await circle.plan(text)
    await circle.sound()
