"""Waiting when Telegram asks for it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.telegram.calls import patiently, seconds_to_wait
from bot.telegram.limits import SCHEDULED, Limits
from tests.bot.conftest import Stage, Talk
from tests.bot.fake_time import run
from tests.bot.telegram.limited import ANNA, BOB, CARL, FRIENDS, Telegram, most_within, now, on_fake_time


@pytest.mark.parametrize("told", [7, timedelta(seconds=7)])
def test_a_chat_that_is_told_to_wait_gets_nothing_for_that_long(told: int | timedelta) -> None:
    async def told_to_wait() -> None:
        telegram = Telegram()
        telegram.refuses[ANNA] = RetryAfter(told)
        with pytest.raises(RetryAfter):
            await telegram.call(ANNA)
        assert now() == telegram.began  # the caller decides to wait
        await telegram.all([telegram.call(ANNA, "answer"), telegram.call(BOB, "another chat")])
        assert telegram.order == ["another chat", "answer"]
        assert telegram.times(BOB)[0] < 0.1
        assert 7 <= telegram.times(ANNA)[0] < 7.1

    run(told_to_wait())


@on_fake_time
async def test_scheduled_messages_wait_wherever_they_go_and_answers_do_not() -> None:
    telegram = Telegram()
    waiting = [asyncio.create_task(telegram.call(chat, "scheduled", SCHEDULED)) for chat in range(11, 41)]
    telegram.refuses[ANNA] = RetryAfter(5)
    with pytest.raises(RetryAfter):
        await telegram.call(ANNA)
    told = now() - telegram.began
    await asyncio.sleep(1)
    await telegram.call(BOB, "answer")
    assert now() - telegram.began < told + 1.1
    await asyncio.gather(*waiting)
    after = [time for time, _, what in telegram.came if what == "scheduled" and time > told]
    assert len(after) >= 28
    assert min(after) >= told + 5
    assert most_within(1, telegram.times()) <= 30


@on_fake_time
async def test_two_chats_told_so_at_once_mean_the_bot_and_everything_waits() -> None:
    telegram = Telegram()
    telegram.refuses |= {ANNA: RetryAfter(4), BOB: RetryAfter(4)}
    for chat in (ANNA, BOB):
        with pytest.raises(RetryAfter):
            await telegram.call(chat)
    await telegram.all(telegram.call(chat) for chat in (CARL, BOB, FRIENDS))
    assert min(telegram.times()) >= 4
    assert max(telegram.times()) < 4.2


@on_fake_time
async def test_the_same_chat_told_so_twice_holds_up_nobody_else() -> None:
    telegram = Telegram()
    both = [telegram.call(ANNA), telegram.call(ANNA)]
    telegram.refuses[ANNA] = RetryAfter(4)
    with pytest.raises(RetryAfter):
        await both[0]
    telegram.refuses[ANNA] = RetryAfter(4)
    with pytest.raises(RetryAfter):
        await both[1]
    began = now()
    await telegram.call(BOB)
    assert now() - began < 0.1


@on_fake_time
async def test_a_long_wait_is_the_callers_and_not_spent_here() -> None:
    telegram = Telegram()
    flood = [asyncio.create_task(telegram.call(chat, "scheduled", SCHEDULED)) for chat in range(11, 61)]
    await asyncio.sleep(0.5)
    sent = len(telegram.came)
    telegram.refuses[ANNA] = RetryAfter(600)
    with pytest.raises(RetryAfter):
        await telegram.call(ANNA)
    results = await asyncio.gather(*flood, return_exceptions=True)
    told = [result for result in results if isinstance(result, RetryAfter)]
    assert len(told) == 50 - len(telegram.came)
    assert len(telegram.came) - sent <= 1
    assert {seconds_to_wait(error) for error in told} == {600}
    await asyncio.sleep(60)
    with pytest.raises(RetryAfter) as later:
        await telegram.call(BOB, priority=SCHEDULED)
    assert 539 <= seconds_to_wait(later.value) <= 540
    with pytest.raises(RetryAfter):
        await telegram.call(ANNA)
    await telegram.call(BOB)
    await asyncio.sleep(540)
    await telegram.call(BOB, "scheduled", SCHEDULED)
    await asyncio.sleep(1)
    assert asyncio.all_tasks() == {asyncio.current_task()}


@on_fake_time
async def test_an_uncounted_call_that_must_wait_holds_up_nothing() -> None:
    telegram = Telegram()
    telegram.refuses[ANNA] = RetryAfter(3600)
    with pytest.raises(RetryAfter):
        await telegram.call(ANNA, endpoint="setMessageReaction")
    await telegram.call(ANNA, priority=SCHEDULED)
    assert now() == telegram.began


@on_fake_time
async def test_other_errors_are_passed_on_and_hold_up_nothing() -> None:
    telegram = Telegram()
    telegram.refuses |= {ANNA: TimedOut(), BOB: NetworkError("down")}
    with pytest.raises(TimedOut):
        await telegram.call(ANNA)
    with pytest.raises(NetworkError, match="down"):
        await telegram.call(BOB)
    await telegram.call(CARL, priority=SCHEDULED)
    assert telegram.times()[0] < 0.1


@on_fake_time
async def test_an_answer_that_is_tried_again_waits_as_told_and_arrives_once() -> None:
    telegram = Telegram()
    telegram.refuses[ANNA] = RetryAfter(3)
    assert await patiently(lambda: telegram.call(ANNA, "answer"))
    assert telegram.order == ["answer"]
    assert 3 <= telegram.times()[0] < 3.1


async def test_an_answer_that_telegram_refuses_for_now_arrives_once(stage: Stage, chat: Talk) -> None:
    await stage.restart(limits=Limits())
    stage.telegram.faults.too_many_requests("sendMessage", retry_after=1)
    assert "Tick off" in await chat.tell("/help")
    assert sum(method == "sendMessage" for method, _ in stage.telegram.requests) == 2
