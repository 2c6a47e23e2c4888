"""Phones and homes that log through a secret address."""

from __future__ import annotations

import base64
from typing import Any

import httpx
import pytest

from core.actions.tokens import list_tokens, revoke_token
from core.group.permissions import Actor
from core.tokens import ADDRESSES, Scope
from tests.web.api.conftest import ANN, EVE, Desk
from tests.web.api.test_callers import init_data, tma
from web.api.rate import Rate


@pytest.fixture
async def address(desk: Desk) -> str:
    """Ann's hook."""
    return f"/hooks/{await desk.address_of(ANN, Scope.HOOK)}"


async def said(desk: Desk, address: str, body: object, **more: Any) -> httpx.Response:
    return await desk.ask("POST", address, body, by=None, **more)


async def value(desk: Desk, title: str) -> object:
    day = await desk.get("/daily-kpis/2026-11-02")
    return next(one["currentValue"] for one in day["kpis"] if one["title"] == title)


@pytest.mark.parametrize("sent", [5, "5", "5,0", 5.0])
async def test_a_number_is_logged_whichever_way_it_is_written(desk: Desk, address: str, sent: object) -> None:
    answer = await said(desk, address, {"goal": "run", "value": sent, "note": "from my watch"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["log"]["value"] == 5
    assert [one["title"] for one in answer.json()["updatedProgress"]][-1] == "Run a marathon"
    assert answer.json()["log"]["note"] == "from my watch"


@pytest.mark.parametrize("sent", [{}, {"value": True}, {"value": "yes"}, {"value": None}])
async def test_a_tick_needs_no_value(desk: Desk, address: str, sent: dict[str, object]) -> None:
    answer = await said(desk, address, {"goal": "Stretch", **sent})
    assert answer.json()["log"]["isCompleted"] is True
    undone = await said(desk, address, {"goal": "Stretch", "value": False})
    assert undone.json()["log"]["isCompleted"] is False
    skipped = await said(desk, address, {"goal": "Stretch", "skipped": "true"})
    assert skipped.json()["log"]["skipped"] is True


async def test_forms_of_both_kinds_are_taken(desk: Desk, address: str) -> None:
    plain = await desk.ask("POST", address, by=None, form={"goal": "Run", "value": "2", "note": ""})
    assert plain.json()["log"]["value"] == 2
    parts = b'--x\r\nContent-Disposition: form-data; name="goal"\r\n\r\nRun\r\n'
    parts += b'--x\r\nContent-Disposition: form-data; name="value"\r\n\r\n3\r\n--x--\r\n'
    kind = {"content-type": "multipart/form-data; boundary=x"}
    assert (await desk.ask("POST", address, by=None, content=parts, headers=kind)).status_code == 200
    assert await value(desk, "Run") == 5
    for body, sort in (
        (parts.replace(b'name="value"', b'name="value"; filename="a"'), kind["content-type"]),
        (parts[:40], kind["content-type"]),
        (parts, "multipart/form-data"),
        (b"goal=Run&goal=Stretch", "application/x-www-form-urlencoded"),
        (b"&".join(b"f%d=1" % n for n in range(30)), "application/x-www-form-urlencoded"),
    ):
        answer = await desk.ask("POST", address, by=None, content=body, headers={"content-type": sort})
        assert (answer.status_code, answer.json()["code"]) in ((422, "form_unfit"), (422, "request_invalid")), body
    other = await desk.ask("POST", address, by=None, content=b"Run", headers={"content-type": "text/plain"})
    assert (other.status_code, other.json()["code"]) == (415, "not_json_nor_form")
    assert await value(desk, "Run") == 5


@pytest.mark.parametrize("by_header", [True, False])
async def test_the_same_key_counts_once(desk: Desk, address: str, by_header: bool) -> None:
    body: dict[str, object] = {"goal": "Run", "value": 5, **({} if by_header else {"id": "k1"})}
    headers = {"Idempotency-Key": "k1"} if by_header else {}
    outcomes = [(await said(desk, address, body, headers=headers)).json()["outcome"] for _ in range(3)]
    assert outcomes == ["logged", "repeated", "repeated"]
    assert await value(desk, "Run") == 5
    differ = await said(desk, address, {**body, "id": "other"}, headers={"Idempotency-Key": "k1"})
    assert differ.json()["code"] == "two_keys"


async def test_names_are_matched_strictly(desk: Desk, address: str) -> None:
    await desk.plant(ANN, "Second (from 2026-11-02)\n  D: Run = 5 km\n  D: Running shoes\n")
    twice = await said(desk, address, {"goal": "run", "value": 5})
    assert (twice.status_code, twice.json()["code"]) == (422, "goal_ambiguous")
    one, other = twice.json()["values"]["candidates"]
    assert (one[-6:], other) == (" / Run", "Second / Run"), twice.json()
    assert (await said(desk, address, {"goal": other, "value": 5})).json()["log"]["value"] == 5
    near = await said(desk, address, {"goal": "runing", "value": 5})
    assert (near.status_code, near.json()["code"]) == (404, "goal_not_called")
    assert "Second / Running shoes" in near.json()["detail"]
    nothing = await said(desk, address, {"goal": "xyzzy"})
    assert (nothing.status_code, nothing.json()["code"]) == (404, "goal_unnamed")
    # Goals of others and of groups do not appear, not even as candidates.
    for theirs in ("Swim", "Walk"):
        assert (await said(desk, address, {"goal": theirs, "value": 5})).json()["values"] == {"name": theirs}
    assert (await said(desk, address, {"goal": "Run a marathon"})).status_code == 404


async def test_an_address_opens_nothing_else_and_nothing_else_opens_it(desk: Desk, address: str) -> None:
    secret = address.rsplit("/", 1)[1]
    as_token = await desk.ask("GET", "/goal-tree", by=f"Bearer {secret}")
    assert (as_token.status_code, as_token.json()["code"]) == (403, "scope_missing")
    feed = await desk.ask("GET", f"/calendar/{secret}.ics", by=None)
    assert (feed.status_code, feed.json()["code"]) == (404, "address_gone")
    for other in (
        await desk.secret_of(ANN),
        await desk.address_of(ANN, Scope.CALENDAR),
        "gt_x",
        "x",
        "gt_" + "a" * 300,
    ):
        gone = await said(desk, f"/hooks/{other}", {"goal": "Stretch"})
        assert (gone.status_code, gone.json()["code"]) == (404, "address_gone"), other
    assert (await desk.get("/tokens", by=tma(init_data())))["tokens"][0]["scopes"] == ["log", "plan", "read"]
    [hook, _] = await list_tokens(desk.store, Actor.alone(ANN), ADDRESSES)
    await revoke_token(desk.store, Actor.alone(ANN), hook.id)
    assert (await said(desk, address, {"goal": "Stretch"})).json()["code"] == "address_gone"


async def test_only_a_hash_is_kept(desk: Desk, address: str) -> None:
    secret = address.rsplit("/", 1)[1]
    kept = await desk.store.read(lambda tx: tx.tokens.of_user(ANN))
    assert kept
    assert secret not in repr(kept)
    assert base64.b64encode(secret.encode()).decode() not in repr(kept)


async def test_banned_callers_and_too_many_requests(desk: Desk, address: str) -> None:
    desk.rate = Rate(3, 60)
    desk.open()
    answers = [(await said(desk, "/hooks/gt_revoked", {"goal": "Run"})).status_code for _ in range(5)]
    assert answers == [404, 404, 404, 429, 429]
    codes = [(await said(desk, address, {"goal": "Stretch"})).status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    desk.seconds += 10
    desk.allowed = frozenset({EVE})
    desk.open()
    assert (await said(desk, address, {"goal": "Stretch"})).json()["code"] == "address_gone"
