"""Every example that /help shows, sent exactly as it stands."""

from __future__ import annotations

from datetime import timedelta

from tests.bot.conftest import Said, Stage, Talk

ALONE = {
    "run 5": "✅ Run  5 km",
    "/log yesterday": "📋 Sun 22 Nov",
    "/log run 5 yesterday felt great": "✅ Run  5 km · for Sun 22 Nov",
    "/log run =7": "✅ Run  7 km",
    "/log gym skip": "⏭ Gym skipped today",
    "/tree run": "D Run",
    "/goal gym": "Gym",
    "/digest last month": "📊 October 2026",
    "/digest year": "📊 2026, so far",
    "/chart run": "Run\n7 of 5 km",
    "/why run": "Run · 100% today",
    "/plan read 24 books in 2027": "T: 24 books = 24 books sum",
    "/tree outline": "D: Run = 5 km",
    "/target run 8 from 1 Jan": "🎯 Run: 8 km from Fri, 1 Jan 2027 on.",
    "/rename gym Weights": "✏️ Gym is called Weights now.",
    "/move gym below Body": "📂 Gym stands below Body now.",
    "/add Body: Stretch": "🌿 Below Body there is now D: Stretch.",
    "/pause 2 weeks": "🏖 Everything is paused from",
    "/pause gym until 12 Jan": "🏖 Gym is paused from",
    "/end gym": "End Gym?",
    "/back gym": "Gym goes on",
    "/remind weekdays 21:00": "on weekdays at 21:00",
    "/export csv": "What you logged",
}
IN_A_GROUP = {
    "/log run 5": "✅ Run  5 km",
    "/log gym skip": "⏭ Gym skipped today",
    "/goal gym": "Gym",
    "/why run": "Run · 50% today",
    "/away 3 days": "🏖 Anna is away until the end of",
    "/buddy Ann": "🤝 Ann, will you be Anna's buddy?",
    "/notes on": "are shown here, too",
    "/named on": "may hold your name",
    "/end gym": "End Gym?",
    "/pause 2 weeks": "🏖 Everything is paused from",
    "/settings topic here": "What I send by myself comes to the whole group",
}


async def shown(chat: Talk) -> list[str]:
    """The examples of /help, which are written as code."""
    told: Said = (await chat.say("/help"))[0]
    text = told.text.encode("utf-16-le")
    ends = [
        (2 * one["offset"], 2 * (one["offset"] + one["length"]))
        for one in told.raw["entities"]
        if one["type"] == "code"
    ]
    return [text[start:end].decode("utf-16-le") for start, end in ends]


async def works(chat: Talk, example: str, answer: str) -> None:
    """Send an example, and undo its changes to the tree."""
    said = await chat.say(example)
    assert said, example
    assert answer in said[0].text, (example, said[0].text)
    if example.startswith("/end "):
        assert "has ended" in (await chat.tap(said[0].buttons[0]))[0].text
    elif "/undo takes it back" in said[0].text:
        assert "↩ Taken back" in await chat.tell("/undo")
    if example.startswith(("/plan ", "/pause ")):
        await chat.say("/cancel")
        await chat.say("/back")


async def test_every_example_works_alone(stage: Stage) -> None:
    chat = stage.talk("Anna")
    for text in ("/start", "Berlin", "/plan Fit (from 2026-11-01)\n  D: Run = 5 km\n  D: Gym\n  W: Body\n    D: Yoga"):
        await chat.say(text)
    assert set(await shown(chat)) == set(ALONE)
    for example, answer in ALONE.items():
        await works(chat, example, answer)


async def test_every_example_works_in_a_group(stage: Stage) -> None:
    anna, ann = stage.group("Friends", "Anna"), stage.group("Friends", "Ann")
    for text in ("/settings zone Berlin", "/plan Fit\n  D: Run = 5 km each\n  D: Gym each", "/join"):
        await anna.say(text)
    await ann.say("/join")
    await anna.until(stage.clock() + timedelta(minutes=1))
    assert set(await shown(anna)) == set(IN_A_GROUP)
    for example, answer in IN_A_GROUP.items():
        await works(anna, example, answer)
