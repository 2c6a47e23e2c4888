"""/hook and /calendar: making, listing and revoking secret addresses in the private chat."""

from __future__ import annotations

import re

from core.actions.tokens import token_of
from core.group.permissions import Actor
from core.tokens import ApiToken, Scope
from tests.bot.conftest import Stage


async def token(stage: Stage, secret: str) -> ApiToken | None:
    return await token_of(stage.store, Actor.host(), secret)


async def test_a_hook_is_made_shown_once_and_revoked(stage: Stage) -> None:
    await stage.restart(has_api=True, address="https://bot.example.org")
    ben = stage.talk("Ben")
    await ben.say("/start")
    [asked] = await ben.say("/hook")
    assert asked.buttons == ["New address"]
    listed, shown = await ben.tap("New address")
    [secret] = re.findall(r"https://bot\.example\.org/api/hooks/(gt_\S+)", shown.text)
    assert "delete this message" in shown.text
    assert secret not in listed.text
    assert "#1 (23 Nov)" in listed.text
    made = await token(stage, secret)
    assert made is not None
    assert (made.user_id, made.scopes) == (ben.person.id, frozenset({Scope.HOOK}))
    # It is no token for scripts, and not listed as one.
    assert "#1" not in (await ben.say("/token"))[0].text
    ada = stage.talk("Ada")
    await ada.say("/start")
    await ada.press(f"addr:end:h:{made.id}")
    assert await token(stage, secret) is not None
    await ben.say("/hook")
    [left] = await ben.tap("Revoke #1 (23 Nov)")
    assert "#1" not in left.text
    assert await token(stage, secret) is None


async def test_a_new_calendar_address_ends_the_old_one(stage: Stage) -> None:
    await stage.restart(has_api=True)
    ben = stage.talk("Ben")
    await ben.say("/start")
    await ben.say("/calendar")
    _, shown = await ben.tap("Give me the address")
    [old] = re.findall(r"/api/calendar/(gt_\S+)\.ics", shown.text)
    assert "belongs the address of this bot's server" in shown.text
    [asked] = await ben.say("/calendar")
    assert "Yours is from 23 Nov." in asked.text
    *_, shown = await ben.tap("New address")
    [new] = re.findall(r"/api/calendar/(gt_\S+)\.ics", shown.text)
    assert await token(stage, old) is None
    assert await token(stage, new) is not None
    await ben.say("/calendar")
    await ben.tap("Revoke #1 (23 Nov)")
    assert await token(stage, new) is None


async def test_elsewhere_and_without_a_server_it_says_so(stage: Stage) -> None:
    ben = stage.talk("Ben")
    await ben.say("/start")
    for command in ("/hook", "/calendar"):
        assert "no address of its own" in await ben.tell(command)
    await ben.press("addr:make:h")
    assert await stage.store.read(lambda tx: tx.tokens.of_user(ben.person.id)) == []
    await stage.restart(has_api=True)
    group = stage.group()
    await group.say("hello")
    assert "private chat" in await group.tell("/calendar")
