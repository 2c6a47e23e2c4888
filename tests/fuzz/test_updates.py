"""Arbitrary updates: the bot survives and handles them, never apologises, and tells nobody anything of another chat."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.harness import new_harness
from tests.fuzz.updates import SOUND_STEPS, raw_updates
from tests.fuzz.visits import numbered, visit
from tests.laws.plans import Json, law

pytestmark = [pytest.mark.long, pytest.mark.timeout(0)]


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    """An event loop for all examples."""
    with asyncio.Runner() as runner:
        yield runner


@law(60)
@given(steps=st.lists(SOUND_STEPS, min_size=1, max_size=12))
def test_every_action_is_answered_and_stays_in_its_chat(runner: asyncio.Runner, steps: list[tuple[Any, ...]]) -> None:
    async def example() -> None:
        harness = new_harness()
        await harness.open()
        try:
            before = harness.of_victims()
            for step in steps:
                await visit(harness, step)
            await harness.check(well_formed=True)
            assert harness.of_victims() == before
        finally:
            await harness.close()

    runner.run(example())


@law(10)
@given(steps=st.lists(SOUND_STEPS, min_size=1, max_size=12))
def test_over_http_it_is_the_same(runner: asyncio.Runner, steps: list[tuple[Any, ...]]) -> None:
    async def example() -> None:
        harness = new_harness()
        await harness.open(over_http=True)
        try:
            before = harness.of_victims()
            for step in steps:
                await visit(harness, step)
            await harness.check(well_formed=True)
            assert harness.of_victims() == before
        finally:
            await harness.close()

    runner.run(example())


@law(60)
@given(updates=st.lists(raw_updates(), min_size=1, max_size=12))
def test_updates_that_are_none_do_no_harm(runner: asyncio.Runner, updates: list[Json]) -> None:
    async def example() -> None:
        harness = new_harness()
        await harness.open()
        try:
            before = harness.of_victims()
            await harness.take(*(numbered(harness, update) for update in updates))
            # A call made for nonsense may itself be nonsense, but must not reveal another chat.
            await harness.check(well_formed=False)
            harness.telegram.requests.clear()
            harness.complaints.lines.clear()
            harness.bot._dispatcher.failed = False
            await visit(harness, ("say", 701, "/tree"))
            await harness.check(well_formed=True)
            assert harness.telegram.requests[-1][0] == "sendMessage"
            assert harness.of_victims() == before
        finally:
            await harness.close()

    runner.run(example())
