"""The round-up that the round becomes at the deadline."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bot.circle import MIDNIGHT, ROUND, Circle
from tests.bot.conftest import Stage


async def test_the_round_becomes_the_round_up(circle: Circle) -> None:
    await circle["Cleo"].say("/away tomorrow")
    await circle.round()
    await circle["Ben"].tap("✅ Gym")
    await circle["Ben"].tap("Read 20")
    await circle["Ann"].tap("✅ Gym")
    count = len(circle.chat.messages)
    [said] = await circle["Ann"].until(MIDNIGHT)
    assert said.edited
    assert said.buttons == []
    assert said.text == (
        "🏁 Tue 24 Nov · 1 of 2 in\n✅ Ben\n▫️ Missed: Ann (Read)\n🏖 Away: Cleo\n\nRun, together: 0 of 5 km"
    )
    assert len(circle.chat.messages) == count


async def test_days_with_everyone_in(circle: Circle) -> None:
    for day in (0, 1):
        await circle.round(ROUND + timedelta(days=day))
        for name in ("Ann", "Ben", "Cleo"):
            await circle[name].tap("✅ Gym")
            await circle[name].tap("Read 20")
        assert ("🔥 1 day with nothing missed", "🔥 2 days with nothing missed")[day] in circle.shown
        [said] = await circle["Ann"].until(MIDNIGHT + timedelta(days=day))
        assert said.text.startswith(f"🏁 {('Tue 24', 'Wed 25')[day]} Nov · everyone is in! 🎉\n✅ Ann, Ben, Cleo")


async def test_a_tap_next_morning_answers_yesterday_and_says_so(circle: Circle) -> None:
    said = await circle.round()
    [gym] = [
        b["callback_data"] for row in said.raw["reply_markup"]["inline_keyboard"] for b in row if "Gym" in b["text"]
    ]
    await circle["Ann"].until(MIDNIGHT + timedelta(hours=8))
    await circle["Ben"].press(gym, said.raw["message_id"])  # on a screen that was not refreshed
    assert circle["Ben"].toasts == ["✅ Gym · for Tue 24 Nov · done · 🔥 1 day"]
    assert circle.shown.startswith("🏁 Tue 24 Nov · 0 of 3 in\n▫️ Missed: Ann, Ben (Read), Cleo")


async def test_a_deadline_of_its_own(circle: Circle) -> None:
    await circle["Ann"].say("/settings deadline 22:00")
    await circle.round()
    [said] = await circle["Ann"].until(ROUND + timedelta(hours=2))
    assert said.text.startswith("🏁 Tue 24 Nov · 0 of 3 in")


async def test_a_round_that_was_deleted_is_followed_by_a_new_message(circle: Circle) -> None:
    said = await circle.round()
    del circle.chat.messages[said.raw["message_id"]]
    await circle["Ben"].say("/log gym")
    [up] = await circle["Ann"].until(MIDNIGHT)
    assert not up.edited
    assert up.text.startswith("🏁 Tue 24 Nov · 0 of 3 in")


async def test_a_week_that_goes_on_is_nobodys_miss(stage: Stage) -> None:
    circle = await Circle(stage).begin(
        "Ben", "Cleo", plan="Fit (from 2026-10-01)\n  D: Gym each\n  W: Swim = 2 km each\n"
    )
    await circle.round()
    for name in ("Ann", "Ben"):
        await circle[name].tap("✅ Gym")
    await circle["Ann"].tap("Swim 2 km")
    assert "Swim · 2 km each · this week\n✅ Ann · ⬜ Ben, Cleo" in circle.shown
    await circle["Ann"].until(MIDNIGHT)
    assert circle.shown == "🏁 Tue 24 Nov · 2 of 3 in\n✅ Ann, Ben\n▫️ Missed: Cleo"
    await circle.round(ROUND + timedelta(days=3))
    await circle["Ann"].tap("✅ Gym")  # else the group would be asked whether to go on
    sunday = ROUND + timedelta(days=5)
    await circle.round(sunday)
    for name in ("Ann", "Ben", "Cleo"):
        await circle[name].tap("✅ Gym")
    await circle["Ann"].until(sunday + timedelta(hours=4))
    assert circle.shown.startswith("🏁 Sun 29 Nov · 1 of 3 in\n✅ Ann\n▫️ Missed: Ben (Swim), Cleo (Swim)")


@pytest.mark.parametrize("goal", ["D: Run = 5 km", "W: Run = 20 km each"])
async def test_a_day_without_goals_for_each_never_says_that_everyone_is_in(stage: Stage, goal: str) -> None:
    circle = await Circle(stage).begin("Ben", "Cleo", plan=f"Fit (from 2026-10-01)\n  {goal}\n")
    await circle.round()
    await circle["Ben"].tap("Run")
    await circle["Ann"].until(MIDNIGHT)
    assert circle.shown.startswith("🏁 Tue 24 Nov\n✅ Ben")
    assert "Missed" not in circle.shown
