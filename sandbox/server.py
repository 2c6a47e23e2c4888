"""The Bot API over HTTP on this machine, which the bot takes for Telegram."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
from collections.abc import Awaitable, Callable, Generator
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sandbox.errors import ApiError, bad_request
from sandbox.faults import ConnectionCut, Faults, PlannedFault
from sandbox.files import mime_of
from sandbox.methods import METHODS
from sandbox.objects import Json, Upload
from sandbox.params import Params
from sandbox.polling import LongPoll
from sandbox.webhook import Courier, WebhookTarget
from sandbox.world import World

logger = logging.getLogger(__name__)
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class _Server(uvicorn.Server):
    """uvicorn inside another event loop: leaves signals alone, and waits for its end instead of polling."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.end = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

    async def main_loop(self) -> None:
        await self.end.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """uvicorn's own shutdown, without its sleep of 0.1 seconds, for which every test of a conversation would
        wait."""
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if requests := self.server_state.tasks:
            _, unanswered = await asyncio.wait(requests, timeout=self.config.timeout_graceful_shutdown)
            for request in unanswered:
                request.cancel()
        await asyncio.sleep(0)  # the closed transports tell their connections


class LocalTelegram:
    """A Bot API server for one bot. With `record`, `requests` lists (method, parameters); `faults` makes calls fail."""

    def __init__(
        self, world: World, clock: Callable[[], datetime], token: str = "1:SANDBOX", *, record: bool = False
    ) -> None:
        self.world = world
        self.clock = clock
        self.token = token
        self.faults = Faults()
        self.requests: list[tuple[str, Json]] = []
        self.base_url = ""
        self._record = record
        self._poll: LongPoll | None = None
        self._courier: Courier | None = None
        self._changing = asyncio.Lock()  # the courier, for several processes of one bot may set the webhook at once
        self._server: _Server | None = None
        self._task: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()

    # --- life ---

    def open(self) -> None:
        """Allow a bot in this process to `call`; `start` does so as well."""
        self.world.updates.watchers.append(self._changed.set)
        self._poll = LongPoll(self.world.updates)

    async def start(self, port: int = 0) -> str:
        """Listen on 127.0.0.1, on `port` or a free one; returns the address, to which "/bot" or "/file/bot" is
        appended."""
        listener = _listener(port)
        self.open()
        app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", self._download, methods=["GET"]),
            ]
        )
        config = uvicorn.Config(
            app, access_log=False, log_config=None, log_level="critical",
            lifespan="off", date_header=False, server_header=False, ws="none",
            timeout_keep_alive=600, timeout_graceful_shutdown=1,
        )  # fmt: skip
        self._server = _Server(config)
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]))
        # The socket already listens, so an early connection is served a moment later.
        self.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        return self.base_url

    async def stop(self) -> None:
        """Answer waiting polls, and close."""
        if self._courier:
            await self._courier.close()
            self._courier = None
        if self._poll:
            self._poll.close()
            self._poll = None
            self.world.updates.watchers.remove(self._changed.set)
        if self._server and self._task:
            await asyncio.sleep(0)
            self._server.end.set()
            await self._task
            self._server = self._task = None

    async def taken(self) -> None:
        """Wait until the bot has taken every update: confirmed by its next poll, or answered at its webhook."""
        while self.waiting:
            self._changed.clear()
            await self._changed.wait()

    @property
    def waiting(self) -> int:
        """The number of updates that the bot has not taken yet."""
        on_the_way = self._courier.webhook.on_the_way if self._courier else 0
        return len(self.world.updates) + on_the_way

    # --- requests ---

    async def call(self, token: str, method: str, read: Callable[[], Awaitable[Params]]) -> tuple[int, bytes]:
        """The status and body of the answer to a call; its parameters are `read` only once its token is known. Raises
        `ConnectionCut` if the connection is to break."""
        try:
            if token != self.token:
                raise ApiError(401, "Unauthorized")
            result = await self._answer(method.lower(), method, await read())
        except ApiError as error:
            return error.code, _written(error.body())
        except ConnectionCut:
            raise
        except Exception:
            logger.exception("the local Telegram failed in %s", method)
            return 500, _written(ApiError(500, "Internal Server Error").body())
        return 200, _written({"ok": True, "result": result})

    def download(self, token: str, path: str) -> tuple[int, bytes]:
        """The status and body of the answer to a request for a file."""
        file = self.world.files.at(path)
        if token != self.token or file is None:
            return 404, _written(ApiError(404, "Not Found").body())
        return 200, file.upload.content

    async def _call(self, request: Request) -> Response:
        token, method = request.path_params["token"], request.path_params["method"]
        try:
            status, body = await self.call(token, method, lambda: _read(request))
        except ConnectionCut:
            return _Broken()
        return Response(body, status, media_type="application/json")

    async def _answer(self, name: str, spelled: str, params: Params) -> Any:
        if self._record:
            files = {field: {"file": upload.name} for field, upload in params.files.items()}
            self.requests.append((spelled, {**params.fields, **files}))
        fault = self.faults.next(name, params.number("chat_id") or None) if self.faults.planned else None
        return await (self._fail(fault, name, params) if fault else self._perform(name, params))

    async def _fail(self, fault: PlannedFault, name: str, params: Params) -> Any:
        """Answer a call with a planned fault."""
        if fault.error:
            raise fault.error
        if fault.cut == "before":
            raise ConnectionCut
        result = await self._perform(name, params)
        if fault.cut == "after":
            raise ConnectionCut
        if fault.until:
            await fault.until.wait()
        return result

    async def _perform(self, name: str, params: Params) -> Any:
        if method := METHODS.get(name):
            return method(self.world, params)
        if name == "getupdates":
            if self._courier:
                raise ApiError(409, WEBHOOK_ACTIVE)
            return await self._poll.take(params) if self._poll else []
        if name == "setwebhook":
            async with self._changing:
                return await self._set_webhook(params)
        if name == "deletewebhook":
            async with self._changing:
                return await self._delete_webhook(params)
        if name == "getwebhookinfo":
            return (self._courier.webhook if self._courier else WebhookTarget("")).info(self.world.updates)
        raise ApiError(404, "Not Found: method not found")

    async def _set_webhook(self, params: Params) -> bool:
        url = params.text("url")
        await self._delete_webhook(params)
        if not url:
            return True
        # Telegram insists on https; on one machine http will do, as with one's own Bot API server.
        if not url.startswith(("http://", "https://")):
            raise bad_request("bad webhook: an HTTPS URL must be provided for webhook")
        self.world.updates.allow(params.json("allowed_updates"))
        connections = min(max(params.number("max_connections", 40), 1), 100)
        webhook = WebhookTarget(url, params.text("secret_token"), connections)
        self._courier = Courier(self.world.updates, webhook, self.world.now, self._answered_in_passing)
        return True

    async def _delete_webhook(self, params: Params) -> bool:
        if self._courier:
            await self._courier.close()
            self._courier = None
        if params.flag("drop_pending_updates"):
            self.world.updates.clear()
        return True

    def _answered_in_passing(self, answer: Json) -> None:
        # A bot may put a call into its answer to the webhook; it never learns the result.
        method = METHODS.get(str(answer.pop("method", "")).lower())
        if method:
            with contextlib.suppress(ApiError):
                method(self.world, Params(answer))

    async def _download(self, request: Request) -> Response:
        status, body = self.download(request.path_params["token"], request.path_params["path"])
        return Response(body, status, media_type="application/octet-stream" if status == 200 else "application/json")


def _listener(port: int) -> socket.socket:
    # The protocol must be named as TCP, or asyncio leaves Nagle's algorithm on: with delayed acknowledgements each
    # answer takes 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(1024)
    return listener


async def _read(request: Request) -> Params:
    fields: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        return await _read_multipart(request, fields)
    body = await request.body()
    if kind.startswith("application/json"):
        try:
            fields |= json.loads(body or b"{}")
        except (ValueError, TypeError) as error:
            raise bad_request("can't parse JSON object") from error
    elif body:
        fields |= parse_qsl(body.decode(), keep_blank_values=True)
    return Params(fields)


async def _read_multipart(request: Request, fields: Json) -> Params:
    files: dict[str, Upload] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                file_name = value.filename or "file"
                files[name] = Upload(file_name, await value.read(), mime_of(file_name))
            else:
                fields[name] = value
    return Params(fields, files)


def _written(body: Json) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


class _Broken(Response):
    """An answer that breaks off: it promises more than it sends, so the server closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})
