"""How updates reach the bot: long polling, confirmation, redelivery, webhook."""

import asyncio
import json

import pytest
from telegram import Bot, Update
from telegram.error import Conflict

from sandbox.params import Params
from sandbox.polling import LongPoll
from sandbox.server import LocalTelegram
from sandbox.world import World
from tests.sandbox.small_bot import SmallBot


async def polling(bot: Bot, telegram: LocalTelegram) -> asyncio.Task[tuple[Update, ...]]:
    """A poll that has arrived."""
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    async with asyncio.timeout(60):
        while "getUpdates" not in dict(telegram.requests):  # noqa: ASYNC110 - that it has arrived is no event
            await asyncio.sleep(0)
    return poll


async def test_a_long_poll_ends_when_something_comes(bot: Bot, world: World, telegram: LocalTelegram) -> None:
    poll = await polling(bot, telegram)
    world.say("You", None, "hi")
    async with asyncio.timeout(60):
        (update,) = await poll
    assert update.message is not None
    assert update.message.text == "hi"


@pytest.mark.parametrize("steps", range(8))
async def test_a_long_poll_is_cancelled_although_something_changes_at_that_moment(world: World, steps: int) -> None:
    poll = asyncio.create_task(LongPoll(world.updates).take(Params({"timeout": 20})))
    await asyncio.sleep(0)
    for changed in world.updates.watchers:
        changed()
    for _ in range(steps):
        await asyncio.sleep(0)
    poll.cancel()
    with pytest.raises(asyncio.CancelledError):
        async with asyncio.timeout(60):
            await poll


async def test_an_update_comes_until_it_is_confirmed(bot: Bot, world: World, telegram: LocalTelegram) -> None:
    world.say("You", None, "one")
    world.say("You", None, "two")
    first, second = await bot.get_updates()
    assert [u.update_id for u in await bot.get_updates()] == [first.update_id, second.update_id]
    assert [u.update_id for u in await bot.get_updates(offset=first.update_id + 1)] == [second.update_id]
    assert telegram.waiting == 1
    assert await bot.get_updates(offset=second.update_id + 1) == ()
    async with asyncio.timeout(60):
        await telegram.taken()


async def test_a_limit_and_a_negative_offset_are_kept(bot: Bot, world: World) -> None:
    updates = [world.say("You", None, str(n)) for n in range(5)]
    assert len(await bot.get_updates(limit=2)) == 2
    assert [u.update_id for u in await bot.get_updates(offset=-1)] == [updates[-1]["update_id"]]
    assert len(await bot.get_updates()) == 1


async def test_only_allowed_kinds_come(bot: Bot, world: World) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    world.say("You", None, "hi")
    assert await bot.get_updates() == ()


async def test_a_second_poller_ends_the_first(bot: Bot, telegram: LocalTelegram) -> None:
    async with Bot(telegram.token, base_url=f"{telegram.base_url}/bot") as other:
        first = await polling(bot, telegram)
        assert await other.get_updates() == ()
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first


async def test_an_update_sent_again_has_its_old_id_and_comes_once_more(
    small_bot: SmallBot, world: World, telegram: LocalTelegram
) -> None:
    world.say("You", None, "hi")
    await telegram.taken()
    world.again()
    world.say("You", None, "next")
    await telegram.taken()
    await small_bot.settle()
    texts = [
        (update.update_id, update.effective_message and update.effective_message.text) for update in small_bot.seen
    ]
    assert len(texts) == 3
    assert texts[0] == texts[1] or texts[0] == texts[2]
    assert len(set(texts)) == 2


async def test_a_tap_sent_again_is_a_new_query(world: World) -> None:
    message = world.store(world.private(world.person()), world.bot, {"text": "x"})
    first = world.tap("You", None, message["message_id"], "done")
    second = world.again()
    assert second is not None
    assert second["update_id"] > first["update_id"]
    assert second["callback_query"]["id"] != first["callback_query"]["id"]
    assert second["callback_query"]["data"] == "done"


async def test_a_tap_is_answered_once(small_bot: SmallBot, world: World, telegram: LocalTelegram) -> None:
    toasts: list[str] = []
    world.listeners.append(lambda event: toasts.append(event.text) if event.kind == "answered" else None)
    world.say("You", None, "/ask")
    await telegram.taken()
    await small_bot.settle()
    chat = world.private(world.person())
    asked = list(chat.messages.values())[-1]
    world.tap("You", None, asked["message_id"], "done")
    await telegram.taken()
    await small_bot.settle()
    assert toasts == ["Saved"]
    assert chat.messages[asked["message_id"]]["text"] == "You chose done."


class Hook:
    """A web server that notes its requests, and fails the first `failures` of them."""

    def __init__(self, failures: int = 0, answer: bytes = b"") -> None:
        self.failures = failures
        self.answer = answer
        self.got: list[tuple[str, int]] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if line)
        update = json.loads(await reader.readexactly(int(fields["content-length"])))
        self.got.append((fields["x-telegram-bot-api-secret-token"], update["update_id"]))
        status = b"500 Oops" if len(self.got) <= self.failures else b"200 OK"
        writer.write(b"HTTP/1.1 %s\r\ncontent-length: %d\r\n\r\n%s" % (status, len(self.answer), self.answer))
        await writer.drain()
        writer.close()


async def test_a_webhook_gets_updates_with_its_secret_until_it_takes_them(
    bot: Bot, world: World, telegram: LocalTelegram
) -> None:
    hook = Hook(failures=1)
    async with await asyncio.start_server(hook.serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="word", max_connections=1)
        update = world.say("You", None, "hi")
        async with asyncio.timeout(60):
            await telegram.taken()
        assert hook.got == [("word", update["update_id"])] * 2
        info = await bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 500"
        assert info.pending_update_count == 0
        with pytest.raises(Conflict, match="webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        assert await bot.get_updates() == ()


async def test_a_webhook_may_answer_with_a_call(bot: Bot, world: World, telegram: LocalTelegram) -> None:
    chat = world.private(world.person())
    hook = Hook(answer=json.dumps({"method": "sendMessage", "chat_id": chat.id, "text": "pong"}).encode())
    async with await asyncio.start_server(hook.serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        await bot.set_webhook(f"http://127.0.0.1:{port}/hook", secret_token="word")
        world.say("You", None, "ping")
        async with asyncio.timeout(60):
            await telegram.taken()
    assert [message["text"] for message in chat.messages.values()] == ["ping", "pong"]
