"""In a group: a member's name where a goal should be, and words about a whole day."""

from __future__ import annotations

import pytest

from tests.bot.company import Company
from tests.bot.conftest import Stage
from tests.bot.planting import planted

PLAN = "Together (from 2026-10-01)\n  D: Read = 20 pages each\n  D: Run = 5 km\n"


@pytest.mark.parametrize("words", ["Ben 20", "@ben 20", "anna 20"])
async def test_a_member_is_no_goal(stage: Stage, words: str) -> None:
    company = await Company(stage).settled()
    await planted(company.anna, PLAN)
    await company.ben.say("/join")
    said = await company.anna.tell(f"/log {words}")
    assert said.endswith("is a member, not a goal, and everyone logs for themselves. /log shows what is yours.")


@pytest.mark.parametrize("words", ["done", "all done", "nothing today", "skip all"])
async def test_words_about_the_whole_day_show_what_there_is_to_tap(stage: Stage, words: str) -> None:
    company = await Company(stage).settled()
    await planted(company.anna, PLAN)
    [said] = await company.anna.say(f"/log {words}")
    assert "0 of 2 done" in said.text
    assert any("Run" in label for label in said.buttons)
