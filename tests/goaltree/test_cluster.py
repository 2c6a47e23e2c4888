"""Several `goaltree run` on one PostgreSQL, killed and stopped while people write and reminders fall due."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic

import pytest

from benchmarks.chaos import OUTLINE, chaos
from benchmarks.cluster import HOST, SECRET, Cluster
from benchmarks.trees import ask_at, planted
from core.actions.cache import verify
from core.group.permissions import Actor
from core.ports.store import Store
from sandbox.objects import Chat, Person
from sandbox.webhook import post
from storage import open_store
from tests.databases import end_connections
from tests.processes import started
from tests.storage.test_peers import LOCKS, execute

PATIENCE = 180.0
pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

Start = Callable[..., Awaitable[Cluster]]


@pytest.fixture
async def store(postgres_url: str) -> AsyncIterator[Store]:
    async with open_store(postgres_url) as store:
        yield store


@pytest.fixture
async def start(postgres_url: str, tmp_path: Path, store: Store) -> AsyncIterator[Start]:
    """Starts a cluster with processes of these roles."""
    async with AsyncExitStack() as stack:

        async def start(*roles: str, webhook: bool = True, a_second: int = 1000) -> Cluster:
            settings = {"GOALTREE_MESSAGES_PER_SECOND": f"{a_second}"}
            forked = partial(started, "goaltree")
            cluster = Cluster(postgres_url, tmp_path, webhook=webhook, settings=settings, start=forked)
            stack.push_async_callback(cluster.stop)
            await cluster.start(*roles)
            return cluster

        yield start


class Someone:
    """A person with a tree."""

    def __init__(self, cluster: Cluster, name: str) -> None:
        self._cluster = cluster
        self.person: Person = cluster.world.person(name)
        self.chat: Chat = cluster.world.private(self.person)
        self.said: list[int] = []
        self._heard = asyncio.Event()
        cluster.world.listeners.append(lambda _: self._heard.set())

    def says(self, text: str) -> None:
        self.said.append(self._cluster.world.say(self.person, self.chat, text)["message"]["message_id"])

    async def hears(self, times: int) -> list[str]:
        """The bot's messages, once there are that many."""
        async with asyncio.timeout(PATIENCE):
            while len(told := [m["text"] for m in self.chat.messages.values() if m["from"]["is_bot"]]) < times:
                self._heard.clear()
                await self._heard.wait()
        return told


async def of(cluster: Cluster, store: Store, name: str) -> Someone:
    someone = Someone(cluster, name)
    await planted(store, someone.chat.id, OUTLINE)
    return someone


async def remind(store: Store, people: list[Someone]) -> None:
    """Make everybody's reminder due now."""
    for someone in people:
        await ask_at(store, someone.chat.id, datetime.now(UTC))


async def entries(url: str, chat: Chat) -> list[int]:
    """The messages that made this chat's entries, in the order in which they were handled."""
    rows = await execute(url, f"SELECT source_key FROM entries WHERE source_key LIKE '{chat.id}:%' ORDER BY id")
    return [int(row[0].split(":")[1]) for row in rows]


async def test_a_chat_stays_in_order_while_each_process_in_turn_is_killed(
    start: Start, store: Store, postgres_url: str
) -> None:
    cluster = await start("web", "web")
    people = [await of(cluster, store, name) for name in ("Anna", "Ben", "Cleo")]
    for _ in range(8):
        for someone in people:
            someone.says("run 1")
    for answers in (2, 4):
        await people[0].hears(answers)
        await cluster.kill(cluster.members[0])
        replacement = await cluster.add("web")
        await replacement.says('"ready"')
    for someone in people:
        heard = 8  # or more: an update whose process was killed may be answered twice
        while len(made := await entries(postgres_url, someone.chat)) < 8:
            heard = len(await someone.hears(heard)) + 1
        assert made == someone.said
    assert (await verify(store, Actor.host()))[1] == []


async def test_locks_that_are_lost_lose_no_update_and_no_order(start: Start, store: Store, postgres_url: str) -> None:
    cluster = await start("web", "web")
    anna = await of(cluster, store, "Anna")
    for answers in (1, 3):
        for _ in range(3):
            anna.says("run 1")
        await anna.hears(answers)
        await end_connections(postgres_url, LOCKS)
    heard = 6  # or more: an update that was being handled may be answered twice
    while len(made := await entries(postgres_url, anna.chat)) < len(anna.said):
        heard = len(await anna.hears(heard)) + 1
    assert made == anna.said


async def test_an_update_that_two_processes_get_at_once_is_handled_once(
    start: Start, store: Store, postgres_url: str
) -> None:
    cluster = await start("web", "web")
    anna = await of(cluster, store, "Anna")
    anna.says("run 1")
    await anna.hears(1)
    ports = [member.port for member in cluster.members]
    update = json.loads(json.dumps(cluster.world.last_update))
    update["update_id"] += 1000
    update["message"] |= {"message_id": 99_999, "text": "run 2"}
    posted = [post(f"http://{HOST}:{port}/telegram", update, SECRET) for port in ports * 4]
    assert {status for status, _ in await asyncio.gather(*posted)} == {200}
    anna.says("run 3")
    told = await anna.hears(3)
    assert len(told) == 3
    assert await entries(postgres_url, anna.chat) == [anna.said[0], 99_999, anna.said[1]]


async def test_another_sends_soon_after_the_one_that_sent_is_killed(start: Start, store: Store) -> None:
    cluster = await start("scheduler", "scheduler")
    anna, ben = await of(cluster, store, "Anna"), await of(cluster, store, "Ben")
    await remind(store, [anna])
    await anna.hears(1)
    leader, _ = await cluster.leader()
    killed_at = monotonic()
    await cluster.kill(leader)
    _, led_at = await cluster.leader(after=killed_at)
    await remind(store, [ben])
    await ben.hears(1)
    assert led_at > killed_at
    assert len(await anna.hears(1)) == 1


async def test_unsent_messages_are_given_back_at_sigterm_and_sent_once_by_another(
    start: Start, store: Store, postgres_url: str
) -> None:
    cluster = await start("scheduler", a_second=1)
    people = [await of(cluster, store, f"Person {number}") for number in range(12)]
    await remind(store, people)
    heard = [asyncio.create_task(person.hears(1)) for person in people]
    await asyncio.wait(heard, return_when=asyncio.FIRST_COMPLETED)
    [sender] = cluster.members
    assert await cluster.kill(sender, signal.SIGTERM) == 0
    states = {row[0] for row in await execute(postgres_url, "SELECT state FROM outbox")}
    # The last planned one may not have been claimed.
    assert {"sent", "retry"} <= states <= {"sent", "retry", "pending"}, [line.text for line in sender.lines]
    [[late]] = await execute(postgres_url, "SELECT count(*) FROM outbox WHERE state = 'retry' AND due_at > now()")
    assert late == 0
    del cluster.settings["GOALTREE_MESSAGES_PER_SECOND"]
    await cluster.add("scheduler")
    assert {len(told) for told in await asyncio.gather(*heard)} == {1}
    assert {row[0] for row in await execute(postgres_url, "SELECT doubts FROM outbox")} == {0}


async def test_only_one_of_two_processes_polls(start: Start, store: Store) -> None:
    cluster = await start("all", "all", webhook=False)
    anna = await of(cluster, store, "Anna")
    anna.says("run 1")
    await anna.hears(1)
    leader, _ = await cluster.leader()
    assert await cluster.kill(leader, signal.SIGTERM) == 0
    anna.says("run 2")
    await anna.hears(2)
    [other] = cluster.members
    await cluster.kill(other, signal.SIGTERM)
    assert not [line for member in (leader, other) for line in member.lines if "Another process" in line.text]


async def test_under_load_with_kills_at_random_nothing_is_lost_or_done_twice(postgres_url: str, tmp_path: Path) -> None:
    report = await chaos(
        postgres_url,
        tmp_path,
        people=12,
        asked=12,
        seconds=4,
        pause=(0.7, 1.2),
        roles=("web", "web", "scheduler"),
        mortal="web",
    )
    assert report.wrong == []
    assert report.sent
    assert report.killed
    assert report.asked_twice == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_stopping_process_begins_nothing_more_and_leaves_the_rest(
    number: int, start: Start, store: Store, postgres_url: str
) -> None:
    cluster = await start("web", "web")
    anna = await of(cluster, store, "Anna")
    for _ in range(4):
        anna.says("run 1")
    await anna.hears(1)
    assert await cluster.kill(cluster.members[0], number) == 0
    await anna.hears(4)
    assert await entries(postgres_url, anna.chat) == anna.said
