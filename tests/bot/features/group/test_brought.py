"""Each member's contribution to shared goals: in the round, its round-up, the board and the digest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bot.circle import MIDNIGHT, Circle
from tests.bot.conftest import Stage

SHARED = """\
Move (from 2026-10-01)
  D: Run = 5 km
  D: Weight = 80 kg last
  D: Jump = 300 cm highest
  D: Dive = 10 m lowest
  D: Score = 7 average
  D: Calls = 5 count
  D: Mood = track
  D: Tidy
"""


@pytest.fixture
async def circle(stage: Stage) -> Circle:
    return await Circle(stage).begin("Ben", "Cleo", plan=SHARED)


async def everything(circle: Circle) -> None:
    """Ann logs each goal twice, Ben once, Cleo never."""
    for name, amounts in (("Ann", (3, 1)), ("Ben", (2.5,))):
        for amount in amounts:
            for goal in ("run", "weight", "jump", "dive", "score", "calls", "mood"):
                await circle[name].say(f"/log {goal} {amount}")
    await circle["Ben"].say("/log tidy")


@pytest.mark.parametrize(
    ("goal", "brought"),
    [
        ("Run, together 6.5 km", "Ann 4, Ben 2.5"),
        ("Weight", "Ann 1, Ben 2.5 kg"),
        ("Jump", "Ann 3, Ben 2.5 cm"),
        ("Dive", "Ann 1, Ben 2.5 m"),
        ("Score", "Ann 2, Ben 2.5"),
        ("Calls, together 3", "Ann 2, Ben 1"),
        ("Mood, together 6.5", "Ann 4, Ben 2.5"),
        ("Tidy", "Ben 1×"),
    ],
)
async def test_the_board_has_it_by_the_goals_own_aggregate(circle: Circle, goal: str, brought: str) -> None:
    await everything(circle)
    assert f"🤝 {goal}: {brought}" in (await circle["Ann"].tell("/board")).split("This week:\n")[1].splitlines()


async def test_the_board_is_of_the_week_and_says_who_else_is_in(circle: Circle) -> None:
    await circle["Ben"].say("/log run 4 yesterday")
    await circle["Ann"].say("/log run 1")
    assert await circle["Ann"].tell("/board") == (
        "📋 Friends · Mon 23 Nov\nThis week:\n🤝 Run, together 1 km: Ann 1\n▫️ Ben, Cleo"
    )
    await circle["Ben"].say("/log run 2")  # the board keeps itself up to date
    board = next(m for m in circle.chat.messages.values() if str(m.get("text", "")).startswith("📋"))
    assert board["text"] == "📋 Friends · Mon 23 Nov\nThis week:\n🤝 Run, together 3 km: Ben 2, Ann 1\n▫️ Cleo"


async def test_the_round_up_keeps_who_brought_what(circle: Circle) -> None:
    await circle.round()
    await everything(circle)
    [up] = await circle["Ann"].until(MIDNIGHT)
    assert up.text.split("\n\n")[1].splitlines() == [
        "Run, together: 6.5 of 5 km · Ann 4, Ben 2.5",
        "Weight, together: 2.5 of 80 kg · Ann 1, Ben 2.5",
        "Jump, together: 3 of 300 cm · Ann 3, Ben 2.5",
        "Dive, together: 1 of 10 m · Ann 1, Ben 2.5",
        "Score, together: 2.16 of 7 · Ann 2, Ben 2.5",
        "Calls, together: 3 of 5 · Ann 2, Ben 1",
        "Mood, together: 6.5 · Ann 4, Ben 2.5",
        "✅ Tidy, together · Ben",
    ]


async def test_the_digest_names_who_brought_what(circle: Circle) -> None:
    await circle["Ann"].say("/log run 3")
    await circle["Ben"].say("/log weight 82")
    await circle["Ben"].say("/log run 7")
    said = (await circle["Ann"].say("/digest week"))[-1].text
    assert "🤝 Run, together 10 km: Ben 7, Ann 3\n🤝 Weight: Ben 82 kg" in said


async def test_amounts_stay_offered_beyond_the_target(circle: Circle) -> None:
    await circle.round()
    await circle["Ben"].tap("Run 5")
    assert circle.buttons[:3] == ["Run 5 km", "2.5", "other…"]
    await circle["Cleo"].tap("2.5")
    assert "Run · together 7.5 of 5 km\nBen 5, Cleo 2.5" in circle.shown


async def test_a_number_without_a_target_can_be_written_by_everyone(circle: Circle) -> None:
    await circle.round()
    for name, mood in (("Ben", "7"), ("Cleo", "5")):
        [asks] = await circle[name].tap("Mood: other…")
        await circle[name].say(mood, reply_to=asks.raw["message_id"])
    assert "Mood · together 12\nBen 7, Cleo 5" in circle.shown


async def test_a_member_can_log_more_than_was_asked(stage: Stage) -> None:
    circle = await Circle(stage).begin("Ben", plan="V (from 2026-10-01)\n  D: Read = 20 pages each\n")
    await circle.round()
    for name in ("Ann", "Ben"):
        await circle[name].tap("Read 20")
    assert "Nothing is open any more. 🎉" in circle.shown
    [asks] = await circle["Ben"].tap("other…")
    await circle["Ben"].say("35", reply_to=asks.raw["message_id"])
    [up] = await circle["Ann"].until(MIDNIGHT)
    assert up.text.startswith("🏁 Tue 24 Nov · everyone is in! 🎉\n✅ Ann, Ben")


async def test_a_member_who_left_keeps_their_part_of_a_closed_round(circle: Circle) -> None:
    await circle.round()
    await circle["Ben"].tap("2.5")
    await circle["Ann"].until(MIDNIGHT + timedelta(hours=9))
    await circle["Ben"].say("/leave")
    assert "Run, together: 2.5 of 5 km · Ben 2.5" in circle.shown


async def test_a_round_adds_up_with_what_those_brought_who_left_on_the_day(circle: Circle) -> None:
    await circle.round()
    await everything(circle)
    await circle["Ben"].say("/leave")
    assert "Run · together 6.5 of 5 km\nAnn 4, others 2.5" in circle.shown
    assert "Calls · together 3 of 5\nAnn 2, others 1" in circle.shown
    assert "Jump · together 3 of 300 cm\nAnn 3\n" in circle.shown  # amounts that do not add up
    assert circle.shown.endswith("Tidy · together\n✅")
    await circle["Ann"].say("/leave")
    assert "Run · together 6.5 of 5 km\nothers 6.5" in circle.shown
    [up] = await circle["Cleo"].until(MIDNIGHT)
    assert "Run, together: 6.5 of 5 km · others 6.5" in up.text.splitlines()


async def test_the_board_keeps_what_those_brought_who_left(circle: Circle) -> None:
    await everything(circle)
    for name in ("Ann", "Ben"):
        await circle[name].say("/leave")
    week = (await circle["Cleo"].tell("/board")).split("This week:\n")[1].splitlines()
    assert week == [
        "🤝 Run, together 6.5 km: others 6.5",
        "🤝 Calls, together 3: others 3",
        "🤝 Mood, together 6.5: others 6.5",
        "▫️ Cleo",
    ]
