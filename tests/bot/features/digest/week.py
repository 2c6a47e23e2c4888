"""A week that is logged, and the digests that report it."""

from __future__ import annotations

from datetime import UTC, datetime

from core.actions.reminders import set_digest
from core.goals.model import Level
from core.group.permissions import Actor
from tests.bot.conftest import Said, Talk
from tests.evenings import MONTHLY, QUARTERLY, WEEKLY

SCHEDULES = {Level.WEEKLY: WEEKLY, Level.MONTHLY: MONTHLY, Level.QUARTERLY: QUARTERLY}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def switch_on(talk: Talk, *levels: Level) -> None:
    for level in levels:
        await set_digest(talk.stage.store, Actor.host(talk.chat_id), level, SCHEDULES[level], talk.stage.clock())


async def logged_over_a_week(talk: Talk) -> None:
    """From Monday to Saturday."""
    for day in range(23, 29):
        talk.stage.clock.set(at(f"2026-11-{day} 21:00"))
        await talk.say("run 6")
    await talk.say("stretch 2026-11-25")


def first_line(said: Said) -> str:
    return said.text.partition("\n")[0]
