"""Planned faults, as the bot meets them."""

import asyncio

import pytest
from telegram import Bot
from telegram.error import ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut

from sandbox.server import LocalTelegram
from sandbox.world import World


@pytest.fixture
def you(world: World) -> int:
    return world.private(world.person()).id


async def test_too_many_requests_tells_how_long_to_wait_and_passes(
    bot: Bot, telegram: LocalTelegram, you: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # the library's future type; the present one comes with a warning
    telegram.faults.too_many_requests("sendMessage", retry_after=7)
    with pytest.raises(RetryAfter, match="Retry in 0:00:07"):
        await bot.send_message(you, "x")
    await bot.send_message(you, "x")


async def test_a_fault_strikes_one_chat_as_often_as_ordered(
    bot: Bot, telegram: LocalTelegram, world: World, you: int
) -> None:
    anna = world.private(world.person("Anna")).id
    telegram.faults.forbidden(times=2, chat=anna)
    await bot.send_message(you, "x")
    for _ in range(2):
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(anna, "x")
    await bot.send_message(anna, "x")


async def test_server_errors_and_migrations_are_those_of_telegram(bot: Bot, telegram: LocalTelegram, you: int) -> None:
    telegram.faults.server_error("sendMessage", code=502)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(you, "x")
    telegram.faults.migrated("sendMessage", to=-1001234)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(you, "x")
    assert moved.value.new_chat_id == -1001234


async def test_a_group_that_moved_names_its_new_id(bot: Bot, world: World) -> None:
    old = world.group("Friends", kind="group")
    new = world.migrate(old)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old.id, "x")
    assert moved.value.new_chat_id == new.id
    await bot.send_message(new.id, "x")


async def test_a_connection_cut_before_leaves_no_message(
    bot: Bot, telegram: LocalTelegram, world: World, you: int
) -> None:
    telegram.faults.cut_before("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(you, "x")
    assert len(world.chats[you].messages) == 0


async def test_a_connection_cut_after_leaves_the_message(
    bot: Bot, telegram: LocalTelegram, world: World, you: int
) -> None:
    telegram.faults.cut_after("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(you, "x")
    assert len(world.chats[you].messages) == 1


async def test_a_late_answer_times_out(bot: Bot, telegram: LocalTelegram, you: int) -> None:
    answers = asyncio.Event()
    telegram.faults.late("sendMessage", until=answers)
    with pytest.raises(TimedOut):
        await bot.send_message(you, "x", read_timeout=0.05)
    answers.set()
