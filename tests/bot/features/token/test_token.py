"""/token: making, listing and revoking tokens for the API in the private chat."""

from __future__ import annotations

import re

from core.actions.tokens import token_of
from core.group.permissions import Actor
from core.tokens import ApiToken, Scope
from tests.bot.conftest import Stage


async def token(stage: Stage, secret: str) -> ApiToken | None:
    return await token_of(stage.store, Actor.host(), secret)


async def test_a_token_is_made_shown_once_and_revoked(stage: Stage) -> None:
    await stage.restart(has_api=True)
    ben = stage.talk("Ben")
    await ben.say("/start")
    [asked] = await ben.say("/token")
    assert asked.buttons == ["New: read", "New: read and log", "New: read, log and plan"]
    listed, shown = await ben.tap("New: read and log")
    [secret] = re.findall(r"gt_\S+", shown.text)
    assert "delete this message" in shown.text
    assert secret not in listed.text
    assert "#1 (23 Nov): read and log" in listed.text
    made = await token(stage, secret)
    assert made is not None
    assert (made.user_id, made.scopes) == (ben.person.id, frozenset({Scope.READ, Scope.LOG}))
    # Somebody else's button does nothing.
    ada = stage.talk("Ada")
    await ada.say("/start")
    await ada.say("/token")
    await ada.press(f"token:end:{made.id}")
    assert await token(stage, secret) is not None
    await ben.say("/token")
    [left] = await ben.tap("Revoke #1 (23 Nov)")
    assert "#1" not in left.text
    assert await token(stage, secret) is None


async def test_in_a_group_tokens_are_asked_for_elsewhere(stage: Stage) -> None:
    await stage.restart(has_api=True)
    group = stage.group()
    await group.say("hello")
    assert "private chat" in await group.tell("/token")


async def test_without_a_server_there_are_no_tokens(stage: Stage) -> None:
    ben = stage.talk("Ben")
    await ben.say("/start")
    assert "has no API" in await ben.tell("/token")
    await ben.press("token:make:r")
    assert await stage.store.read(lambda tx: tx.tokens.of_user(ben.person.id)) == []
