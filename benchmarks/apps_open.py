"""How long a person in the chat waits while 200 people have the Mini App open, and without any app: one process with
the bot and the API on SQLite. Each app polls every five seconds, loads changes, and ticks now and then; at the end
every log from either side must be there."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import httpx

from benchmarks.api import BOT_TOKEN
from benchmarks.harness import Bench, Row, at_most, percentile
from benchmarks.latency import Crowd
from benchmarks.loop import run
from benchmarks.trees import DAY, FIRST, NOW, TODAY, planted
from benchmarks.worker import carry_out, working
from core.actions.read import read_owner
from core.goals.model import Node
from core.group.permissions import Actor, Role
from sandbox.clock import SandboxClock
from sandbox.mini_app import init_data
from sandbox.objects import Person
from sandbox.server import LocalTelegram
from sandbox.world import World
from storage import open_store

PEOPLE = 200
PACE = 10
"""Messages per second: each person writes three times a minute."""
ROUNDS = 3
EVERY = 5.0
"""Seconds between two polls of an app, as in `web/app/static/state.js`."""
TICKS_EVERY = 4
"""An app ticks after this many polls."""


async def measure(bench: Bench) -> list[Row]:
    """Alternate between periods with and without apps."""
    size = bench.times(PEOPLE, quick=3)
    clock = SandboxClock(NOW)
    world = World(clock)
    telegram = LocalTelegram(world, clock)
    crowd = Crowd(world, size)
    leaves = await _plant(bench, crowd)
    address = await telegram.start()
    port = _free_port()
    with_apps: list[float] = []
    without: list[float] = []
    messages = bench.times(6 * PACE)
    async with (
        working("benchmarks.apps_open", bench.directory, address, telegram.token, port),
        httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", limits=httpx.Limits(max_connections=None), timeout=60
        ) as client,
    ):
        apps = [App(client, person, leaf) for (person, _), leaf in zip(crowd.people, leaves, strict=True)]
        await crowd.in_turn(size, size)
        for _ in range(bench.times(ROUNDS, quick=1)):
            without += await crowd.at_pace(size, messages, PACE)
            looking = [asyncio.create_task(app.stay(EVERY * at / size)) for at, app in enumerate(apps)]
            await asyncio.sleep(bench.times(2, quick=0) * EVERY)  # all have loaded, and go on polling
            with_apps += await crowd.at_pace(size, messages, PACE)
            for app in apps:
                app.closes = True
            await asyncio.gather(*looking)
    await telegram.stop()
    chat_logs = size + 2 * messages * bench.times(ROUNDS, quick=1)
    lost = chat_logs + sum(app.ticks for app in apps) - await _logged(bench, crowd)
    asked = sorted(wait for app in apps for wait in app.waits)
    rows = [
        Row(
            f"/log, {PACE} a second, {size} apps open: p{share}",
            percentile(sorted(with_apps), share) * 1000,
            "ms",
            "no app open",
            percentile(sorted(without), share) * 1000,
            at_most(1.3) if share < 99 else None,
        )
        for share in (50, 95, 99)
    ]
    return [
        *rows,
        Row(f"what an app of {size} waits for: p95", percentile(asked, 95) * 1000, "ms"),
        Row("logs lost, of the chat and the apps", lost, "", hold=at_most(0), absolute=True),
    ]


class App:
    """A person's Mini App: polls, loads changes, and ticks days of one goal."""

    def __init__(self, client: httpx.AsyncClient, person: Person, leaf: Node) -> None:
        self.closes = False
        self.ticks = 0
        self.waits: list[float] = []
        self._client = client
        self._leaf = leaf
        self._looks = 0
        self._tag = ""
        self._proof = f"tma {init_data(BOT_TOKEN, person, NOW)}"

    async def stay(self, after: float) -> None:
        """Poll until closed."""
        self.closes = False
        await asyncio.sleep(after)
        while not self.closes:
            begun = perf_counter()
            await self._look()
            self.waits.append(perf_counter() - begun)
            await asyncio.sleep(EVERY)

    async def _look(self) -> None:
        self._looks += 1
        if self._looks % TICKS_EVERY == 0:
            await self._tick()
        answer = await self._ask("GET", "/api/goal-tree", **{"If-None-Match": self._tag})
        if answer.status_code == 200:
            self._tag = answer.headers["etag"]
            await self._ask("GET", f"/api/daily-kpis/{TODAY}")

    async def _tick(self) -> None:
        on = TODAY - self.ticks * DAY
        body = {"date": on.isoformat(), "isCompleted": True}
        await self._ask("POST", f"/api/kpi-logs/{self._leaf.id}/log", body, **{"Idempotency-Key": on.isoformat()})
        self.ticks += 1

    async def _ask(self, method: str, path: str, body: object = None, **headers: str) -> httpx.Response:
        sent = {"Authorization": self._proof, **headers}
        answer = await self._client.request(method, path, headers=sent, json=body)
        assert answer.status_code in (200, 304), answer.text
        return answer


def _free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


async def _plant(bench: Bench, crowd: Crowd) -> Sequence[Node]:
    """Plant everyone's tree; return for each the goal that is ticked in the app and not in the chat."""
    async with open_store(bench.sqlite_url("apps")) as store:
        trees = await asyncio.gather(*(planted(store, chat.id) for _, chat in crowd.people))
    return [next(node for node in tree.leaves() if node.title == "Stretch") for tree in trees]


async def _logged(bench: Bench, crowd: Crowd) -> int:
    """The number of entries."""
    async with open_store(bench.sqlite_url("apps")) as store:
        owners = [await read_owner(store, Actor.host(chat.id)) for _, chat in crowd.people]
        return await store.read(lambda tx: sum(len(tx.entries.of_owner_since(owner.id, FIRST)) for owner in owners))


async def _serve(directory: Path, address: str, token: str, port: int) -> None:
    """The server process: the bot and the API, as in `goaltree run`."""
    from bot.application import GoaltreeBot
    from bot.options import BotOptions
    from web.address import Address
    from web.api.application import Api
    from web.api.callers import Callers
    from web.application import application
    from web.metrics import Metrics
    from web.probes import Readiness
    from web.server import Server

    async def nobody(chat_id: int, user_id: int) -> frozenset[Role]:
        return frozenset()

    clock = SandboxClock(NOW)
    async with open_store(f"sqlite+aiosqlite:///{directory / 'apps.db'}") as store:
        bot = GoaltreeBot(store, clock, token, BotOptions(base_url=address))
        await bot.start()
        api = Api(store, Callers(store, BOT_TOKEN, nobody, None), clock)
        server = Server(application(Readiness({}), Metrics("0"), api=api), Address("127.0.0.1", port))
        await server.start()
        await carry_out(lambda _: asyncio.sleep(0))
        await server.stop()
        await bot.stop()


if __name__ == "__main__":
    run(_serve(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])))
