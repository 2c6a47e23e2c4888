"""A local Telegram whose clock stands still, and a small bot on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from telegram import Bot

from sandbox.clock import SandboxClock
from sandbox.server import LocalTelegram
from sandbox.world import World
from tests.sandbox.small_bot import SmallBot, running_bot

EVENING = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SandboxClock:
    return SandboxClock(EVENING, seconds=lambda: 0.0)


@pytest.fixture
def world(clock: SandboxClock) -> World:
    return World(clock)


@pytest.fixture
async def telegram(world: World, clock: SandboxClock) -> AsyncIterator[LocalTelegram]:
    server = LocalTelegram(world, clock, record=True)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def bot(telegram: LocalTelegram) -> AsyncIterator[Bot]:
    """Only the client, no polling."""
    async with Bot(
        telegram.token, base_url=f"{telegram.base_url}/bot", base_file_url=f"{telegram.base_url}/file/bot"
    ) as client:
        yield client


@pytest.fixture
async def small_bot(telegram: LocalTelegram) -> AsyncIterator[SmallBot]:
    async with running_bot(telegram) as running:
        yield running
