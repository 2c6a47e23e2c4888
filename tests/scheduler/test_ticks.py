"""The fixed ticks: never two at once, not broken by a failure, and finished at the end."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from scheduler.ending import finish
from scheduler.ticks import Tick, Ticks

PATIENCE = 120.0
SOON = 0.01
"""Seconds between two ticks."""


async def test_stop_waits_for_what_is_under_way_and_nothing_runs_twice_at_once() -> None:
    begun, go_on, ended = asyncio.Event(), asyncio.Event(), []

    async def work() -> None:
        begun.set()
        await go_on.wait()
        ended.append(1)

    ticks = Ticks([Tick("slow", SOON, work)])
    ticks.start()
    async with asyncio.timeout(PATIENCE):
        await begun.wait()
        stopping = asyncio.create_task(ticks.stop())
        await asyncio.sleep(0)
        assert not stopping.done()
        go_on.set()
        await stopping
    assert ended == [1]


async def test_nothing_begins_while_the_end_is_waited_for() -> None:
    begun, go_on, late = asyncio.Event(), asyncio.Event(), []

    async def slow() -> None:
        begun.set()
        await go_on.wait()

    async def other() -> None:
        late.append(1)

    other_tick = Tick("other", 3600, other)
    ticks = Ticks([Tick("slow", SOON, slow), other_tick])
    ticks.start()
    async with asyncio.timeout(PATIENCE):
        await begun.wait()
        stopping = asyncio.create_task(ticks.stop())
        await asyncio.sleep(0)
        await ticks._run(other_tick)  # as APScheduler does with jobs that it handed on before it was paused
        go_on.set()
        await stopping
    assert late == []


async def test_a_tick_that_fails_is_logged_and_ticks_on(caplog: pytest.LogCaptureFixture) -> None:
    runs: asyncio.Queue[int] = asyncio.Queue()

    async def work() -> None:
        runs.put_nowait(1)
        raise RuntimeError("broken")

    ticks = Ticks([Tick("broken", SOON, work)])
    ticks.start()
    async with asyncio.timeout(PATIENCE):
        await runs.get()
        await runs.get()
        await ticks.stop()
    assert "tick failed" in caplog.text


async def test_a_job_that_outlasts_the_shutdown_is_cancelled() -> None:
    broken_off = asyncio.Event()

    async def endless() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            broken_off.set()

    task = asyncio.create_task(endless())
    await asyncio.sleep(0)
    await finish([task], patience=0.0)
    assert task.cancelled()
    assert broken_off.is_set()
    await finish([])


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(days=10_000)], ids=["back", "ahead"])
async def test_a_clock_that_jumps_makes_the_ticks_neither_rest_nor_catch_up(jump: timedelta) -> None:
    runs: asyncio.Queue[int] = asyncio.Queue()

    async def work() -> None:
        runs.put_nowait(1)

    ticks = Ticks([Tick("tick", SOON, work)])
    ticks.start()
    async with asyncio.timeout(PATIENCE):
        await runs.get()
        # A jump of the clock as seen from here: the next time is far ahead, or long ago.
        ticks._scheduler.modify_job("tick", next_run_time=datetime.now(UTC) - jump)
        for _ in range(2):
            await runs.get()
        await ticks.stop()
    assert runs.qsize() < 100  # all missed ticks would be millions
