"""A person with a tree, who edits it on a given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from core.actions.cache import verify
from core.actions.documents import export_document
from core.actions.edit.edited import Expectation
from core.actions.log import log
from core.actions.logged import Log
from core.actions.owners import welcome
from core.actions.plant import plant
from core.actions.read import read_trees
from core.goals.model import Node, OwnerType
from core.goals.reading import Standing
from core.group.permissions import Actor
from core.planning.outline import parse_outline, print_outline
from core.ports.store import Store

CHAT = 7
WEDNESDAY = date(2026, 11, 18)
RUNNING = """\
Run a marathon (from 2026-11-02)
  W: 50 km a week = 50 km sum
    D: Run = 5 km
    D: Stretch [mon wed fri]
  W: Calm
    D: Read = 20 pages
"""


def told(expectations: list[Expectation]) -> list[tuple[str, date, str]]:
    """The expectations that changed: (goal, first day of the period, before, now)."""
    return [(one.node.title, one.period.start, f"{one.before} -> {one.now}") for one in expectations]


@dataclass
class Person:
    """What somebody does in their private chat."""

    store: Store
    today: date = WEDNESDAY
    chat: int = CHAT
    seconds: int = 0
    """Past noon."""

    @property
    def now(self) -> datetime:
        noon = datetime(self.today.year, self.today.month, self.today.day, 12, tzinfo=UTC)
        return noon + timedelta(seconds=self.seconds)

    @property
    def actor(self) -> Actor:
        return Actor.alone(self.chat)

    async def open(self, outline: str = RUNNING) -> Person:
        await welcome(self.store, Actor.host(self.chat), OwnerType.PRIVATE, "Anna", "en", self.now)
        await plant(self.store, self.actor, parse_outline(outline, self.today), self.today, self.now)
        return self

    def wait(self, days: int = 1) -> None:
        self.today += timedelta(days=days)

    async def node(self, title: str) -> Node:
        return next(node for node in await self.nodes() if node.title == title)

    async def nodes(self) -> list[Node]:
        readings = await read_trees(self.store, self.actor, self.today)
        return [node for reading in readings for node in reading.tree.nodes.values()]

    async def log(self, title: str, value: int | None = None, on: date | None = None, key: str | None = None) -> None:
        amount = None if value is None else Decimal(value)
        wanted = Log((await self.node(title)).id, on or self.today, value=amount, source_key=key)
        await log(self.store, self.actor, wanted, self.now)

    async def standing(self, title: str, on: date | None = None) -> Standing:
        readings = await read_trees(self.store, self.actor, on or self.today)
        return next(
            reading.standing(node)
            for reading in readings
            for node in reading.tree.nodes.values()
            if node.title == title
        )

    async def figures(self) -> list[Standing]:
        """The state of all goals on some days."""
        days = [WEDNESDAY + timedelta(days=away) for away in (-40, -9, -1, 0, 1, 12)]
        readings = [one for on in days for one in await read_trees(self.store, self.actor, on)]
        return [reading.standing(node) for reading in readings for node in reading.tree.nodes.values()]

    async def outline(self) -> str:
        return "".join(
            print_outline(one.tree, self.today) for one in await read_trees(self.store, self.actor, self.today)
        )

    async def all(self) -> str:
        """Everything that is stored, after checking that the figures are right."""
        _, wrong = await verify(self.store, Actor.host(self.chat))
        assert wrong == []
        return await export_document(self.store, self.actor)
