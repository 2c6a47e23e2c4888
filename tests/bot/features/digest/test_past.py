"""The digest of a past period stays the same, whatever is planned later for days to come; changes within the period
itself show. It is Monday 2 March 2026 at first."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.bot.company import Company
from tests.bot.conftest import Stage, Talk
from tests.bot.planting import planted

OUTLINE = """Fit (from 2026-03-02 until 2026-12-31)
  M: Month
    D: Gym
  D: Read
  Q: Distance = 100 km sum
    D: Run = 5 km
  M: Pages = 300 pages
"""


async def at(chat: Talk, text: str) -> None:
    await chat.until(datetime.fromisoformat(text).replace(tzinfo=UTC))


async def figures(chat: Talk, which: str = "/digest last week") -> str:
    """A digest without what is still needed, which is about today."""
    [said] = await chat.say(which)
    return "\n".join(line for line in said.text.splitlines() if line and not line.startswith("🎯"))


async def told(chat: Talk) -> str:
    """The digest of the first week, as on the Monday after it."""
    await planted(chat, OUTLINE)
    await chat.say("gym, read, run 5, pages 20")
    await at(chat, "2026-03-09 11:00")
    first = await figures(chat)
    assert "Monthly goals" in first
    await at(chat, "2026-03-13 11:00")
    assert await figures(chat) == first
    return first


@pytest.fixture
async def chat(chat: Talk) -> Talk:
    chat.stage.clock.set(datetime(2026, 3, 2, 11, 0, tzinfo=UTC))
    return chat


@pytest.mark.parametrize(
    "done",
    [
        ["/archive gym", "tap End it"],
        ["/archive read", "tap End it", "/archive month", "tap End it"],
        ["/archive fit", "tap End it"],
        ["/pause 16 Mar to 29 Mar"],
        ["/pause gym 13 Mar to 20 Mar", "/back"],
        ["/plan Fit\n  M: Month\n    D: Swim", "tap Apply"],
        ["/plan Fit\n  M: Month\n    M: Essays = 4 count\n      D: Write", "tap Apply"],
        ["/plan Fit\n  M: Month\n    D: Gym [mon]\n  Q: Distance = 300 km sum\n  M: Pages = 900 pages", "tap Apply"],
        ["/plan Fit\n  M: Month\n    D: Gym\n  M: Pages = 300 pages x3", "tap Apply"],
        ["/plan Fit (until 2026-04-30)", "tap Apply"],
        ["/plan Another\n  M: Other\n    D: Else"],
    ],
)
async def test_later_plans_change_no_past_digest(chat: Talk, done: list[str]) -> None:
    first = await told(chat)
    tree = [said.text for said in await chat.say("/tree outline")]
    for said in done:
        await (chat.tap(said.removeprefix("tap ")) if said.startswith("tap ") else chat.say(said))
    assert [said.text for said in await chat.say("/tree outline")] != tree or any("pause" in said for said in done)
    assert await figures(chat) == first
    await at(chat, "2026-03-15 11:00")
    assert await figures(chat) == first


async def test_a_goal_taken_up_again_changes_none_either(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("gym")
    await at(chat, "2026-03-04 11:00")
    await chat.say("/archive gym")
    await chat.tap("End it")
    await at(chat, "2026-03-09 11:00")
    first = await figures(chat)
    await at(chat, "2026-03-13 11:00")
    await chat.say("/plan Fit\n  M: Month\n    D: Gym")
    await chat.tap("Apply")
    assert (await chat.tell("gym")).startswith("✅ Gym")
    assert await figures(chat) == first


async def test_changes_dated_within_the_period_show(chat: Talk) -> None:
    first = await told(chat)
    await chat.say("gym 3 march")
    logged = await figures(chat)
    assert logged != first
    await chat.say("/pause gym 5 Mar to 20 Mar")
    assert await figures(chat) != logged


async def test_changes_announced_before_the_periods_end_are_in_it(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("pages 20")
    without = [line for line in (await figures(chat, "/digest week")).splitlines() if "Pages" in line]
    await chat.say("/pause 16 Mar to 29 Mar")
    await at(chat, "2026-03-09 11:00")
    first = await figures(chat)
    assert [line for line in first.splitlines() if "Pages" in line] != without
    await at(chat, "2026-03-13 11:00")
    await chat.say("/back")
    assert await figures(chat) == first


async def test_joining_or_leaving_later_changes_no_past_digest(stage: Stage) -> None:
    stage.clock.set(datetime(2026, 3, 2, 11, 0, tzinfo=UTC))
    company = await Company(stage).settled()
    anna, ben, cleo = company.anna, company.ben, company.cleo
    await planted(anna, "Read (from 2026-03-02)\n  D: Read = 20 pages each\n  M: Miles = 50 km each\n")
    await ben.say("/join")
    await ben.say("/log read 20")
    await ben.say("/log miles 30")
    await at(anna, "2026-03-09 11:00")
    first = await figures(anna)
    await at(anna, "2026-03-10 11:00")
    await ben.say("/leave")
    await cleo.say("/join")
    await cleo.say("/log miles 5")
    assert await figures(anna) == first
