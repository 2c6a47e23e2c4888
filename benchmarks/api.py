"""The JSON API over HTTP: a log beside a bare endpoint with one durable insert, a tree beside its bytes sent unchanged,
and a refresh without news beside an endpoint that answers 304. Each has its own server; they take turns."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from itertools import count, repeat

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from benchmarks.check_off_sqlite import bare_insert
from benchmarks.harness import Bench, Row, Work, at_most, side_by_side
from benchmarks.trees import DAY, FIRST, NOW, TODAY, deep_leaves, grown, planted, two_hundred
from core.actions.tokens import make_token
from core.group.permissions import Actor, Role
from core.ports.store import Store
from core.tokens import GRANTED, PREFIX
from sandbox.mini_app import init_data
from sandbox.objects import Person
from storage import open_store
from web.address import Address
from web.api.application import Api, api_application
from web.api.callers import Callers
from web.api.rate import Rate
from web.server import Server

BOT_TOKEN = "1:token"
LOGGER, OF_200, OF_2000 = 1, 2, 3
TREE = "/api/goal-tree"


async def measure(bench: Bench) -> list[Row]:
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(bench.sqlite_url("api")))
        api = await stack.enter_async_context(client_of(routes_of(store)))
        insert_one = await stack.enter_async_context(bare_insert(bench))
        logs = await _logs(store, api)
        trees = {name: await _tree(store, chat, bench, nodes) for name, (chat, nodes) in _TREES.items()}
        held = {name: await api.get(TREE, headers=proof) for name, proof in trees.items()}
        plain = await stack.enter_async_context(client_of(_bare(store, insert_one, held)))
        known = {"Authorization": f"tma {_init_data(OF_200)}", "If-None-Match": held["200"].headers["etag"]}

        async def insert() -> None:
            assert (await plain.post("/insert", json={"date": "2026-11-23", "value": 5})).status_code == 200

        async def refresh() -> None:
            assert (await api.get(TREE, headers=known)).status_code == 304

        async def not_modified() -> None:
            assert (await plain.get("/304", headers=known)).status_code == 304

        async def one_read() -> None:
            assert (await plain.get("/304/read", headers=known)).status_code == 304

        log, floor = await side_by_side([logs, insert], bench.times(200))
        rows = [Row("POST …/log, SQLite", log, "ms", "bare endpoint, one insert", floor, at_most(1.6))]
        for name in trees:
            again, anew = _getting(api, TREE, trees[name]), _getting(api, TREE, trees[name], asks=_days())
            works = [again, _getting(plain, f"/bytes/{name}", {}), anew]
            ours, bytes_alone, computed = await side_by_side(works, bench.times(60), warm=5)
            work, beside = f"GET goal-tree, {int(name):,} nodes", "the same bytes as they are"
            rows.append(Row(f"{work}, as it was", ours, "ms", beside, bytes_alone, at_most(3)))
            rows.append(Row(f"{work}, computed anew", computed, "ms", beside, bytes_alone))
        ours, nothing, read = await side_by_side([refresh, not_modified, one_read], bench.times(200))
        work = "a refresh with nothing new"
        rows.append(Row(work, ours, "ms", "304 after one statement", read, at_most(1.2)))
        rows.append(Row(work, ours, "ms", "304 and nothing else", nothing))
    return rows


_TREES = {"200": (OF_200, 200), "2000": (OF_2000, 2_000)}


def routes_of(store: Store) -> Sequence[BaseRoute]:
    """The API's routes on a store."""

    async def nobody(chat_id: int, user_id: int) -> frozenset[Role]:
        return frozenset()

    callers = Callers(store, BOT_TOKEN, nobody, None)
    return [Mount("/api", api_application(Api(store, callers, lambda: NOW, rate=Rate(10**9, 10**9))))]


async def proof_of(store: Store, chat_id: int) -> dict[str, str]:
    """The header of a person's script."""
    secret = f"{PREFIX}{chat_id:040}"
    await make_token(store, Actor.alone(chat_id), secret, frozenset(GRANTED), "script", NOW)
    return {"Authorization": f"Bearer {secret}"}


@asynccontextmanager
async def client_of(routes: Sequence[BaseRoute]) -> AsyncIterator[httpx.AsyncClient]:
    """A client with one connection to a server with these routes."""
    server = Server(Starlette(routes=routes), Address("127.0.0.1", 0))
    async with httpx.AsyncClient(base_url=f"http://{await server.start()}") as client:
        yield client
    await server.stop()


async def _logs(store: Store, client: httpx.AsyncClient) -> Work:
    """The next log of a leaf with five ancestors, each on a new day and with a key."""
    leaf = deep_leaves(await planted(store, LOGGER))[0]
    proof, days = await proof_of(store, LOGGER), count()

    async def one() -> None:
        on: date = FIRST + next(days) * DAY
        body = {"date": on.isoformat(), "value": 5}
        headers = {**proof, "Idempotency-Key": on.isoformat()}
        answer = await client.post(f"/api/kpi-logs/{leaf.id}/log", json=body, headers=headers)
        assert len(answer.json()["updatedProgress"]) == 6, answer.text

    return one


async def _tree(store: Store, chat_id: int, bench: Bench, nodes: int) -> dict[str, str]:
    await planted(store, chat_id, two_hundred() if nodes == 200 else grown(bench.times(nodes, quick=100)))
    return await proof_of(store, chat_id)


def _days() -> Iterator[dict[str, str]]:
    """Days on which nobody has seen the tree yet."""
    return ({"on": (TODAY + DAY * number).isoformat()} for number in count(1))


def _getting(
    client: httpx.AsyncClient, path: str, headers: dict[str, str], asks: Iterator[dict[str, str]] = repeat({})
) -> Work:
    async def one() -> None:
        assert (await client.get(path, headers=headers, params=next(asks))).status_code == 200

    return one


def _init_data(user_id: int) -> str:
    return init_data(BOT_TOKEN, Person(user_id, "Anna"), NOW)


def _bare(store: Store, insert_one: Work, held: dict[str, httpx.Response]) -> Sequence[BaseRoute]:
    """The floors: the least that a server can do for each request."""

    async def insert(request: Request) -> Response:
        await request.json()
        await insert_one()
        return JSONResponse({"inserted": True})

    async def as_they_are(request: Request) -> Response:
        return Response(held[request.path_params["name"]].content, media_type="application/json")

    async def not_modified(request: Request) -> Response:
        return Response(status_code=304)

    async def one_read(request: Request) -> Response:
        await store.read(lambda tx: tx.trees.mark_of_chat(OF_200, OF_200))
        return Response(status_code=304)

    return [
        Route("/insert", insert, methods=["POST"]),
        Route("/bytes/{name}", as_they_are),
        Route("/304", not_modified),
        Route("/304/read", one_read),
    ]
