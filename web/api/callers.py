"""The callers of the API: scripts with a token, and Mini Apps with signed init data."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from starlette.requests import Request

from core.actions.tokens import token_of
from core.errors import NotFound, NotSignedIn
from core.group.permissions import Actor, Role, Via
from core.ports.store import Store
from core.records import record
from core.start_param import group_in
from core.tokens import PREFIX, ApiToken, Scope
from web.api.init_data import InitDataCheck

RolesIn = Callable[[int, int], Awaitable[frozenset[Role]]]
"""A user's role in a chat according to Telegram: `Role.ADMIN` for its admins, `Role.OUTSIDER` for other members."""

LONGEST_SECRET = 256
FRESH = timedelta(seconds=60)
"""How long Telegram's answer is trusted."""
REMEMBERED = 10_000
"""The most answers that are cached."""


@record
class Caller:
    """The person who calls, what the request may do for them, and the group through whose link the Mini App was
    opened."""

    user_id: int
    scopes: frozenset[Scope]
    language: str | None = None
    group: int | None = None


class Callers:
    """Identifies callers. `allowed` restricts them to some users, unless it is None."""

    def __init__(self, store: Store, bot_token: str, roles_in: RolesIn, allowed: frozenset[int] | None) -> None:
        self._store = store
        self._bot_token = bot_token
        self._init_data = InitDataCheck(bot_token)
        self._roles_in = roles_in
        self._allowed = allowed
        self._known: dict[tuple[int, int], tuple[frozenset[Role], datetime]] = {}

    async def caller(self, request: Request, now: datetime) -> Caller:
        """The caller. Raises `NotSignedIn`."""
        scheme, _, proof = request.headers.get("authorization", "").partition(" ")
        match scheme.lower():
            case "bearer":
                caller = await self._by_token(proof.strip())
            case "tma":
                caller = self._by_init_data(proof.strip(), now)
            case _:
                raise NotSignedIn("sign_in_needed")
        if not self._serves(caller.user_id):
            raise NotSignedIn("not_allowed")
        return caller

    async def by_address(self, secret: str, scope: Scope) -> Caller:
        """The caller who owns a secret address. Raises `NotFound` if it is unknown, revoked, or made for another
        purpose."""
        token = await self._token(secret)
        if token is None or scope not in token.scopes or not self._serves(token.user_id):
            raise NotFound("address_gone")
        return Caller(token.user_id, token.scopes)

    async def actor(self, caller: Caller, chat_id: int | None, now: datetime) -> Actor:
        """The caller's role towards the owner that they ask for: a given chat, or else the chat that they come from."""
        wanted = chat_id or caller.group or caller.user_id
        if wanted != caller.group:
            return Actor(wanted, caller.user_id, Via.API)
        return Actor(wanted, caller.user_id, Via.API, await self._roles(wanted, caller.user_id, now))

    async def _roles(self, chat_id: int, user_id: int, now: datetime) -> frozenset[Role]:
        key = chat_id, user_id
        known = self._known.get(key)
        if known is None or not timedelta(0) <= now - known[1] < FRESH:
            known = self._known[key] = await self._roles_in(chat_id, user_id), now
            if len(self._known) > REMEMBERED:
                self._known.pop(next(iter(self._known)))
        return known[0]

    async def _by_token(self, secret: str) -> Caller:
        token = await self._token(secret)
        if token is None:
            raise NotSignedIn("token_unknown")
        return Caller(token.user_id, token.scopes)

    async def _token(self, secret: str) -> ApiToken | None:
        if not secret.startswith(PREFIX) or len(secret) > LONGEST_SECRET:
            return None
        return await token_of(self._store, Actor.host(via=Via.API), secret)

    def _serves(self, user_id: int) -> bool:
        return self._allowed is None or user_id in self._allowed

    def _by_init_data(self, text: str, now: datetime) -> Caller:
        data = self._init_data.check(text, now)
        return Caller(data.user_id, frozenset(Scope), data.language, group_in(data.start_param, self._bot_token))
