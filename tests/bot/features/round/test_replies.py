"""Replies to the round, and to its questions."""

from __future__ import annotations

from tests.bot.circle import Circle
from tests.bot.conftest import Stage


async def test_another_amount_comes_as_a_reply_and_each_is_asked_alone(circle: Circle) -> None:
    await circle.round()
    [of_ben] = await circle["Ben"].tap("other…")
    assert of_ben.text == "Ben, how many pages of Read is it today in all? Reply to this message with the number."
    [of_cleo] = await circle["Cleo"].tap("other…")
    said = await circle["Cleo"].say("7", reply_to=of_cleo.raw["message_id"])
    assert said[0].text.startswith("✅ Read  7 pages · 7 of 20 pages today")
    await circle["Ben"].say("12", reply_to=of_ben.raw["message_id"])
    assert "⬜ Ann, Ben 12, Cleo 7" in circle.shown


async def test_a_reply_to_the_round_is_a_log_or_talk(circle: Circle) -> None:
    said = await circle.round()
    number = said.raw["message_id"]
    assert await circle["Ben"].say("great work everyone!", reply_to=number) == []
    answers = await circle["Ben"].say("read 9", reply_to=number)
    assert answers[0].text.startswith("✅ Read  9 pages")
    await circle["Ben"].say("/log run 5")
    answers = await circle["Cleo"].say("11", reply_to=number)
    assert answers[0].text.startswith("✅ Read  11 pages")  # nothing else that takes a number is open


async def test_a_reply_adds_to_what_all_share_or_asks(stage: Stage) -> None:
    circle = await Circle(stage).begin("Ben", plan="Move (from 2026-10-01)\n  D: Run = 5 km\n  D: Tidy\n")
    number = (await circle.round()).raw["message_id"]
    await circle["Ann"].say("/log run 12.5")
    assert "Run · together 12.5 of 5 km" in circle.shown
    [asked] = await circle["Ben"].say("4", reply_to=number)
    assert asked.text.endswith("Is 4 more, or all?")
    await circle["Ben"].tap("+ 4 km")
    assert "Run · together 16.5 of 5 km\nAnn 12.5, Ben 4" in circle.shown


async def test_replies_are_heard(circle: Circle) -> None:
    number = (await circle.round()).raw["message_id"]
    await circle["Ben"].say("/log run 5")
    said = (await circle["Cleo"].say("11 but tired", reply_to=number))[0]
    assert said.text.startswith("✅ Read  11 pages")
    assert "but tired" in said.text
    again = (await circle["Cleo"].say("11", reply_to=number))[0]
    assert again.text == "Read has 11 pages on Tue 24 Nov. Is 11 more, or all?"
    log = (await circle["Cleo"].say("read 3", reply_to=said.raw["message_id"]))[0]
    assert log.text.startswith("✅ Read  3 pages · 14 of 20 pages today")
    day = (await circle["Cleo"].say("rest day", reply_to=number))[0]
    assert "Which one do you skip?" in day.text
    assert await circle["Cleo"].say("well done Ben!", reply_to=log.raw["message_id"]) == []
