"""A group's digest: a goal that each member does is one goal, those who did everything are named, and nobody's misses
are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.features.digest.picture import picture
from bot.features.digest.view import ShownBeside
from bot.features.digest.view import digest as shown
from core.actions.absences import go_away
from core.actions.digest import read_digest
from core.actions.forget import forget
from core.digest.model import Digest
from core.goals.model import Level
from core.goals.periods import period_of
from core.group.permissions import Actor
from core.ports.store import Store
from language.i18n import words
from tests.core.actions.circle import ANN, BEN, CLEO, MONDAY, Circle

EN = words("en")
OUTLINE = """\
Read more (from 2026-11-02)
  W: A good week
    D: Read = 20 pages each
    D: Run = 5 km
  W: Swim = 3 km each min
"""


async def week_of(store: Store) -> Circle:
    """Monday to Thursday: Ann reads every day, Ben on two days, Cleo on none; everyone runs; Ann and Ben swim."""
    circle = await Circle(store).open(OUTLINE, ANN, BEN, CLEO)
    for day in range(4):
        circle.today = MONDAY + timedelta(days=day)
        await circle.log(ANN, "Read", 20)
        if day < 2:
            await circle.log(BEN, "Read", 20)
        await circle.log(CLEO, "Run", 2)
        await circle.log(ANN, "Run", 3)
    await circle.log(ANN, "Swim", 3)
    await circle.log(BEN, "Swim", 1)
    return circle


async def weekly(circle: Circle, on: date | None = None) -> Digest:
    return await read_digest(
        circle.store, Actor.host(circle.chat), Level.WEEKLY, period_of(Level.WEEKLY, circle.today), on or circle.today
    )


def marks(result: Digest) -> dict[str, str]:
    return {
        strip.leaf.title: "".join(f"{day.mark.value[0]}{day.progress * 10 // 10**12}" for day in strip.days)
        for strip in result.strips
    }


async def test_a_goal_that_each_member_does_is_one_goal(store: Store) -> None:
    circle = await week_of(store)
    report = await weekly(circle)
    assert marks(report) == {"Read": "p6p6p3p3o0o0o0", "Run": "d10d10d10d10o0o0o0", "Swim": "o0o0o0p6o0o0o0"}
    assert {line.level: line.nodes for line in report.lines} == {Level.DAILY: 2, Level.WEEKLY: 2}
    assert [streak.leaf.title for streak in report.streaks] == ["Run"]
    assert report.company is not None
    assert [(line.node.title, line.done, line.asked) for line in report.company.lines] == [
        ("Read", 6, 10),
        ("Swim", 1, 1),
    ]
    assert report.company.everything == ("Ann",)
    assert report.company.streak == 0


async def test_nobody_who_missed_something_is_named(store: Store) -> None:
    circle = await week_of(store)
    sunday = MONDAY + timedelta(days=6)
    report = await weekly(circle, sunday)
    text, _ = shown(report, EN, ShownBeside("Friends"))
    drawn = picture(report, EN, "Friends")
    assert "Ben" not in text
    assert text.count("Cleo") == text.count(": Ann 12, Cleo 8") == 1  # her contribution, not what she missed
    assert "👥 Read: 6 of 18 done" in text
    assert [strip.label for strip in drawn.days.strips] == ["Read", "Run", "Swim"]
    assert "Did everything" not in text  # Ann did not on Friday and Saturday
    text, _ = shown(await weekly(circle), EN, ShownBeside("Friends"))
    assert "🙌 Did everything: Ann" in text
    channel, _ = shown(await weekly(circle), EN, ShownBeside("Friends", talks=False))
    assert "Ann" not in channel
    assert "👥 Read: 6 of 10 done" in channel


async def test_the_streak_and_those_who_are_away_or_gone(store: Store) -> None:
    circle = await Circle(store).open(OUTLINE, ANN, BEN, CLEO)
    await go_away(store, circle.by(CLEO), MONDAY + timedelta(days=6), circle.now)
    for day in range(3):
        circle.today = MONDAY + timedelta(days=day)
        await circle.log(ANN, "Read", 20)
        await circle.log(BEN, "Read", 20)
    report = await weekly(circle)
    assert report.company is not None
    assert report.company.streak == 3
    assert report.company.everything == ("Ann", "Ben")
    await circle.leave(BEN)
    assert (await weekly(circle)).company.everything == ("Ann", "Ben")  # type: ignore[union-attr]
    circle.today += timedelta(days=1)
    await circle.log(ANN, "Read", 20)
    after = await weekly(circle)
    assert after.company is not None
    assert after.company.everything == ("Ann",)
    assert after.company.streak == 4
    before = [(line.node.title, line.done, line.asked) for line in after.company.lines]
    await forget(store, Actor.alone(BEN), lambda owner: "Former member", circle.now)
    forgotten = await weekly(circle)
    assert forgotten.company is not None
    assert [(line.node.title, line.done, line.asked) for line in forgotten.company.lines] == before
    assert marks(forgotten) == marks(after)


@pytest.mark.parametrize("level", [Level.MONTHLY, Level.QUARTERLY])
async def test_longer_digests_name_members_for_what_they_brought_alone(store: Store, level: Level) -> None:
    circle = await week_of(store)
    result = await read_digest(
        circle.store, Actor.host(circle.chat), level, period_of(level, circle.today), circle.today
    )
    text, _ = shown(result, EN, ShownBeside("Friends"))
    assert "Ben" not in text
    assert text.count("Cleo") == text.count(": Ann 12, Cleo 8") == 1
    named = [need.node.title for need in result.needs] + [line.node.title for line in result.reached]
    assert not {"Ann", "Ben", "Cleo"} & set(named)


async def test_contributions_are_of_the_period_and_of_present_members_alone(store: Store) -> None:
    circle = await Circle(store).open("V (from 2026-11-02)\n  D: Run = 5 km\n", ANN, BEN, CLEO)
    for user, days_on in ((ANN, -1), (ANN, 0), (BEN, 1), (CLEO, 2)):
        circle.today = MONDAY + timedelta(days=days_on)
        await circle.log(user, "Run", 5 + days_on)
    await circle.leave(CLEO)
    company = (await weekly(circle)).company
    assert company is not None
    assert company.lines == ()
    assert company.everything == ()
    [run] = company.brought
    assert run.total == 18
    assert [(member.name, int(amount)) for member, amount in run.parts] == [("Ben", 6), ("Ann", 5)]
    circle.today = MONDAY + timedelta(days=7)
    assert (await weekly(circle)).company is None
