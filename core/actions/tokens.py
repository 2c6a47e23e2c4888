"""Personal tokens: making, listing, revoking and recognising them."""

from __future__ import annotations

from collections.abc import Collection, Set
from datetime import datetime

from core.actions.access import check_everywhere, user_of
from core.errors import CapReached, InvalidSetting, NotFound
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction
from core.tokens import ADDRESSES, GRANTED, LONGEST_NAME, MOST, ApiToken, Scope, digest


async def make_token(store: Store, actor: Actor, secret: str, scopes: Set[Scope], name: str, now: datetime) -> ApiToken:
    """Stores a token of the actor's, with this secret and these scopes. The secret itself is not kept.

    Raises `InvalidSetting` for scopes that no token can have, `CapReached` and `Refused`.
    """
    check_everywhere(actor, Act.OWN_AFFAIRS)
    if not scopes or not scopes <= set(GRANTED):
        raise InvalidSetting("scopes_unknown")
    user_id, called = user_of(actor), name.strip()[:LONGEST_NAME]

    def work(tx: Transaction) -> ApiToken:
        if len(tx.tokens.of_user(user_id)) >= MOST:
            raise CapReached("tokens_full", count=MOST)
        return tx.tokens.add(user_id, called, scopes, digest(secret), now)

    return await store.write(work)


async def make_address(
    store: Store, actor: Actor, secret: str, scope: Scope, now: datetime, *, renew: bool = False
) -> ApiToken:
    """Stores a secret address of the actor's: anybody who has it may do what the scope says. `renew` ends all earlier
    addresses with this scope.

    Raises `InvalidSetting`, `CapReached` and `Refused`.
    """
    check_everywhere(actor, Act.OWN_AFFAIRS)
    if scope not in ADDRESSES:
        raise InvalidSetting("scopes_unknown")
    user_id = user_of(actor)

    def work(tx: Transaction) -> ApiToken:
        there = tx.tokens.of_user(user_id)
        same = [token for token in there if renew and scope in token.scopes]
        for token in same:
            tx.tokens.remove(user_id, token.id)
        if len(there) - len(same) >= MOST:
            raise CapReached("tokens_full", count=MOST)
        return tx.tokens.add(user_id, "", {scope}, digest(secret), now)

    return await store.write(work)


async def list_tokens(store: Store, actor: Actor, among: Collection[Scope] = GRANTED) -> list[ApiToken]:
    """The actor's tokens with one of some scopes, in the order of creation. Raises `Refused`."""
    check_everywhere(actor, Act.OWN_AFFAIRS)
    user_id = user_of(actor)
    tokens = await store.read(lambda tx: tx.tokens.of_user(user_id))
    return [token for token in tokens if token.scopes & set(among)]


async def revoke_token(store: Store, actor: Actor, token_id: int) -> None:
    """Revokes one of the actor's tokens. Raises `NotFound` and `Refused`."""
    check_everywhere(actor, Act.OWN_AFFAIRS)
    user_id = user_of(actor)
    if not await store.write(lambda tx: tx.tokens.remove(user_id, token_id)):
        raise NotFound("token_gone")


async def token_of(store: Store, actor: Actor, secret: str) -> ApiToken | None:
    """The token of a secret, for the host to identify a caller; None if it is unknown or was revoked."""
    check_everywhere(actor, Act.OPERATE)
    wanted = digest(secret)
    return await store.read(lambda tx: tx.tokens.by_digest(wanted))
