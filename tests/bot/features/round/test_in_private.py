"""A group's day from a member's private chat."""

from __future__ import annotations

from datetime import time

from core.actions.reminders import add_check_in
from core.asking.schedule import Schedule
from core.group.permissions import Actor
from tests.bot.circle import ROUND, Circle
from tests.bot.conftest import Stage
from tests.bot.planting import planted


async def test_one_ticks_in_private_and_the_group_sees_it(circle: Circle, stage: Stage) -> None:
    private = stage.talk("Ben")
    await circle.round()
    [section] = await private.say("/log")
    assert section.text == "👥 Friends · Tue 24 Nov\n• Read · 0 of 20 pages\n• Gym\n• Run · 0 of 5 km"
    [after] = await private.tap("✅ Gym")
    assert after.text == "👥 Friends · Tue 24 Nov\n• Read · 0 of 20 pages\n✅ Gym\n• Run · 0 of 5 km"
    assert "Gym\n✅ Ben · ⬜ Ann, Cleo" in circle.shown
    assert (await private.tell("read 20")).startswith("👥 Friends\n✅ Read  20 pages · today done")
    assert "Read · 20 pages each\n✅ Ben · ⬜ Ann, Cleo" in circle.shown
    assert (await private.tell("/undo")).startswith("👥 Friends\n↩ Taken back: Read")
    assert "Read · 20 pages each\n⬜ Ann, Ben, Cleo" in circle.shown
    stranger = stage.talk("Mallory")
    assert "Friends" not in await stranger.tell("/log")
    data = after.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await stranger.press(data)
    assert stranger.toasts == ["That is only for the people of that group."]
    await circle["Ben"].say("/leave")
    assert "Friends" not in await private.tell("/log")
    await private.press(data)
    assert private.toasts == ["That is only for the people of that group."]


async def test_goals_of_the_same_name_are_told_apart(circle: Circle, stage: Stage) -> None:
    private = stage.talk("Ben")
    await planted(private, "Mine (from 2026-10-01)\n  D: Read = 10 pages\n")
    [which] = await private.say("read 7")
    assert which.buttons == ["Read · Mine · 7", "Read · 👥 Friends · 7"]
    [said] = await private.tap("👥")
    assert said.text.startswith("👥 Friends\n✅ Read  7 pages")
    await add_check_in(stage.store, Actor.host(private.chat_id), Schedule(time(20)), stage.clock())
    [prompt] = await private.until(ROUND)
    assert "👥 Friends\n• Read · 0 of 20 pages\n• Gym\n• Run · 0 of 5 km" in prompt.text
    [after] = await private.tap("✅ Gym")
    assert "• Gym" not in after.text
    assert "Gym\n✅ Ben · ⬜ Ann, Cleo" in circle.shown
