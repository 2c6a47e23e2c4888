"""The chat's page over HTTP: a person's actions there happen in the world, and only this machine may act."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, tzinfo
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from sandbox.browser.page import BrowserChat
from sandbox.clock import SandboxClock
from sandbox.passing import BotSide, Passage
from sandbox.server import LocalTelegram
from sandbox.world import World
from tests.sandbox.small_bot import SmallBot

HERE = "http://127.0.0.1:8080"


@pytest.fixture
def page(telegram: LocalTelegram, clock: SandboxClock, small_bot: SmallBot) -> BrowserChat:
    async def zone_of(chat_id: int) -> tzinfo:
        return UTC

    async def nothing() -> None:
        pass

    return BrowserChat(telegram, Passage(telegram, clock, BotSide(small_bot.settle, zone_of, nothing)))


@pytest.fixture
async def window(page: BrowserChat) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Starlette(routes=page.routes))
    async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
        yield client


async def done(window: httpx.AsyncClient, do: str, **more: Any) -> int:
    answer = await window.post("/chat/do", json={"do": do, "who": "You", **more})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["chat"])


async def state(window: httpx.AsyncClient, **query: Any) -> dict[str, Any]:
    answer = await window.get("/chat/state", params=query)
    assert answer.status_code == 200
    result: dict[str, Any] = answer.json()
    return result


async def test_the_page_and_its_files_are_there(window: httpx.AsyncClient) -> None:
    for path, kind in (
        ("/", "text/html"),
        ("/chat/static/chat.js", "text/javascript"),
        ("/chat/static/chat.css", "text/css"),
        ("/chat/static/rich.js", "text/javascript"),
        ("/chat/static/telegram.js", "text/javascript"),
    ):
        answer = await window.get(path)
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, kind), path
    for path in ("/chat/static/none.js", "/chat/static/..%2Fserver.py", "/chat/static/chat.py"):
        assert (await window.get(path)).status_code == 404, path


async def test_messages_and_answers_appear_in_the_chat(window: httpx.AsyncClient) -> None:
    await done(window, "say", text="hello")
    result = await state(window)
    assert result["messages"][0]["text"] == "hello"
    assert {message["from"]["first_name"] for message in result["messages"]} == {"You", "goaltree"}
    assert result["now"].startswith("2026-11-23T20:00")
    await done(window, "edit", message=result["messages"][0]["message_id"], text="good evening")
    assert (await state(window))["messages"][0]["text"] == "good evening"


async def test_several_people_meet_in_a_group(window: httpx.AsyncClient) -> None:
    group = await done(window, "group", title="Friends")
    await window.post("/chat/do", json={"do": "group", "who": "Ben", "title": "Friends"})
    await window.post("/chat/do", json={"do": "say", "who": "Ben", "chat": group, "text": "hi all"})
    result = await state(window, who="You", chat=group)
    assert result["messages"][-1]["text"] == "hi all"
    assert [chat["title"] for chat in result["chats"]] == ["Friends"]
    assert {"You", "Ben"} <= set(result["people"])


async def test_nobody_looks_into_the_private_chat_of_another(window: httpx.AsyncClient) -> None:
    chat = await done(window, "say", text="secret")
    answer = await window.get("/chat/state", params={"who": "Ben", "chat": chat})
    assert answer.status_code == 400
    said = await window.post("/chat/do", json={"do": "say", "who": "Ben", "chat": chat, "text": "boo"})
    assert said.status_code == 400


async def test_time_passes_by_a_span_and_to_a_time(window: httpx.AsyncClient, clock: SandboxClock) -> None:
    await done(window, "wait", time="1w")
    assert clock() == datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
    await done(window, "wait", time="tomorrow 09:00")
    assert clock() == datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    for wrong in ("soon", "99w"):
        answer = await window.post("/chat/do", json={"do": "wait", "who": "You", "time": wrong})
        assert answer.status_code == 400
        assert answer.json()["error"]
    assert clock() == datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


async def test_a_file_is_sent_unchanged(window: httpx.AsyncClient) -> None:
    sent = await window.post(
        "/chat/send", params={"who": "You", "chat": 0, "name": "plan.txt", "caption": "look"}, content=b"Run"
    )
    assert sent.status_code == 200
    message = (await state(window))["messages"][0]
    assert message["document"]["file_name"] == "plan.txt"
    file = await window.get(f"/chat/files/{message['document']['file_id']}")
    assert file.content == b"Run"
    assert file.headers["content-type"] == "application/octet-stream"  # never shown as a page of this server


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:8080"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "null"},
    ],
)
async def test_another_machine_and_another_page_are_refused(
    window: httpx.AsyncClient, world: World, headers: dict[str, str]
) -> None:
    deed = {"do": "say", "who": "You", "text": "hello"}
    assert (await window.post("/chat/do", json=deed, headers=headers)).status_code == 403
    assert (await window.get("/chat/state", headers=headers)).status_code == 403
    assert not world.people


@pytest.mark.parametrize(
    "deed",
    [
        {},
        {"do": "fly", "who": "You"},
        {"do": "say", "who": "", "text": "x"},
        {"do": "say", "who": "You", "text": ""},
        {"do": "say", "who": "You", "text": "x", "chat": 12345},
        {"do": "tap", "who": "You", "message": 99, "data": "x"},
        {"do": "edit", "who": "You", "message": 99, "text": "x"},
    ],
)
async def test_a_senseless_deed_is_reported(window: httpx.AsyncClient, deed: dict[str, Any]) -> None:
    answer = await window.post("/chat/do", json=deed)
    assert answer.status_code == 400
    assert answer.json()["error"]


async def test_a_window_hears_of_changes_until_the_page_is_closed(page: BrowserChat, world: World) -> None:
    stream = page._stream(asyncio.Queue())
    assert await anext(stream) == "data: {}\n\n"
    world.say("You", None, "hello")
    async with asyncio.timeout(60):
        assert await anext(stream) == "data: {}\n\n"
    page.close()
    told = [said async for said in stream]  # it ends
    assert set(told) <= {"data: {}\n\n"}
