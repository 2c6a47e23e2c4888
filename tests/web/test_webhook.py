"""Updates by webhook: from the local Telegram, and from senders who are not Telegram."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from bot.telegram.lanes import BACKLOG
from core.ports.store import Transaction
from tests.bot.conftest import Stage, stage  # noqa: F401 (a fixture)
from tests.web.conftest import SECRET, WebhookStage
from web import webhook
from web.webhook import LARGEST

OUTLINE = "/plan Fit\n  W: 50 km a week = 50 km sum\n    D: Run = 5 km\n    D: Stretch"


async def converse(on: Stage) -> list[str]:
    """Everything that Anna reads in a conversation."""
    anna = on.talk("Anna")
    await anna.say("/start")
    await anna.say(OUTLINE)
    await anna.say("run 5 yesterday felt great")
    await anna.say("run 3")
    await anna.edit("run 4")
    await anna.say("/log")
    await anna.tap("Stretch")
    await anna.again()
    for words in ("/undo", "/tree", "/summary", "/frobnicate", "/remind 21:00", "/settings"):
        await anna.say(words)
    return [message.get("text", "") for message in anna.chat.messages.values()]


async def test_a_conversation_by_webhook_reads_as_one_by_polling(stage: Stage, hooked: WebhookStage) -> None:  # noqa: F811
    polled, posted = await converse(stage), await converse(hooked)
    assert len(posted) > 12
    assert posted == polled
    assert not any(method == "getUpdates" for method, _ in hooked.telegram.requests)


async def test_telegram_is_told_where_to_post_and_nothing_is_ever_thrown_away(hooked: WebhookStage) -> None:
    [set_webhook] = [params for method, params in hooked.telegram.requests if method == "setWebhook"]
    assert set_webhook["url"] == f"http://{hooked.address}/telegram"
    assert set_webhook["secret_token"] == SECRET
    assert json.loads(set_webhook["allowed_updates"]) == [
        "message", "edited_message", "callback_query", "my_chat_member", "chat_member"
    ]  # fmt: skip
    assert "drop_pending_updates" not in set_webhook
    await hooked.stop()
    assert "deleteWebhook" not in [method for method, _ in hooked.telegram.requests]


async def test_updates_during_an_absence_are_posted_on_return(hooked: WebhookStage) -> None:
    anna = hooked.talk("Anna")
    await anna.say(OUTLINE)
    await hooked.stop()
    hooked.world.say(anna.person, anna.chat, "run 5")
    await hooked.start()
    await hooked.quiet()
    assert "✅ Run" in list(anna.chat.messages.values())[-1]["text"]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "x", "é"])
async def test_someone_who_does_not_know_the_secret_is_turned_away(hooked: WebhookStage, secret: str | None) -> None:
    update = {"update_id": 99, "message": {"text": "hello"}}
    answer = await hooked.post(json.dumps(update).encode(), secret=secret)
    assert (answer.status_code, answer.content) == (403, b"")
    assert await stored(hooked) == []


async def test_the_secret_is_asked_for_before_the_body_is_read(hooked: WebhookStage) -> None:
    reader, writer = await asyncio.open_connection(hooked.address.host, hooked.address.port)
    writer.write(b"POST /telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n")  # and nothing follows
    await writer.drain()
    assert (await reader.readline()).split()[1] == b"403"
    writer.close()


async def test_too_large_a_body_is_refused_whatever_its_content_length(hooked: WebhookStage) -> None:
    assert (await hooked.post(b" " * (LARGEST + 1))).status_code == 413

    reader, writer = await asyncio.open_connection(hooked.address.host, hooked.address.port)
    head = f"POST /telegram HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
    writer.write(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    for _ in range(LARGEST // 0x10000 + 1):  # it never ends
        writer.write(chunk)
    await writer.drain()
    assert (await reader.readline()).split()[1] == b"413"
    writer.close()
    assert await stored(hooked) == []


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"marker-words", b"[]", b"null", b"7", b"{}", b"\xff\xfe", b"[" * 100_000,
        b'{"update_id": "1"}', b'{"update_id": true}', b'{"update_id": -1}', b'{"update_id": 1.5}',
        b'{"update_id": 99999999999999999999}',
    ],
)  # fmt: skip
async def test_a_body_that_is_no_update_is_refused_and_not_quoted(
    hooked: WebhookStage, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await hooked.post(body)
    assert (answer.status_code, answer.content) == (400, b"")
    assert await stored(hooked) == []
    assert "no update" in caplog.text
    assert "marker" not in caplog.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/telegram", 405), ("PUT", "/telegram", 405), ("POST", "/", 404), ("POST", "/telegram/", 404),
        ("POST", "/telegram/x", 404), ("GET", "/metrics", 404), ("POST", "/healthz", 405), ("GET", "/docs", 404),
    ],
)  # fmt: skip
async def test_other_paths_and_methods_tell_nothing(hooked: WebhookStage, method: str, path: str, status: int) -> None:
    answer = await hooked.post(b"", path=path, method=method)
    assert answer.status_code == status
    assert SECRET not in answer.text
    assert "server" not in answer.headers


async def test_an_update_that_means_nothing_to_the_bot_is_taken(hooked: WebhookStage) -> None:
    assert (await hooked.post(b'{"update_id": 5, "poll": {"id": 1}}')).status_code == 200
    await hooked.quiet()


async def test_with_all_lanes_full_telegram_is_asked_to_repeat(
    hooked: WebhookStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = hooked.talk("Anna")
    await anna.say(OUTLINE)
    with monkeypatch.context() as full:
        full.setattr(hooked.bot._lanes, "_held", BACKLOG)
        answer = await hooked.post(b'{"update_id": 5}')
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
        hooked.world.say(anna.person, anna.chat, "run 5")
        await failed(hooked)
    await hooked.quiet()
    assert sum("✅ Run" in message["text"] for message in anna.chat.messages.values()) == 1


async def test_with_the_database_down_telegram_is_asked_to_repeat_and_nothing_is_lost(
    hooked: WebhookStage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    anna = hooked.talk("Anna")
    await anna.say(OUTLINE)

    words = "mark" + "er"

    async def down(work: Callable[[Transaction], Any]) -> Any:
        raise OSError(words)

    with monkeypatch.context() as broken:
        broken.setattr(hooked.store, "write", down)
        hooked.world.say(anna.person, anna.chat, "run 5")
        await failed(hooked)
    await hooked.quiet()
    assert sum("✅ Run" in message["text"] for message in anna.chat.messages.values()) == 1
    line = next(record for record in caplog.records if record.levelno == logging.ERROR)
    assert line.getMessage().startswith("an update could not be stored: OSError")
    assert "marker" not in caplog.text


async def test_a_database_that_is_slow_makes_telegram_repeat_and_the_update_count_once(
    hooked: WebhookStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = hooked.talk("Anna")
    await anna.say(OUTLINE)
    hooked.patience = 0.01
    await hooked.restart()
    go_on, write = asyncio.Event(), hooked.store.write

    async def slow(work: Callable[[Transaction], Any]) -> Any:
        await go_on.wait()
        return await write(work)

    with monkeypatch.context() as slowed:
        slowed.setattr(hooked.store, "write", slow)
        hooked.world.say(anna.person, anna.chat, "run 5")
        await failed(hooked)
        go_on.set()
        await hooked.quiet()
    assert sum("✅ Run" in message["text"] for message in anna.chat.messages.values()) == 1


async def test_no_more_than_so_many_are_stored_at_once(hooked: WebhookStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "MOST_ON_THE_WAY", 40)
    hooked.patience = 0.01
    await hooked.restart()
    go_on, write, begun = asyncio.Event(), hooked.store.write, 0

    async def slow(work: Callable[[Transaction], Any]) -> Any:
        nonlocal begun
        begun += 1
        await go_on.wait()
        return await write(work)

    monkeypatch.setattr(hooked.store, "write", slow)
    for first in range(0, 80, 20):
        posts = [hooked.post(b'{"update_id": %d, "poll": {}}' % number) for number in range(first, first + 20)]
        assert {answer.status_code for answer in await asyncio.gather(*posts)} == {503}
    assert begun == 40
    go_on.set()
    await hooked.bot.settle()


async def failed(hooked: WebhookStage) -> None:
    """Wait until Telegram has been put off."""
    async with asyncio.timeout(120):
        while "503" not in ((await hooked.bot.bot.get_webhook_info()).last_error_message or ""):
            pass


async def stored(hooked: WebhookStage) -> list[tuple[int, str]]:
    return await hooked.store.read(lambda tx: tx.inbox.pending())
