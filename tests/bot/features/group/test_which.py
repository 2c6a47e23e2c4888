"""Two members with the same name: buttons tell them apart, and a question applies to whoever taps."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.actions.members import join
from core.group.permissions import Actor
from tests.bot.circle import Circle
from tests.bot.conftest import Stage

ANN_TOO, ANN_LATER = 901, 902


@pytest.fixture
async def circle(stage: Stage) -> Circle:
    """Three of them are called Ann: the first planted the goals, the others joined later."""
    circle = await Circle(stage).begin("Ben", "Cleo")
    for user, later in ((ANN_TOO, timedelta(minutes=5)), (ANN_LATER, timedelta(days=1))):
        await join(stage.store, Actor.in_group(circle.chat.id, user), "Ann", stage.clock() + later)
    return circle


async def test_a_buddy_of_a_common_name(circle: Circle) -> None:
    [asks] = await circle["Ben"].say("/buddy ann")
    assert asks.text == "Whom do you mean by “ann”?"
    assert asks.buttons == [
        "Ann · joined 23 Nov at 21:00", "Ann · joined 23 Nov at 21:05", "Ann · joined 24 Nov at 21:00",
    ]  # fmt: skip
    [said] = await circle["Ben"].tap("Ann · joined 23 Nov at 21:00")
    assert said.edited
    assert said.text == "🤝 Ann, will you be Ben's buddy? You would confirm with one tap what Ben checks off."
    assert said.buttons == ["🤝 Accept", "No, thanks"]
    await circle["Ann"].tap("Accept")
    assert (await circle["Ben"].tell("/buddy")).startswith("Ann")


async def test_a_nudge_of_a_common_name(circle: Circle) -> None:
    await circle["Ann"].say("/nudges on")
    await circle["Ben"].say("/nudge ann")
    [said] = await circle["Cleo"].tap("Ann · joined 23 Nov at 21:00")
    assert said.text == "👋 Ann: there is something left for today. /log shows it."


async def test_the_beginning_of_several_names(circle: Circle, stage: Stage) -> None:
    await join(stage.store, Actor.in_group(circle.chat.id, 903), "Benno", stage.clock())
    [asks] = await circle["Cleo"].say("/buddy be")
    assert asks.buttons == ["Ben", "Benno"]
    assert (await circle["Cleo"].tell("/buddy ben")).startswith("🤝 Ben, will you be Cleo's buddy?")


async def test_a_name_of_nobody(circle: Circle) -> None:
    assert await circle["Ben"].tell("/buddy zoe") == (
        "There is no “zoe” among those who joined. /board shows who is in."
    )


async def test_strangers_and_members_of_another_group_get_nothing(circle: Circle, stage: Stage) -> None:
    await circle["Ben"].say("/buddy ann")
    await circle["Dan"].tap("Ann · joined 23 Nov at 21:00")
    assert circle["Dan"].toasts[0].startswith("You are not in yet")
    other = stage.group("Others", "Mallory")
    await other.say("/join")
    for forged in ("who:b:1", "who:n:1", "who:x:1", "who:b:99"):
        await other.press(forged)
        assert other.toasts, forged
