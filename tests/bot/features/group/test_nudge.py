"""Nudges: who gets one, and how often."""

from __future__ import annotations

from tests.bot.circle import Circle
from tests.bot.conftest import Stage


async def test_a_nudge_reaches_who_allows_it_once_a_day(circle: Circle, stage: Stage) -> None:
    private = stage.talk("Cleo")
    await private.say("/start")
    await circle["Cleo"].say("/nudges on")
    await circle["Ben"].say("/nudges on")
    assert await circle["Ann"].tell("/nudge") == (
        "👋 Ben: there is something left for today. /log shows it.\n👋 I have sent a nudge to Cleo."
    )
    [said] = await private.until(stage.clock())
    assert said.text == "👋 A nudge from Friends: still open today: Read, Gym. /log ticks it off."
    assert await circle["Ann"].tell("/nudge cleo") == "Nudged today already: Cleo. Once a day is enough."
    assert await circle["Ben"].tell("/nudge ann") == "I nudge only who has sent /nudges on, and not: Ann."
    assert (await circle["Dan"].tell("/nudge ben")).startswith("You are not in yet")
    assert (await circle["Ben"].tell("/nudge zoe")).startswith("There is no “zoe” among those who joined.")
