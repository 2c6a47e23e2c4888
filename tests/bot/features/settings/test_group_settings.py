"""Settings of a group."""

from __future__ import annotations

from tests.bot.circle import PLAN, Circle
from tests.bot.conftest import Stage


async def test_a_group_is_set_up_by_its_settings(stage: Stage) -> None:
    circle = Circle(stage)
    [planted_] = await circle["Ann"].say(f"/plan {PLAN}")
    assert "⏰ I'll ask everyone here every day at 20:00 how it went. /settings changes that." in planted_.text
    for said in ("round 21:00", "deadline 23:30", "board unordered", "plan members", "weekly off"):
        await circle["Ann"].say(f"/settings {said}")
    text = await circle["Ann"].tell("/settings")
    for line in (
        "The round comes every day at 21:00",
        "It ends at 23:30",
        "Digests: quarterly (10:00), yearly (10:00)",
        "The board goes by name",
        "Members and admins may change the goals",
    ):
        assert line in text.split("\n")
    [choices] = await circle["Ann"].tap("Deadline")
    assert "With the day" in choices.buttons
    [back] = await circle["Ann"].tap("With the day")
    assert "It ends with the day" in back.text
    assert await stage.talk("Ann").tell("/settings board ordered") == (
        "That is for groups: add me to yours, and send it there."
    )
