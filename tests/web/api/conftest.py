"""The API over a real store, called in process by any user."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from core.actions.members import join
from core.actions.owners import welcome
from core.actions.plant import plant
from core.actions.read import read_trees
from core.actions.tokens import make_address, make_token
from core.goals.model import OwnerType
from core.group.permissions import Actor, Role
from core.planning.outline import parse_outline
from core.ports.store import Store
from core.tokens import GRANTED, PREFIX, Scope
from storage import open_store
from web.api.application import Api, api_application
from web.api.callers import Callers
from web.api.rate import Rate

MONDAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
ANN, BEN, EVE, GROUP, OTHERS = 11, 12, 99, -100, -200
BOT_TOKEN = "123456:AAtest-token"
OUTLINE = """Run a marathon (from 2026-11-02)
  Q: 600 km a quarter = 600 km sum
    M: 200 km a month = 200 km sum
      W: 50 km a week = 50 km sum
        D: Run = 5 km
        D: Stretch
"""


@dataclass
class Desk:
    """The API, with Ann's and Eve's own trees, and a group of Ann and Ben. `roles` are Telegram's answers."""

    store: Store
    now: datetime = NOW
    roles: dict[tuple[int, int], frozenset[Role]] = field(default_factory=dict)
    rate: Rate = field(default_factory=lambda: Rate(10**6, 10**6))
    seconds: float = 0.0
    patience: float = 10.0
    allowed: frozenset[int] | None = None

    def __post_init__(self) -> None:
        self.secrets: dict[tuple[int, frozenset[Scope]], str] = {}
        self.open()

    def open(self) -> None:
        """Recreate the application with the present settings."""
        callers = Callers(self.store, BOT_TOKEN, self._roles_in, self.allowed)
        api = Api(
            self.store, callers, lambda: self.now, rate=self.rate, patience=self.patience, seconds=lambda: self.seconds
        )
        self.app = Starlette(routes=[Mount("/api", api_application(api))])

    async def _roles_in(self, chat_id: int, user_id: int) -> frozenset[Role]:
        return self.roles.get((chat_id, user_id), frozenset())

    async def secret_of(self, user_id: int, *scopes: Scope) -> str:
        """A new token of a user, with these scopes or all."""
        key = user_id, frozenset(scopes or GRANTED)
        if key not in self.secrets:
            secret = PREFIX + secrets.token_urlsafe(32)
            await make_token(self.store, Actor.alone(user_id), secret, key[1], "script", NOW)
            self.secrets[key] = secret
        return self.secrets[key]

    async def address_of(self, user_id: int, scope: Scope) -> str:
        """The secret of a user's address."""
        secret = PREFIX + secrets.token_urlsafe(32)
        await make_address(self.store, Actor.alone(user_id), secret, scope, NOW)
        return secret

    async def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        content: bytes | None = None,
        form: dict[str, str] | None = None,
        by: int | str | None = ANN,
        headers: dict[str, str] | None = None,
        **query: Any,
    ) -> httpx.Response:
        """The answer to a user with a token, or to a caller with this Authorization header (None: without)."""
        proof = f"Bearer {await self.secret_of(by)}" if isinstance(by, int) else by
        sent: dict[str, Any] = {"Authorization": proof.encode("utf-8", "surrogateescape")} if proof else {}
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://goaltree") as client:
            return await client.request(
                method,
                f"/api{path}",
                params=query,
                json=body,
                content=content,
                data=form,
                headers={**sent, **(headers or {})},
            )

    async def get(self, path: str, **more: Any) -> Any:
        """The JSON at a path."""
        answer = await self.ask("GET", path, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def ids(self, chat_id: int = ANN) -> dict[str, str]:
        """The ids of a chat's nodes by title."""
        result = await read_trees(self.store, Actor.host(chat_id), MONDAY)
        return {node.title: str(node.id) for one in result for node in one.tree.nodes.values()}

    async def plant(self, chat_id: int, outline: str) -> None:
        """Plant trees in a chat."""
        await plant(self.store, Actor.host(chat_id), parse_outline(outline, MONDAY), MONDAY, NOW)


async def desk_on(store: Store) -> Desk:
    """A desk with its people and trees."""
    desk = Desk(store)
    for person in (ANN, BEN, EVE):
        await welcome(store, Actor.host(person), OwnerType.PRIVATE, f"P{person}", "en", NOW)
    for group, title in ((GROUP, "Runners"), (OTHERS, "Others")):
        await welcome(store, Actor.host(group), OwnerType.GROUP, title, "en", NOW)
    for group, person in ((GROUP, ANN), (GROUP, BEN), (OTHERS, EVE)):
        await join(store, Actor.in_group(group, person), f"P{person}", NOW)
    await desk.plant(ANN, OUTLINE)
    await desk.plant(EVE, "Hers (from 2026-11-02)\n  D: Swim = 2 km\n")
    await desk.plant(GROUP, "Fit (from 2026-11-02)\n  D: Walk = 5 km\n  D: Read = 20 pages each\n")
    return desk


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    """The API on SQLite."""
    async with open_store(sqlite_url) as store:
        yield await desk_on(store)
