"""Random requests, generated from the API's document and made in process: the answers conform to it.

The budget is fixed: a number of requests per operation, always the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from core.tokens import Scope
from storage import open_store
from tests.web.api.conftest import ANN, GROUP, Desk, desk_on
from tests.web.api.test_callers import init_data, tma
from web.api.endpoint import Endpoint
from web.api.endpoints import ENDPOINTS
from web.api.openapi import document

REQUESTS = 4
"""Requests per operation."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_dict({**document(ENDPOINTS), "servers": [{"url": "http://goaltree/api"}]})


class Room:
    """A desk on an event loop of its own, for examples that are no coroutines."""

    def __init__(self, url: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._open = AsyncExitStack()
        self.desk = self._loop.run_until_complete(self._desk(url))

    async def _desk(self, url: str) -> Desk:
        desk = await desk_on(await self._open.enter_async_context(open_store(url)))
        self.ids = {**await desk.ids(GROUP), **await desk.ids(ANN)}
        self.addresses = {scope: await desk.address_of(ANN, scope) for scope in (Scope.HOOK, Scope.CALENDAR)}
        return desk

    def answer(self, case: schemathesis.Case[Any], one: Endpoint) -> httpx.Response:
        """The answer to Ann. Made-up ids and secrets would always be refused, so some are real."""
        named = {"visionId": "Run a marathon", "kpiId": "Run", "goalId": "Stretch"}
        for name, title in named.items():
            if name in case.path_parameters and int(case.path_parameters[name]) % 3:
                case.path_parameters[name] = self.ids[title]
        if "secret" in case.path_parameters:
            case.path_parameters["secret"] = self.addresses[one.scope]
        return self._loop.run_until_complete(self._send(case))

    async def _send(self, case: schemathesis.Case[Any]) -> httpx.Response:
        asked = case.as_transport_kwargs(base_url="http://goaltree/api")
        headers = {name: value for name, value in asked.pop("headers").items() if name.lower() != "authorization"}
        asked = {name: asked[name] for name in ("method", "url", "params", "json", "data", "files") if name in asked}
        if isinstance(asked.get("data"), bytes | str):
            asked["content"] = asked.pop("data")
        transport = httpx.ASGITransport(self.desk.app)
        async with httpx.AsyncClient(transport=transport) as client:
            request = client.build_request(headers={**headers, "Authorization": tma(init_data())}, **asked)
            await request.aread()
            return await client.send(request)

    def close(self) -> None:
        """Close the store and the loop."""
        self._loop.run_until_complete(self._open.aclose())
        self._loop.close()


@pytest.fixture
def room(sqlite_url: str) -> Iterator[Room]:
    """Ann's room."""
    made = Room(sqlite_url)
    yield made
    made.close()


@pytest.mark.parametrize("one", ENDPOINTS, ids=lambda one: one.answer.__name__)
def test_answers_conform_to_the_document(room: Room, one: Endpoint) -> None:
    operation = SCHEMA[one.path][one.method]

    @seed(20261102)
    @settings(
        max_examples=REQUESTS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def asks(case: schemathesis.Case[Any]) -> None:
        answer = room.answer(case, one)
        case.validate_response(answer, checks=CHECKS)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors" in answer.headers["content-security-policy"]

    asks()
