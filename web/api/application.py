"""The API's routes, and the steps between a request and its action."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import time
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from core.actions.once import OnceStore, Repeated
from core.actions.read import read_mark
from core.caps import CAPS, Caps
from core.errors import GoaltreeError, NotFound, NotSignedIn, RequestRefused
from core.group.permissions import Actor, Via
from core.ports.store import Store, StoreUnavailable
from core.records import record
from core.tokens import check_scope
from core.tokens import digest as digest_of_secret
from language.i18n import SOURCE, Words, words
from web.api.bodies import PATIENCE, body_of, read_body
from web.api.callers import Caller, Callers
from web.api.endpoint import JSON, Answer, Call, Endpoint
from web.api.endpoints import ENDPOINTS
from web.api.kept import Kept
from web.api.openapi import document
from web.api.problems import invalid, problem
from web.api.rate import Rate, RateLimit
from web.api.shapes import OfOwner, Shape

logger = logging.getLogger(__name__)

RETRY_AFTER = 2
"""Seconds before a retry if the database is unavailable."""
_KEY = re.compile(r"[!-~]{1,100}", re.ASCII)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Vary": "Authorization",
}
"""Headers of every answer: it is private, and no web page."""
_OF_304 = {name: HEADERS[name] for name in ("Cache-Control", "Vary")}
"""Headers that an answer without a body needs beside its ETag (RFC 9110, 15.4.5)."""


@record
class Api:
    """The needs of every endpoint. `seconds` is a monotonic clock."""

    store: Store
    callers: Callers
    clock: Callable[[], datetime]
    caps: Caps = CAPS
    rate: Rate = field(default_factory=Rate)
    patience: float = PATIENCE
    seconds: Callable[[], float] = time.monotonic
    kept: Kept = field(default_factory=Kept)


def api_application(api: Api, endpoints: Sequence[Endpoint] = ENDPOINTS) -> ASGIApp:
    """The application to mount at /api."""
    limit = RateLimit(api.rate)

    @cache  # generated on first request: few ask for it, and it takes longer than the rest of the start
    def content() -> bytes:
        return json.dumps(document(endpoints)).encode()

    async def openapi(request: Request) -> Response:
        return Response(content(), media_type="application/json", headers={"X-Content-Type-Options": "nosniff"})

    paths = {"/openapi.json": _Path({"GET": openapi})}
    for path in dict.fromkeys(one.path for one in endpoints):
        of_path = {one.method: _Handler(api, limit, one).answer for one in endpoints if one.path == path}
        paths[path] = _Path(of_path)
    return Router([Route(path, one) for path, one in paths.items()], redirect_slashes=False, default=_no_path)


class _Path:
    """The methods of a path."""

    def __init__(self, methods: Mapping[str, Callable[[Request], Awaitable[Response]]]) -> None:
        self._methods = methods
        self._allowed = ", ".join([*methods, *(["HEAD"] if "GET" in methods else [])])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        answer = self._methods.get("GET" if request.method == "HEAD" else request.method, self._no_method)
        response = await answer(request)
        await response(scope, receive, send)

    async def _no_method(self, request: Request) -> Response:
        refused = RequestRefused("unknown_method")
        return problem(refused, _words(request, None), {**HEADERS, "Allow": self._allowed})


class _Handler:
    """An endpoint as an ASGI handler."""

    def __init__(self, api: Api, limit: RateLimit, endpoint: Endpoint) -> None:
        self._api = api
        self._limit = limit
        self._endpoint = endpoint

    async def answer(self, request: Request) -> Response:
        """Answer the request, or refuse it with a problem."""
        pending = _Pending(request, self._endpoint)
        try:
            return await self._answered(pending)
        except ValidationError as error:
            return invalid(error, pending.words, HEADERS)
        except _TooMany as error:
            refused = RequestRefused("too_many_requests", count=error.wait)
            return problem(refused, pending.words, {**HEADERS, "Retry-After": f"{error.wait}"})
        except GoaltreeError as error:
            return problem(_as_shown(error), pending.words, {**HEADERS, **_how_to_sign_in(error)})
        except StoreUnavailable:  # the store logs the cause
            headers = {**HEADERS, "Retry-After": f"{RETRY_AFTER}"}
            return problem(RequestRefused("store_away"), pending.words, headers)
        except Exception as error:
            # The exception's message is left out: it may quote a person's words.
            where = "".join(traceback.format_tb(error.__traceback__))
            logger.error("%s failed: %s\n%s", pending.endpoint.answer.__name__, type(error).__name__, where)
            return problem(RequestRefused("request_failed"), pending.words, HEADERS)

    async def _answered(self, pending: _Pending) -> Response:
        api, endpoint = self._api, pending.endpoint
        pending.caller = caller = await self._caller(pending)
        check_scope(caller.scopes, endpoint.scope)
        self._count(caller.user_id, endpoint.cost)
        given: dict[str, Any] = {**pending.request.query_params, **pending.request.path_params}
        query = endpoint.query.model_validate(given)
        raw = await read_body(pending.request, endpoint, api.patience)
        body = await body_of(pending.request, endpoint, raw)
        actor = await self._actor(caller, query)
        # The permission is checked before any id is looked up, so that a stranger cannot find out which ids exist.
        mark = None if actor.chat_id == caller.user_id else await read_mark(api.store, actor)
        key, known = _key_of(pending.request), pending.request.headers.get("if-none-match")
        call = Call(
            api.store, actor, api.clock(), api.caps, query, body, key, known, raw, pending.words, api.kept, mark
        )
        if key is None or endpoint.is_sourced or endpoint.method == "GET":
            return _response(await endpoint.answer(call))
        return await self._once(call, pending, key)

    async def _once(self, call: Call[Any, Any], pending: _Pending, key: str) -> Response:
        """Carry out a request with an idempotency key once; repeat the first answer afterwards."""
        assert pending.caller is not None
        what = f"{pending.endpoint.method} {pending.request.url.path}?{pending.request.url.query}\n"
        digest = hashlib.sha256(what.encode() + call.raw).hexdigest()
        once = OnceStore(call.store, Actor.alone(pending.caller.user_id, Via.API), key, digest, call.now)
        try:
            done = await pending.endpoint.answer(replace(call, store=once))
        except Repeated as before:
            content = before.answer.encode()
            return Response(content, before.status, HEADERS, media_type=JSON)
        await once.save_answer(done.status, done.body_repeated.decode())
        return _response(done)

    async def _caller(self, pending: _Pending) -> Caller:
        secret = pending.request.path_params.get("secret")
        if secret is None:
            return await self._api.callers.caller(pending.request, self._api.clock())
        # Counted before the look-up, so that a client that keeps asking with a revoked address costs little.
        self._count(digest_of_secret(secret))
        return await self._api.callers.by_address(secret, pending.endpoint.scope)

    def _count(self, caller: object, cost: int = 1) -> None:
        if wait := self._limit.wait(caller, self._api.seconds(), cost):
            raise _TooMany(wait)

    async def _actor(self, caller: Caller, query: Shape) -> Actor:
        if isinstance(query, OfOwner):
            return await self._api.callers.actor(caller, query.owner, self._api.clock())
        return Actor.alone(caller.user_id, Via.API)


class _TooMany(Exception):
    """The caller has exceeded the rate limit; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__()
        self.wait = wait


class _Pending:
    """A request in progress, with its endpoint and, once known, its caller."""

    def __init__(self, request: Request, endpoint: Endpoint) -> None:
        self.request = request
        self.endpoint = endpoint
        self.caller: Caller | None = None

    @property
    def words(self) -> Words:
        """The words in the language that the request asks for, or else the caller's."""
        return _words(self.request, self.caller)


def _response(done: Answer) -> Response:
    if done.status == 304:
        return Response(None, 304, {**_OF_304, **done.headers})
    return Response(done.body, done.status, {**HEADERS, **done.headers}, media_type=done.media_type)


def _how_to_sign_in(error: GoaltreeError) -> dict[str, str]:
    return {"WWW-Authenticate": 'Bearer realm="goaltree", tma'} if isinstance(error, NotSignedIn) else {}


def _as_shown(error: GoaltreeError) -> GoaltreeError:
    """The error as a stranger may see it: strangers to a chat are not told whether it exists."""
    return NotFound("chat_unknown", chat_id=None) if error.code in ("not_here", "chat_unknown") else error


def _key_of(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and not _KEY.fullmatch(key):
        raise RequestRefused("key_unfit", most=100)
    return key


def _words(request: Request, caller: Caller | None) -> Words:
    asked = request.headers.get("accept-language", "").partition(",")[0].partition(";")[0].strip()
    return words((asked or (caller and caller.language) or SOURCE)[:20])


async def _no_path(scope: Scope, receive: Receive, send: Send) -> None:
    response = problem(NotFound("unknown_path"), _words(Request(scope), None), HEADERS)
    await response(scope, receive, send)
