"""A group and what people do in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

from core.actions.cache import verify
from core.actions.log import log
from core.actions.logged import CheckOff, How, Log
from core.actions.members import join, leave
from core.actions.owners import welcome
from core.actions.plant import plant
from core.actions.read import read_trees
from core.goals.model import Node, OwnerType
from core.goals.reading import Reading
from core.group.permissions import Actor, Role
from core.planning.outline import parse_outline
from core.ports.store import Store

MONDAY = date(2026, 11, 23)
ANN, BEN, CLEO = 11, 12, 13
NAMES = {ANN: "Ann", BEN: "Ben", CLEO: "Cleo"}
OUTLINE = """\
Read more (from 2026-11-02)
  W: A good week
    D: Read = 20 pages each
    D: Run = 5 km
    D: Tidy up
"""


@dataclass
class Circle:
    """A group and what people do in it, on a given day."""

    store: Store
    chat: int = -100
    today: date = MONDAY
    messages: int = 0

    @property
    def now(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, 12, tzinfo=UTC)

    async def open(self, outline: str = OUTLINE, *people: int) -> Circle:
        await welcome(self.store, Actor.host(self.chat), OwnerType.GROUP, "Friends", "en", self.now)
        for user in people:
            await self.join(user)
        await self.plan(outline)
        return self

    async def plan(self, outline: str) -> None:
        await plant(self.store, Actor.host(self.chat), parse_outline(outline, self.today), self.today, self.now)

    async def join(self, user: int) -> None:
        await join(self.store, self.by(user), NAMES[user], self.now)

    async def leave(self, user: int) -> None:
        await leave(self.store, self.by(user), self.now)

    async def reading(self, on: date | None = None) -> Reading:
        [reading] = await read_trees(self.store, Actor.host(self.chat), on or self.today)
        return reading

    async def node(self, title: str) -> Node:
        return next(node for node in (await self.reading()).tree.nodes.values() if node.title == title)

    async def leaves(self, title: str = "Read") -> list[Node]:
        reading = await self.reading()
        return reading.tree.children(await self.node(title))

    async def percent(self, title: str, on: date | None = None) -> int:
        return (await self.reading(on)).standing(await self.node(title)).percent

    def by(self, user: int | None, *known: Role) -> Actor:
        """A person in the group; without an id, an anonymous admin."""
        return Actor.anonymous(self.chat) if user is None else Actor.in_group(self.chat, user, *known)

    async def log(
        self,
        user: int | None,
        title: str,
        value: float | None = None,
        how: How = How.ADD,
        *,
        is_admin: bool = False,
        **also: object,
    ) -> CheckOff:
        said = None if value is None else Decimal(str(value))
        self.messages += 1
        source = f"{self.chat}:{self.messages}:0"
        wanted = Log((await self.node(title)).id, self.today, how, said, None, source)
        actor = self.by(user, *([Role.ADMIN] if is_admin else []))
        return await log(self.store, actor, replace(wanted, **also), self.now)  # type: ignore[arg-type]

    async def sound(self) -> None:
        assert (await verify(self.store, Actor.host(self.chat)))[1] == []
