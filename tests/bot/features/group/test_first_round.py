"""A group's round and digests are set up with its first plan, whoever joined before or after."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.actions.owners import change_settings, welcome
from core.goals.model import OwnerType
from core.group.permissions import Actor
from tests.bot.conftest import Stage, Talk

EACH_ONLY = "/plan Read together\n  D: Read = 20 pages each"
ROUND = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)


async def _group(stage: Stage) -> Talk:
    ann = stage.group("Friends", "Ann")
    host, now = Actor.host(ann.chat_id), stage.clock()
    await welcome(stage.store, host, OwnerType.GROUP, "Friends", "en", now)
    await change_settings(stage.store, host, now, timezone="UTC")
    return ann


async def test_a_plan_of_what_each_one_does_has_goals(stage: Stage) -> None:
    ann = await _group(stage)
    text = (await ann.say(EACH_ONLY))[0].text
    assert "no goals yet" not in text
    assert "20:00" in text


@pytest.mark.parametrize("lines", [(EACH_ONLY, "/join"), ("/join", EACH_ONLY)])
async def test_a_group_with_only_goals_of_each_one_is_asked(stage: Stage, lines: tuple[str, ...]) -> None:
    ann = await _group(stage)
    for line in lines:
        await ann.say(line)
    settings = (await ann.say("/settings"))[0].text
    assert "No daily round" not in settings
    assert "No digests" not in settings
    asked = await ann.until(ROUND)
    assert asked[-1].text.startswith("🔔 Tue 24 Nov")
    assert "Read · 20 pages each\n⬜ Ann" in asked[-1].text


async def test_a_group_that_nobody_joined_is_asked_to_join(stage: Stage) -> None:
    ann = await _group(stage)
    await ann.say(EACH_ONLY)
    assert not await ann.until(ROUND)
    await ann.say("/join")
    assert (await ann.until(ROUND.replace(day=25)))[-1].text.startswith("🔔 Wed 25 Nov")
