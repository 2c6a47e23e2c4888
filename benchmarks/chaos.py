"""`python -m benchmarks.chaos --minutes 5`: processes of one bot are killed with -9 at random, and nothing is lost.

People check off through webhooks as fast as they are answered, while reminders of others fall due. Every kill hits one
of three processes, which another replaces at once. Afterwards each message that was confirmed to Telegram has made one
entry, in the order of its chat; everybody was asked once, or twice within the one possible window; and every cached
figure agrees with the entries.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import asyncpg
from sqlalchemy.engine import make_url

from benchmarks.cluster import Cluster
from benchmarks.loop import run
from benchmarks.postgres import own_server
from benchmarks.trees import ask_at, planted
from core.actions.cache import verify
from core.actions.claimed import LEASE
from core.actions.owners import change_settings
from core.group.permissions import Actor
from core.ports.store import Store
from sandbox.objects import Chat, Person
from sandbox.world import Event
from storage import migrate, open_store

PROCESSES = 3
OUTLINE = "Fit\n  W: 5000 km a week = 5000 km sum\n    D: Run = 5 km"
UNANSWERED = 60.0
"""Seconds after which a person writes on without an answer."""
SETTLING = LEASE.total_seconds() + 60
"""Seconds after the last kill until all must be delivered: the claim of a killed process holds for its lease."""


@dataclass
class Report:
    """The result. `wrong` is empty if everything holds."""

    seconds: float = 0.0
    sent: int = 0
    killed: int = 0
    asked: int = 0
    asked_twice: int = 0
    lead_taken: list[float] = field(default_factory=list)
    chats_taken: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def printed(self) -> str:
        """The report for people."""
        lines = [
            f"{self.sent:,} check-offs in {self.seconds:.0f} s ({self.sent / self.seconds:.0f}/s), "
            f"{self.killed} processes killed, {self.asked:,} people asked, {self.asked_twice} of them twice",
            f"answered after {_spread(self.answered)}",
            f"another leads after {_spread(self.lead_taken)}",
            f"updates of the killed handled after {_spread(self.chats_taken)}",
        ]
        return "\n".join([*lines, *(self.wrong or ["nothing lost, nothing twice, every figure right"])])


def _spread(values: Sequence[float]) -> str:
    if not values:
        return "–"
    ordered = sorted(values)
    parts = {"median": 0.5, "99%": 0.99, "longest": 1.0}
    return ", ".join(f"{name} {ordered[int((len(ordered) - 1) * part)]:.2f} s" for name, part in parts.items())


class Chaos:
    """A run on an empty database. `people` check off, `asked` have a reminder that falls due."""

    def __init__(
        self, cluster: Cluster, *, people: int, asked: int, seconds: float, pause: tuple[float, float], mortal: str
    ) -> None:
        """`mortal` is the role of the processes that are killed."""
        self._cluster = cluster
        self._seconds = seconds
        self._pause = pause
        self._mortal = mortal
        self._random = random.Random(5)
        world = cluster.world
        self._people = [(person, world.private(person)) for person in (world.person(f"P{n}") for n in range(people))]
        self._asked = [world.private(world.person(f"A{n}")) for n in range(asked)]
        self._answers: dict[int, asyncio.Event] = {chat.id: asyncio.Event() for _, chat in self._people}
        self._said: dict[int, list[int]] = defaultdict(list)
        self._over = False
        self.report = Report(asked=asked)
        world.listeners.append(self._hear)

    async def prepare(self, store: Store) -> None:
        """Plant everybody's tree and reminder, in a zone where it is noon, so that no day ends during the run."""
        now = datetime.now(UTC)
        zone = f"Etc/GMT{now.hour - 12:+d}" if now.hour != 12 else "UTC"
        for chat in [*(chat for _, chat in self._people), *self._asked]:
            await planted(store, chat.id, OUTLINE)
            await change_settings(store, Actor.host(chat.id), now, timezone=zone)

        minutes = int(self._seconds / 60) + 1
        for number, chat in enumerate(self._asked):
            await ask_at(store, chat.id, now + timedelta(minutes=number % minutes))

    async def go(self, roles: Sequence[str]) -> None:
        """Run, and wait until everything is done."""
        begun = monotonic()
        talking = [asyncio.create_task(self._talk(person, chat)) for person, chat in self._people]
        await self._kill_at_random(begun + self._seconds, roles)
        self._over = True
        await asyncio.gather(*talking)
        self.report.seconds = monotonic() - begun
        self.report.sent = sum(map(len, self._said.values()))
        print(f"{self.report.sent:,} said, {self.report.killed} killed: waiting for the rest", file=sys.stderr)
        await self._settle()

    # --- people ---

    def _hear(self, event: Event) -> None:
        if event.kind == "sent" and event.chat_id in self._answers:
            self._answers[event.chat_id].set()

    async def _talk(self, person: Person, chat: Chat) -> None:
        answered = self._answers[chat.id]
        while not self._over:
            answered.clear()
            begun = monotonic()
            update = self._cluster.world.say(person, chat, "run 1")
            self._said[chat.id].append(update["message"]["message_id"])
            try:
                async with asyncio.timeout(UNANSWERED):
                    await answered.wait()
                self.report.answered.append(monotonic() - begun)
            except TimeoutError:
                continue

    # --- kills ---

    async def _kill_at_random(self, until: float, roles: Sequence[str]) -> None:
        watching: set[asyncio.Task[None]] = set()
        while (pause := self._random.uniform(*self._pause)) < until - monotonic():
            await asyncio.sleep(pause)
            member = self._random.choice([each for each in self._cluster.members if each.name.startswith(self._mortal)])
            role = member.name.partition("-")[0]
            leader, _ = await self._cluster.leader()
            waiting = await self._unhandled()
            at = monotonic()
            await self._cluster.kill(member)
            self.report.killed += 1
            watching.add(asyncio.create_task(self._taken_over(member is leader, at, waiting)))
            # The next kill waits for the replacement: the take-over is measured, not Python's start.
            await (await self._cluster.add(role)).says('"ready"')
        await asyncio.gather(*watching)

    async def _taken_over(self, led: bool, at: float, waiting: set[int]) -> None:
        if led:
            _, since = await self._cluster.leader(after=at)
            self.report.lead_taken.append(since - at)
        await self._until(lambda unhandled, _: not waiting & unhandled)
        self.report.chats_taken.append(monotonic() - at)

    async def _until(self, reached: Callable[[set[int], int], bool]) -> None:
        """Wait for a state of (updates not handled, prompts sent), polling ten times a second."""
        while True:
            if reached(await self._unhandled(), (await self._ask(_SENT))[0][0]):
                return
            await asyncio.sleep(0.1)

    async def _unhandled(self) -> set[int]:
        return {row[0] for row in await self._ask("SELECT update_id FROM inbox WHERE handled_at IS NULL")}

    async def _ask(self, query: str) -> list[Any]:
        url = make_url(self._cluster.url)
        connection = await asyncpg.connect(host=str(url.query["host"]), user="postgres", database=url.database)
        try:
            rows: list[Any] = await connection.fetch(query)
            return rows
        finally:
            await connection.close()

    # --- afterwards ---

    async def _settle(self) -> None:
        try:
            async with asyncio.timeout(SETTLING):
                await self._cluster.telegram.taken()
                await self._until(lambda unhandled, sent: not unhandled and sent == len(self._asked))
        except TimeoutError:
            states = await self._ask("SELECT state, count(*) FROM outbox GROUP BY state")
            self.report.wrong.append(f"not settled: {len(await self._unhandled())} unhandled, outbox {states}")

    async def check(self, store: Store) -> None:
        """Count at the receiving ends."""
        wrong = self.report.wrong
        made: dict[int, list[int]] = defaultdict(list)
        for (key,) in await self._ask("SELECT source_key FROM entries WHERE voided_at IS NULL ORDER BY id"):
            chat_id, message_id = map(int, key.split(":")[:2])
            made[chat_id].append(message_id)
        for chat_id, said in self._said.items():
            if Counter(made[chat_id]) != Counter(said):
                wrong.append(f"chat {chat_id}: {len(said)} messages, {len(made[chat_id])} entries")
            elif made[chat_id] != said:
                wrong.append(f"chat {chat_id}: out of order")
        doubts = {row[0] for row in await self._ask("SELECT chat_id FROM outbox WHERE doubts > 0")}
        for chat in self._asked:
            times = len(chat.messages)
            self.report.asked_twice += times > 1
            # Once, and once more for each claim that a killed process left unmarked.
            if times == 0 or (times > 1 and chat.id not in doubts):
                wrong.append(f"chat {chat.id} was asked {times} times")
        visions, differing = await verify(store, Actor.host())
        if differing or visions != len(self._people) + len(self._asked):
            wrong.append(f"{len(differing)} figures of {visions} trees differ")


_SENT = "SELECT count(*) FROM outbox WHERE kind = 'check_in' AND state IN ('sent', 'dead')"
"""Final states: a message whose process was killed three times while sending it is given up. Whether it arrived is
counted at the other end."""


async def chaos(
    url: str,
    folder: Path,
    *,
    people: int,
    asked: int,
    seconds: float,
    pause: tuple[float, float],
    roles: Sequence[str] = ("all",) * PROCESSES,
    mortal: str = "all",
) -> Report:
    """A run on a migrated, empty PostgreSQL database."""
    cluster = Cluster(url, folder)
    run = Chaos(cluster, people=people, asked=asked, seconds=seconds, pause=pause, mortal=mortal)
    async with open_store(url) as store:
        await run.prepare(store)
        try:
            await cluster.start(*roles)
            await run.go(roles)
        finally:
            await cluster.stop()
        await run.check(store)
    return run.report


async def _run(arguments: argparse.Namespace) -> int:
    with own_server() as server, tempfile.TemporaryDirectory(prefix="goaltree-chaos-") as folder:
        url = await server.database()
        await migrate(url)
        seconds = arguments.minutes * 60
        asked = int(seconds)
        report = await chaos(url, Path(folder), people=arguments.people, asked=asked, seconds=seconds, pause=(2.0, 6.0))
    print(report.printed())
    return 1 if report.wrong else 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run; return 0 if everything holds."""
    parser = argparse.ArgumentParser(prog="benchmarks.chaos", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--people", type=int, default=150)
    return run(_run(parser.parse_args(argv)))


if __name__ == "__main__":
    sys.exit(main())
