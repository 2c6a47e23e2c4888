"""Finished and cancelled calls leave nothing behind."""

from __future__ import annotations

import asyncio
import gc

import pytest
from telegram.error import RetryAfter

from bot.telegram.limits import SCHEDULED, ChatLimit
from tests.bot.telegram.limited import ANNA, FRIENDS, Telegram, now, on_fake_time


@on_fake_time
async def test_a_cancelled_call_gives_its_turn_to_the_next() -> None:
    telegram = Telegram()
    tasks = [asyncio.create_task(telegram.call(FRIENDS, f"{number}")) for number in range(5)]
    await asyncio.sleep(0.5)
    for task in tasks[1:4]:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert telegram.order == ["0", "4"]
    assert telegram.times()[1] < 1.1


@on_fake_time
async def test_cancelled_calls_cost_the_others_nothing() -> None:
    telegram = Telegram()
    tasks = [asyncio.create_task(telegram.call(chat, f"{chat}", SCHEDULED)) for chat in range(1, 1001)]
    await asyncio.sleep(1)
    for task in tasks[:990]:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert telegram.order[-10:] == [f"{chat}" for chat in range(991, 1001)]
    assert now() - telegram.began < 2


@on_fake_time
async def test_an_edit_behind_a_cancelled_message_goes_at_once() -> None:
    telegram = Telegram()
    await telegram.all([telegram.call(ANNA), telegram.call(ANNA)])
    message = asyncio.create_task(telegram.call(ANNA))
    edit = asyncio.create_task(telegram.call(ANNA, endpoint="editMessageText"))
    await asyncio.sleep(0.2)
    message.cancel()
    await edit
    assert now() - telegram.began < 0.3
    with pytest.raises(asyncio.CancelledError):
        await message


@on_fake_time
async def test_nothing_runs_when_nobody_waits() -> None:
    telegram = Telegram()
    await telegram.all(telegram.call(chat) for chat in range(1, 11))
    held = asyncio.create_task(telegram.call(FRIENDS))
    telegram.refuses[FRIENDS] = RetryAfter(20)
    with pytest.raises(RetryAfter):
        await held
    waiting = asyncio.create_task(telegram.call(FRIENDS))
    await asyncio.sleep(1)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.sleep(0.1)
    assert asyncio.all_tasks() == {asyncio.current_task()}


@on_fake_time
async def test_chats_that_are_not_written_to_any_more_are_forgotten() -> None:
    telegram = Telegram()
    for number in range(1, 10_001):
        await telegram.call(number if number % 2 else -number)
    kept = [outcome for outcome in gc.get_objects() if isinstance(outcome, ChatLimit)]
    assert len(kept) < 2 * 60 * 30  # no more than those of a minute or two


@on_fake_time
async def test_waiters_are_released_at_shutdown() -> None:
    telegram = Telegram()
    tasks = [asyncio.create_task(telegram.call(FRIENDS)) for _ in range(5)]
    await asyncio.sleep(0.5)
    await telegram.limiter.shutdown()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [isinstance(result, asyncio.CancelledError) for result in results] == [False, True, True, True, True]
    assert asyncio.all_tasks() == {asyncio.current_task()}
