"""The routes of the API, and what happens to every request on its way to an action."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from pydantic_core import to_json
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from core.actions.read import read_owner
from core.caps import CAPS, Caps
from core.errors import GoaltreeError, NotFound, RequestRefused
from core.group.permissions import Actor, Via
from core.ports.store import Store
from core.tokens import check_scope
from language.i18n import SOURCE, Words, words
from web.api.callers import Caller, Callers
from web.api.endpoint import Call, Endpoint, Nothing
from web.api.endpoints import ENDPOINTS
from web.api.openapi import document
from web.api.problems import invalid, problem
from web.api.rate import Rate, RateLimit
from web.api.shapes import OfOwner, Shape

LARGEST = 64_000
"""Bytes of a body."""
PATIENCE = 10.0
"""Seconds that a body may take to arrive."""
_KEY = re.compile(r"[!-~]{1,100}", re.ASCII)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Vary": "Authorization",
}
"""Of every answer: it is somebody's own, and no page."""


@dataclass(frozen=True, slots=True)
class Api:
    """What the API stands on. `seconds` is a steady clock."""

    store: Store
    callers: Callers
    clock: Callable[[], datetime]
    caps: Caps = CAPS
    rate: Rate = field(default_factory=Rate)
    patience: float = PATIENCE
    seconds: Callable[[], float] = time.monotonic


def api_application(api: Api, endpoints: Sequence[Endpoint] = ENDPOINTS) -> Starlette:
    """The application of the API, to be mounted at /api."""
    content = json.dumps(document(endpoints)).encode()
    limit = RateLimit(api.rate)

    async def openapi(request: Request) -> Response:
        return Response(content, media_type="application/json", headers={"X-Content-Type-Options": "nosniff"})

    routes = [Route("/openapi.json", openapi, methods=["GET"])]
    for path in dict.fromkeys(one.path for one in endpoints):
        of_path = {one.method: one for one in endpoints if one.path == path}
        routes.append(Route(path, _Path(api, limit, of_path).answer, methods=list(of_path)))
    app = Starlette(routes=routes, exception_handlers={404: _no_path, 405: _no_method})
    app.router.redirect_slashes = False
    return app


class _Path:
    """The endpoints of one path."""

    def __init__(self, api: Api, limit: RateLimit, endpoints: dict[str, Endpoint]) -> None:
        self._api = api
        self._limit = limit
        self._endpoints = endpoints

    async def answer(self, request: Request) -> Response:
        """Answers, or says what was wrong with the request."""
        endpoint = self._endpoints["GET" if request.method == "HEAD" else request.method]
        caller: Caller | None = None
        w = _words(request, None)
        try:
            caller = await self._api.callers.caller(request, self._api.clock())
            w = _words(request, caller)
            check_scope(caller.scopes, endpoint.scope)
            if wait := self._limit.wait(caller.user_id, self._api.seconds()):
                refused = RequestRefused("too_many_requests", count=wait)
                return problem(refused, w, {**HEADERS, "Retry-After": f"{wait}"})
            return await self._answered(request, endpoint, caller)
        except ValidationError as error:
            return _with_headers(invalid(error, w))
        except GoaltreeError as error:
            more = {} if caller else {"WWW-Authenticate": 'Bearer realm="goaltree", tma'}
            return problem(_as_told(error), w, {**HEADERS, **more})

    async def _answered(self, request: Request, endpoint: Endpoint, caller: Caller) -> Response:
        given: dict[str, Any] = {**request.query_params, **request.path_params}
        query = endpoint.query.model_validate(given)
        body = Nothing() if endpoint.body is Nothing else endpoint.body.model_validate_json(await self._body(request))
        api = self._api
        call = Call(
            api.store,
            await self._actor(caller, query),
            api.clock(),
            api.caps,
            query,
            body,
            _key_of(request),
            request.headers.get("if-none-match"),
        )
        done = await endpoint.answer(call)
        content = b"" if done.content is None else to_json(done.content)
        return Response(content, done.status, {**HEADERS, **done.headers}, media_type="application/json")

    async def _actor(self, caller: Caller, query: Shape) -> Actor:
        if isinstance(query, OfOwner):
            actor = await self._api.callers.actor(caller, query.owner, self._api.clock())
            if actor.chat_id != caller.user_id:
                # Before any of its ids is looked up, so that a stranger is told the same of each.
                await read_owner(self._api.store, actor)
            return actor
        return Actor.alone(caller.user_id, Via.API)

    async def _body(self, request: Request) -> bytes:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise RequestRefused("not_json")
        body = bytearray()
        try:
            async with asyncio.timeout(self._api.patience):
                async for part in request.stream():
                    body += part
                    if len(body) > LARGEST:
                        raise RequestRefused("body_too_large", most=LARGEST)
        except (TimeoutError, ClientDisconnect):
            raise RequestRefused("body_late") from None
        return bytes(body)


def _as_told(error: GoaltreeError) -> GoaltreeError:
    """Whoever is nothing to a chat is not told whether there is one."""
    return NotFound("chat_unknown", chat_id=None) if error.code in ("not_here", "chat_unknown") else error


def _key_of(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and not _KEY.fullmatch(key):
        raise RequestRefused("key_unfit", most=100)
    return key


def _words(request: Request, caller: Caller | None) -> Words:
    asked = request.headers.get("accept-language", "").partition(",")[0].partition(";")[0].strip()
    return words((asked or (caller and caller.language) or SOURCE)[:20])


def _with_headers(answer: Response) -> Response:
    answer.headers.update(HEADERS)
    return answer


async def _no_path(request: Request, error: Exception) -> Response:
    return problem(NotFound("unknown_path"), _words(request, None), HEADERS)


async def _no_method(request: Request, error: Exception) -> Response:
    allowed = getattr(error, "headers", None) or {}
    return problem(RequestRefused("unknown_method"), _words(request, None), {**HEADERS, **allowed})
