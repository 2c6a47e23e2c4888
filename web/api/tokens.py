"""The caller's tokens. Only the person can list, make and revoke them; a token cannot."""

from __future__ import annotations

import secrets
from typing import Annotated

from pydantic import Field

from core.actions.tokens import list_tokens, make_token, revoke_token
from core.tokens import LONGEST_NAME, PREFIX, ApiToken, Scope
from web.api import answers
from web.api.endpoint import Answer, Call, Endpoint, Nothing
from web.api.shapes import Id, OfCaller, Said, Shape


class TokenQuery(OfCaller):
    token_id: Id


class TokenBody(Shape):
    name: Annotated[Said, Field(max_length=LONGEST_NAME)] = ""
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(Scope))]


async def all_tokens(call: Call[OfCaller, Nothing]) -> Answer:
    """The caller's tokens, without their secrets."""
    return Answer({"tokens": [_token(one) for one in await list_tokens(call.store, call.actor)]})


async def new_token(call: Call[OfCaller, TokenBody]) -> Answer:
    """Make a token. Its secret is in this answer only; a repeated request gets null."""
    secret = PREFIX + secrets.token_urlsafe(32)
    body = call.body
    made = await make_token(call.store, call.actor, secret, frozenset(body.scopes), body.name, call.now)
    told = _token(made)
    return Answer({**told, "secret": secret}, 201, repeated={**told, "secret": None})


async def end_token(call: Call[TokenQuery, Nothing]) -> Answer:
    """Revoke a token."""
    await revoke_token(call.store, call.actor, call.query.token_id)
    return Answer(None, 204)


def _token(token: ApiToken) -> dict[str, object]:
    return {
        "id": str(token.id),
        "name": token.name,
        "scopes": sorted(token.scopes),
        "createdAt": token.created_at.isoformat(timespec="seconds"),
    }


ENDPOINTS = (
    Endpoint("GET", "/tokens", Scope.ACCOUNT, all_tokens, OfCaller, answers.TokensShape),
    Endpoint("POST", "/tokens", Scope.ACCOUNT, new_token, OfCaller, answers.NewToken, TokenBody, 201),
    Endpoint("DELETE", "/tokens/{tokenId}", Scope.ACCOUNT, end_token, TokenQuery, None, status=204),
)
