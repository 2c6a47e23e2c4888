"""How many calls go out, and which go first."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from unittest.mock import patch

import pytest
from telegram.error import RetryAfter

from bot.telegram.limited_bot import AS_SCHEDULED
from bot.telegram.limiter import Limiter
from bot.telegram.limits import ANSWER, SCHEDULED, Limits, kind_of
from tests.bot.conftest import Stage, Talk
from tests.bot.fake_time import FakeTimeLoop
from tests.bot.telegram.limited import ANNA, FRIENDS, Telegram, most_within, now, on_fake_time


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
