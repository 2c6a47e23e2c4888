"""Serves the page, the state of a chat, and a stream of changes.

It is a test bed for one machine: only requests addressed to this machine are answered, and a page of another origin
cannot act here.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib.resources import files

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from core.start_param import group_param
from sandbox.browser.deeds import DEEDS, DeedRunner, seen
from sandbox.errors import ApiError
from sandbox.files import mime_of
from sandbox.mini_app import SCRIPT, init_data
from sandbox.objects import Chat, Json, Person, Upload
from sandbox.passing import Passage
from sandbox.script import Misunderstood
from sandbox.server import LocalTelegram
from sandbox.world import Event

MOST_MESSAGES = 200
LARGEST_FILE = 20 * 1024 * 1024
KEPT_AWAKE = 15.0
"""Seconds between signs of life in the stream."""
_KINDS = {"html": "text/html", "js": "text/javascript", "css": "text/css"}
_HOSTS = ("127.0.0.1", "localhost", "[::1]")


Answer = Callable[[Request], Awaitable[Response]]


class BrowserChat:
    """The page, for any number of open windows."""

    def __init__(self, telegram: LocalTelegram, passage: Passage) -> None:
        self._telegram = telegram
        self._world = telegram.world
        self._clock = passage.clock
        self._deeds = DeedRunner(telegram.world, passage)
        self._windows: set[asyncio.Queue[Json | None]] = set()
        self._world.listeners.append(self._heard)
        self._world.updates.watchers.append(self._changed)

    @property
    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self._guarded(self._page), methods=["GET"]),
            Route("/chat/static/{name}", self._guarded(self._static), methods=["GET"]),
            Route("/chat/state", self._guarded(self._state), methods=["GET"]),
            Route("/chat/events", self._guarded(self._events), methods=["GET"]),
            Route("/chat/files/{file_id}", self._guarded(self._file), methods=["GET"]),
            Route("/chat/do", self._guarded(self._do), methods=["POST"]),
            Route("/chat/send", self._guarded(self._send), methods=["POST"]),
        ]

    def close(self) -> None:
        """End the streams, so that the server need not wait for them."""
        self._world.listeners.remove(self._heard)
        self._world.updates.watchers.remove(self._changed)
        for window in self._windows:
            window.put_nowait(None)

    # --- what happens ---

    def _heard(self, event: Event) -> None:
        if event.kind == "answered" and event.text:
            self._tell({"toast": event.text, "alert": event.alert, "chat": event.chat_id})
        else:
            self._changed()

    def _changed(self) -> None:
        self._tell({})

    def _tell(self, told: Json) -> None:
        for window in self._windows:
            window.put_nowait(told)

    async def _stream(self, window: asyncio.Queue[Json | None]) -> AsyncIterator[str]:
        self._windows.add(window)
        try:
            yield "data: {}\n\n"
            while True:
                try:
                    async with asyncio.timeout(KEPT_AWAKE):
                        told = await window.get()
                except TimeoutError:
                    yield ":\n\n"
                    continue
                if told is None:
                    return
                yield f"data: {json.dumps(told)}\n\n"
        finally:
            self._windows.discard(window)

    # --- requests ---

    def _guarded(self, answer: Answer) -> Answer:
        async def guarded(request: Request) -> Response:
            host = request.headers.get("host", "").rpartition(":")[0] or request.headers.get("host", "")
            origin = request.headers.get("origin")
            if host not in _HOSTS or (origin and origin != f"http://{request.headers['host']}"):
                return PlainTextResponse("This page is for this machine only.", 403)
            try:
                return await answer(request)
            except (LookupError, Misunderstood, ApiError) as error:
                said = str(error) if isinstance(error, Misunderstood) else "That is not there any more."
                return JSONResponse({"error": said}, 400)
            except ValidationError as error:
                return JSONResponse({"error": error.errors()[0]["msg"]}, 400)

        return guarded

    async def _page(self, request: Request) -> Response:
        return await asyncio.to_thread(_read, "chat.html")

    async def _static(self, request: Request) -> Response:
        return await asyncio.to_thread(_read, request.path_params["name"])

    async def _state(self, request: Request) -> Response:
        """People, messages, local time, and the init data of the person's Mini App."""
        person = self._world.person(request.query_params.get("who", "You")[:64] or "You")
        chat = self._deeds.chat_of(person, int(request.query_params.get("chat", "0")))
        return JSONResponse(
            {
                "me": person.json(),
                "bot": self._world.bot.json(),
                "people": [one.first_name for one in self._world.people.values()],
                "chats": [{"id": one.id, "title": one.name} for one in self._groups_of(person)],
                "chat": chat.json(),
                "messages": [seen(message) for message in list(chat.messages.values())[-MOST_MESSAGES:]],
                "menu": self._menu(chat),
                "now": (await self._deeds.now(chat)).isoformat(),
                "initData": init_data(self._telegram.token, person, self._clock(), self._link(chat)),
            },
            headers={"Cache-Control": "no-store"},
        )

    def _link(self, chat: Chat) -> str:
        """The start parameter of a group's link to the Mini App."""
        return "" if chat.is_private else group_param(chat.id, self._telegram.token)

    def _groups_of(self, person: Person) -> list[Chat]:
        return [
            chat
            for chat in self._world.chats.values()
            if person.id in chat.members and not chat.is_private and not chat.is_channel and chat.migrated_to is None
        ]

    def _menu(self, chat: Chat) -> list[Json]:
        scope = "all_private_chats" if chat.is_private else "all_group_chats"
        commands = self._world.profile.commands_for
        return commands({"type": "chat", "chat_id": chat.id}) or commands({"type": scope}) or commands()

    async def _events(self, request: Request) -> Response:
        stream = self._stream(asyncio.Queue())
        return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _file(self, request: Request) -> Response:
        upload = self._world.files.find(request.path_params["file_id"]).upload
        shown = upload.mime if upload.mime in ("image/png", "image/jpeg") else "application/octet-stream"
        return Response(upload.content, media_type=shown, headers={"X-Content-Type-Options": "nosniff"})

    async def _do(self, request: Request) -> Response:
        chat_id = await self._deeds.carry_out(DEEDS.validate_json(await request.body()))
        self._changed()
        return JSONResponse({"chat": chat_id})

    async def _send(self, request: Request) -> Response:
        """Send a file, whose name, chat and sender are in the address."""
        asked = request.query_params
        person = self._world.person(asked["who"][:64])
        content = await request.body()
        if len(content) > LARGEST_FILE:
            raise Misunderstood("The local Telegram takes files of up to 20 MB.")
        upload = Upload(asked["name"][:200], content, mime_of(asked["name"]))
        self._world.send_file(person, self._deeds.chat_of(person, int(asked["chat"])), upload, asked.get("caption", ""))
        self._changed()
        return JSONResponse({})


def _read(name: str) -> Response:
    """A file of the page."""
    kind = _KINDS.get(name.rpartition(".")[2])
    if name == SCRIPT.name:
        return Response(SCRIPT.read_bytes(), media_type="text/javascript")
    path = files("sandbox") / "static" / name
    if kind is None or "/" in name or not path.is_file():
        return PlainTextResponse("", 404)
    return Response(path.read_bytes(), media_type=kind, headers={"Cache-Control": "no-cache"})
