"""The limiter on a clock that only waiting advances: what goes when, to whom, and in which order."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from datetime import timedelta
from itertools import pairwise
from typing import Any
from unittest.mock import patch

import pytest
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.telegram.calls import patiently, seconds_to_wait
from bot.telegram.limited_bot import AS_SCHEDULED
from bot.telegram.limiter import Limiter
from bot.telegram.limits import ANSWER, SCHEDULED, ChatLimit, Limits, kind_of
from tests.bot.conftest import Stage, Talk
from tests.bot.fake_time import FakeTimeLoop, run

ANNA, BOB, CARL = 1, 2, 3
FRIENDS = -100


class Telegram:
    """Takes calls through a limiter and notes when each came; `refuses` says what is raised instead, by chat."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limiter = Limiter(limits or Limits())
        self.came: list[tuple[float, int | str | None, str]] = []
        self.refuses: dict[int | str | None, Exception] = {}
        self.began = now()

    async def call(self, chat: int | str | None, what: str = "", priority: int = ANSWER, **kwargs: Any) -> bool:
        endpoint = kwargs.get("endpoint", "sendMessage")

        async def arrive() -> bool:
            if error := self.refuses.pop(chat, None):
                raise error
            self.came.append((now() - self.began, chat, what))
            return True

        return await self.limiter.call(arrive, endpoint, chat, priority)

    async def all(self, calls: Iterable[Awaitable[bool]]) -> None:
        await asyncio.gather(*calls)

    def times(self, chat: int | None = None) -> list[float]:
        """When calls came, in seconds since the beginning."""
        return [time for time, to, _ in self.came if chat is None or to == chat]

    @property
    def order(self) -> list[str]:
        return [what for _, _, what in self.came]


def now() -> float:
    return asyncio.get_running_loop().time()


def most_within(seconds: float, times: list[float]) -> int:
    """The largest number of times in any window of that length."""
    return max(sum(start <= time < start + seconds for time in times) for start in times)


def on_fake_time(test: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    """A test that runs on a clock which only waiting advances."""

    def wrapped() -> None:
        run(test())

    wrapped.__name__, wrapped.__doc__ = test.__name__, test.__doc__
    return wrapped


# --- how many ---


@on_fake_time
async def test_no_second_has_more_than_thirty_messages_and_hundreds_keep_the_pace() -> None:
    telegram = Telegram()
    await telegram.all(telegram.call(chat, priority=SCHEDULED) for chat in range(1, 601))
    times = telegram.times()
    assert len(times) == 600
    assert most_within(1, times) == 30
    assert most_within(10, times) <= 300
    assert times[-1] < 600 / 29


@on_fake_time
async def test_the_allowance_is_spread_evenly_so_that_an_answer_never_waits_for_the_next_second() -> None:
    telegram = Telegram()
    await telegram.all(telegram.call(chat, priority=SCHEDULED) for chat in range(1, 61))
    gaps = [later - earlier for earlier, later in pairwise(telegram.times())]
    assert max(gaps) < 0.04


@on_fake_time
async def test_calls_that_count_nowhere_do_not_wait() -> None:
    telegram = Telegram()
    waiting = [asyncio.create_task(telegram.call(FRIENDS)) for _ in range(40)]
    await asyncio.sleep(0.5)
    began = now()
    for endpoint in ("answerCallbackQuery", "setMessageReaction", "sendChatAction", "deleteMessage", "getFile"):
        assert await telegram.call(FRIENDS, endpoint=endpoint)
    assert now() == began
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


@pytest.mark.parametrize("endpoint", ["sendMessage", "sendPhoto", "sendDocument", "copyMessage", "forwardMessage"])
def test_calls_that_make_a_message_count_as_one(endpoint: str) -> None:
    kind = kind_of(endpoint)
    assert kind is not None
    assert kind.value == "message"


def test_edits_count_as_edits_and_the_rest_as_nothing() -> None:
    assert {kind.value for name in ("Text", "Caption", "ReplyMarkup") if (kind := kind_of(f"editMessage{name}"))} == {
        "edit"
    }
    for endpoint in ("sendChatAction", "editForumTopic", "pinChatMessage", "getMe", "setMyCommands", "deleteMessage"):
        assert kind_of(endpoint) is None


@on_fake_time
async def test_a_private_chat_gets_one_a_second_and_an_answer_of_two_at_once() -> None:
    telegram = Telegram()
    await telegram.all(telegram.call(ANNA) for _ in range(60))
    times = telegram.times()
    assert times[1] < 0.1
    assert all(time >= number for number, time in enumerate(times[1:]))
    assert all(most_within(seconds, times) <= seconds + 1 for seconds in range(1, 60))


@on_fake_time
async def test_scheduled_messages_to_a_private_chat_are_a_second_apart() -> None:
    telegram = Telegram()
    await telegram.all(telegram.call(ANNA, priority=SCHEDULED) for _ in range(20))
    assert most_within(1, telegram.times()) == 1
    assert telegram.times()[-1] < 20


@on_fake_time
async def test_a_group_gets_one_a_second_and_twenty_in_any_minute() -> None:
    telegram = Telegram()
    await telegram.all(telegram.call(FRIENDS) for _ in range(90))
    times = telegram.times()
    assert most_within(1, times) == 1
    assert most_within(60, times) == 20
    assert times[19] < 20
    assert times[-1] < 5 * 61


@on_fake_time
async def test_a_chat_is_the_same_however_it_is_named() -> None:
    telegram = Telegram()
    await telegram.all(telegram.call(name) for name in ("@Friends", "@friends", FRIENDS, str(FRIENDS)))
    assert sorted(round(time) for time in telegram.times()) == [0, 0, 1, 1]


@on_fake_time
async def test_edits_wait_in_groups_and_only_for_the_overall_pace_in_private() -> None:
    telegram = Telegram()
    await telegram.all(telegram.call(ANNA, endpoint="editMessageText") for _ in range(30))
    assert telegram.times()[-1] < 1.1
    assert most_within(1, telegram.times()) <= 30
    await telegram.all(telegram.call(FRIENDS, endpoint="editMessageText") for _ in range(30))
    assert most_within(1, telegram.times(FRIENDS)) == 1
    assert most_within(60, telegram.times(FRIENDS)) == 30  # edits are not among the twenty a minute
    await telegram.all(telegram.call(None, endpoint="editMessageText") for _ in range(3))


@on_fake_time
async def test_one_chats_line_does_not_hold_up_the_others() -> None:
    telegram = Telegram()
    flood = [asyncio.create_task(telegram.call(FRIENDS)) for _ in range(15)]
    await asyncio.sleep(2)
    began = now()
    await telegram.call(ANNA)
    assert now() - began < 0.04
    await asyncio.gather(*flood)


# --- who first ---


@on_fake_time
async def test_answers_go_before_scheduled_messages_and_each_kind_in_its_order() -> None:
    telegram = Telegram()
    first = [telegram.call(chat, f"scheduled {chat}", SCHEDULED) for chat in range(1, 51)]
    second = [telegram.call(chat, f"answer {chat}", ANSWER) for chat in range(101, 121)]
    await telegram.all([*first, *second])
    expected = [f"answer {chat}" for chat in range(101, 121)] + [f"scheduled {chat}" for chat in range(2, 51)]
    assert telegram.order == ["scheduled 1", *expected]


@on_fake_time
async def test_an_answer_does_not_queue_behind_thousands() -> None:
    telegram = Telegram()
    waiting = [asyncio.create_task(telegram.call(chat, priority=SCHEDULED)) for chat in range(1, 2001)]
    await asyncio.sleep(10)
    began = now()
    await telegram.call(9999, "answer")
    assert now() - began < 0.04
    await asyncio.gather(*waiting)
    assert most_within(1, telegram.times()) == 30


@on_fake_time
async def test_an_answer_overtakes_the_scheduled_message_of_its_own_chat() -> None:
    telegram = Telegram()
    waiting = [asyncio.create_task(telegram.call(chat, f"{chat}", SCHEDULED)) for chat in range(1, 300)]
    await asyncio.sleep(1)
    await telegram.call(299, "answer")
    assert now() - telegram.began < 1.1
    await asyncio.gather(*waiting)
    assert telegram.order.index("answer") < telegram.order.index("299")
    assert len(telegram.came) == 300


@on_fake_time
async def test_messages_of_one_chat_keep_their_order() -> None:
    telegram = Telegram()
    await telegram.all(telegram.call(ANNA, f"{number}") for number in range(10))
    assert telegram.order == [f"{number}" for number in range(10)]


# --- being told to wait ---


@pytest.mark.parametrize("told", [7, timedelta(seconds=7)])
def test_a_chat_that_is_told_to_wait_gets_nothing_for_that_long(told: int | timedelta) -> None:
    async def told_to_wait() -> None:
        telegram = Telegram()
        telegram.refuses[ANNA] = RetryAfter(told)
        with pytest.raises(RetryAfter):
            await telegram.call(ANNA)
        assert now() == telegram.began  # it is the caller that decides to wait
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
async def test_a_call_that_counts_nowhere_holds_up_nothing_when_it_is_told_to_wait() -> None:
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


# --- what is left behind ---


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
async def test_waiting_is_not_done_by_asking_again_and_again() -> None:
    telegram = Telegram()
    telegram.refuses[ANNA] = RetryAfter(30)
    with pytest.raises(RetryAfter):
        await telegram.call(ANNA)
    loop = asyncio.get_running_loop()
    assert isinstance(loop, FakeTimeLoop)
    before = loop.turns
    await telegram.call(ANNA)
    assert loop.turns - before < 20


@on_fake_time
async def test_chats_that_are_not_written_to_any_more_are_forgotten() -> None:
    telegram = Telegram()
    for number in range(1, 10_001):
        await telegram.call(number if number % 2 else -number)
    kept = [found for found in gc.get_objects() if isinstance(found, ChatLimit)]
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


# --- the whole bot ---


async def test_an_answer_that_telegram_refuses_for_now_arrives_once(stage: Stage, chat: Talk) -> None:
    await stage.restart(limits=Limits())
    stage.telegram.faults.too_many_requests("sendMessage", retry_after=1)
    assert "Tick off" in await chat.tell("/help")
    assert sum(method == "sendMessage" for method, _ in stage.telegram.requests) == 2


async def test_a_scheduled_message_is_marked_for_the_limiter_alone(stage: Stage, chat: Talk) -> None:
    await chat.say("/help")
    await stage.bot.bot.send_message(chat.chat_id, "one", **AS_SCHEDULED)
    await stage.restart(limits=Limits())
    with patch.object(Limiter, "call", autospec=True, side_effect=Limiter.call) as called:
        await stage.bot.bot.send_message(chat.chat_id, "two", **AS_SCHEDULED)
        await stage.bot.bot.send_message(chat.chat_id, "three")
    assert [call.args[-1] for call in called.call_args_list] == [SCHEDULED, ANSWER]
    assert [message["text"] for message in chat.chat.messages.values()][-3:] == ["one", "two", "three"]
    sent = [parameters for method, parameters in stage.telegram.requests if method == "sendMessage"]
    assert {name for parameters in sent[-3:] for name in parameters} == {"chat_id", "text"}
