"""Personal tokens: who makes, sees and revokes them, and whose a token is."""

from __future__ import annotations

from collections.abc import Collection, Set
from datetime import datetime

from core.actions.access import check_everywhere, user_of
from core.errors import CapReached, InvalidSetting, NotFound
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction
from core.tokens import ADDRESSES, GRANTED, LONGEST_NAME, MOST, ApiToken, Scope, digest


async def make_token(store: Store, actor: Actor, secret: str, scopes: Set[Scope], name: str, now: datetime) -> ApiToken:
    """Makes the secret a token of the actor's that may do what the scopes say. The secret itself is not kept.

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
    """Makes the secret the end of an address of the actor's, by which whoever has it does what the scope says. With
    `renew` it stands for all that there are with this scope, which end.

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
    """The actor's tokens with one of some scopes, in the order of their making. Raises `Refused`."""
    check_everywhere(actor, Act.OWN_AFFAIRS)
    user_id = user_of(actor)
    tokens = await store.read(lambda tx: tx.tokens.of_user(user_id))
    return [token for token in tokens if token.scopes & set(among)]


async def revoke_token(store: Store, actor: Actor, token_id: int) -> None:
    """Ends a token of the actor's: nobody gets in by it any more. Raises `NotFound` and `Refused`."""
    check_everywhere(actor, Act.OWN_AFFAIRS)
    user_id = user_of(actor)
    if not await store.write(lambda tx: tx.tokens.remove(user_id, token_id)):
        raise NotFound("token_gone")


async def token_of(store: Store, actor: Actor, secret: str) -> ApiToken | None:
    """The token of a secret, asked by the host for whoever shows it; None if it is none, or was revoked."""
    check_everywhere(actor, Act.OPERATE)
    wanted = digest(secret)
    return await store.read(lambda tx: tx.tokens.by_digest(wanted))
