"""Callers of the API: tokens and init data, their rights, and rate limits."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from aiogram.utils.web_app import check_webapp_signature, safe_parse_webapp_init_data

from core.actions.forget import forget
from core.actions.tokens import list_tokens
from core.group.permissions import Actor, Role
from core.start_param import group_in, group_param
from core.tokens import Scope
from tests.web.api.conftest import ANN, BEN, BOT_TOKEN, EVE, GROUP, NOW, OTHERS, Desk
from web.api import answers
from web.api.init_data import InitDataCheck
from web.api.rate import Rate, RateLimit

MEMBER = frozenset({Role.OUTSIDER})


def init_data(user_id: int = ANN, *, token: str = BOT_TOKEN, at: datetime = NOW, **more: str) -> str:
    """Init data as Telegram signs it."""
    user = json.dumps({"id": user_id, "first_name": "Ann & Co", "language_code": "de"}, separators=(",", ":"))
    fields = {
        "query_id": "AAH", "user": user, "auth_date": f"{int(at.timestamp())}", "signature": "c2ln-_", **more
    }  # fmt: skip
    said = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    secret = hmac.digest(b"WebAppData", token.encode(), "sha256")
    return urlencode({**fields, "hash": hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()})


def tma(text: str) -> str:
    """The header of a Mini App."""
    return f"tma {text}"


async def code(desk: Desk, proof: str | None, path: str = "/goal-tree", **query: Any) -> tuple[int, str]:
    """The answer to a caller."""
    answer = await desk.ask("GET", path, by=proof, **query)
    return answer.status_code, "" if answer.status_code == 200 else answer.json()["code"]


async def test_nobody_gets_in_without_a_proof(desk: Desk) -> None:
    for proof, said in {
        None: "sign_in_needed",
        "Basic abc": "sign_in_needed",
        "Bearer": "token_unknown",
        "Bearer gt_nothing": "token_unknown",
        "Bearer gt_\udcff": "token_unknown",
        "tma": "init_data_invalid",
        "tma user=1&hash=2": "init_data_invalid",
    }.items():
        assert await code(desk, proof) == (401, said)
    answer = await desk.ask("GET", "/goal-tree", by=None)
    assert answer.headers["www-authenticate"].startswith("Bearer")
    answers.Problem.model_validate(answer.json())


async def test_init_data_are_checked_as_aiogram_checks_them(desk: Desk) -> None:
    text = init_data(chat_instance="-77", start_param="today")
    assert check_webapp_signature(BOT_TOKEN, text)
    assert safe_parse_webapp_init_data(BOT_TOKEN, text).user.id == ANN  # type: ignore[union-attr]
    result = InitDataCheck(BOT_TOKEN).check(text, NOW)
    assert (result.user_id, result.language, result.start_param) == (ANN, "de", "today")
    assert await code(desk, tma(text)) == (200, "")


def _altered(text: str, name: str, value: str) -> str:
    from urllib.parse import parse_qsl

    return urlencode([(key, value if key == name else old) for key, old in parse_qsl(text)])


GOOD = init_data(start_param="x")
HOSTILE = {
    "another bot's": init_data(token="654321:other"),
    "another's id": _altered(GOOD, "user", json.dumps({"id": EVE})),
    "another start": _altered(GOOD, "start_param", group_param(GROUP, BOT_TOKEN)),
    "another signature": _altered(GOOD, "signature", "bm8"),
    "a later date": _altered(GOOD, "auth_date", f"{int(NOW.timestamp()) + 60}"),
    "a field more": GOOD + "&is_admin=1",
    "a key twice": GOOD + "&start_param=x",
    "the hash twice": GOOD + "&hash=" + "0" * 64,
    "no hash": GOOD.partition("&hash=")[0],
    "an empty hash": _altered(GOOD, "hash", ""),
    "a hash of letters": _altered(GOOD, "hash", "ä" * 64),
    "no user": init_data(user=""),
    "a user that is a list": init_data(user="[]"),
    "a user whose id is true": init_data(user='{"id":true}'),
    "a deep user": init_data(user="[" * 3000),
    "no date": init_data(auth_date=""),
    "a date in other digits": init_data(auth_date="١٧٩٣٦٢٠٨٠٠"),
    "too long": init_data(start_param="x" * 10_000),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
async def test_altered_init_data_are_nobodys(desk: Desk, text: str) -> None:
    assert await code(desk, tma(text)) == (401, "init_data_invalid")


async def test_init_data_hold_for_a_day(desk: Desk) -> None:
    assert await code(desk, tma(init_data(at=NOW - timedelta(hours=23)))) == (200, "")
    for at in (NOW - timedelta(hours=25), NOW + timedelta(hours=1)):
        assert await code(desk, tma(init_data(at=at))) == (401, "init_data_expired")
    open_app = tma(init_data())
    assert await code(desk, open_app) == (200, "")
    desk.now += timedelta(hours=25)
    assert await code(desk, open_app) == (401, "init_data_expired")
    good = tma(init_data())
    desk.now += timedelta(hours=25)
    assert await code(desk, good) == (401, "init_data_expired")


async def test_a_groups_link_opens_its_tree_to_everyone_in_the_group(desk: Desk) -> None:
    link = group_param(GROUP, BOT_TOKEN)
    assert (group_in(link, BOT_TOKEN), group_in(link, "another"), group_in(link[:-1], BOT_TOKEN)) == (GROUP, None, None)
    trees = await desk.get("/goal-tree", by=tma(init_data(BEN, start_param=link)))
    assert [one["title"] for one in trees["visions"]] == ["Fit"]
    # A person unknown here: Telegram says whether they are in the group.
    assert await code(desk, tma(init_data(EVE, start_param=link))) == (404, "chat_unknown")
    desk.roles[GROUP, EVE] = MEMBER
    desk.now += timedelta(minutes=1)
    assert await code(desk, tma(init_data(EVE, start_param=link))) == (200, "")
    # Without the link Telegram is not asked, and a link to one group opens no other.
    assert await code(desk, tma(init_data(EVE)), owner=str(GROUP)) == (404, "chat_unknown")
    assert await code(desk, tma(init_data(BEN, start_param=link)), owner=str(OTHERS)) == (404, "chat_unknown")
    ids = await desk.ids(GROUP)
    body = {"date": "2026-11-02", "value": 1}
    by = tma(init_data(EVE, start_param=link))
    refused = await desk.ask("POST", f"/kpi-logs/{ids['Walk']}/log", body, by=by)
    assert (refused.status_code, refused.json()["code"]) == (403, "join_first")


async def test_a_token_may_do_what_its_scopes_say(desk: Desk) -> None:
    ids = await desk.ids()
    read, log = [f"Bearer {await desk.secret_of(ANN, scope)}" for scope in (Scope.READ, Scope.LOG)]
    body = {"date": "2026-11-02", "value": 1}
    assert (await desk.ask("GET", "/goal-tree", by=read)).status_code == 200
    assert (await desk.ask("POST", f"/kpi-logs/{ids['Run']}/log", body, by=log)).status_code == 200
    for answer in (
        await desk.ask("GET", "/goal-tree", by=log),
        await desk.ask("POST", f"/kpi-logs/{ids['Run']}/log", body, by=read),
        await desk.ask("GET", "/tokens"),
        await desk.ask("POST", "/tokens", {"scopes": ["read"]}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


async def test_a_person_makes_sees_and_revokes_tokens(desk: Desk) -> None:
    me = tma(init_data())
    made = await desk.ask("POST", "/tokens", {"name": "backup", "scopes": ["read", "log"]}, by=me)
    assert made.status_code == 201
    token = answers.NewToken.model_validate(made.json())
    assert await code(desk, f"Bearer {token.secret}") == (200, "")
    listed = await desk.ask("GET", "/tokens", by=me)
    assert [(one["name"], one["scopes"]) for one in listed.json()["tokens"]] == [("backup", ["log", "read"])]
    assert token.secret is not None
    assert token.secret not in listed.text
    assert (await desk.ask("DELETE", f"/tokens/{token.id}", by=tma(init_data(EVE)))).status_code == 404
    assert (await desk.ask("DELETE", f"/tokens/{token.id}", by=me)).status_code == 204
    assert await code(desk, f"Bearer {token.secret}") == (401, "token_unknown")
    refused = await desk.ask("POST", "/tokens", {"scopes": ["account"]}, by=me)
    assert refused.json()["code"] == "scopes_unknown"
    for _ in range(20):
        await desk.ask("POST", "/tokens", {"scopes": ["read"]}, by=me)
    full = await desk.ask("POST", "/tokens", {"scopes": ["read"]}, by=me)
    assert (full.status_code, full.json()["code"]) == (409, "tokens_full")


async def test_only_a_hash_of_a_token_is_kept_and_who_is_forgotten_has_none(desk: Desk, tmp_path: Any) -> None:
    secret = await desk.secret_of(ANN)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert secret.encode() not in kept
    await forget(desk.store, Actor.alone(ANN), lambda owner: "Nobody", NOW)
    assert await list_tokens(desk.store, Actor.alone(ANN)) == []
    assert await code(desk, f"Bearer {secret}") == (401, "token_unknown")


async def test_users_who_may_not_use_the_bot_have_no_api(desk: Desk) -> None:
    desk.allowed = frozenset({BEN})
    desk.open()
    assert await code(desk, tma(init_data())) == (401, "not_allowed")
    assert await code(desk, tma(init_data(BEN))) == (200, "")


async def test_a_caller_asks_so_often_and_no_more(desk: Desk) -> None:
    desk.rate = Rate(at_once=3, a_minute=60)
    desk.open()
    assert [(await desk.ask("GET", "/owners")).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = await desk.ask("GET", "/owners", headers={"Accept-Language": "en"})
    assert (refused.headers["retry-after"], refused.json()["detail"]) == ("1", "Too many requests: wait a second.")
    assert (await desk.ask("GET", "/owners", by=BEN)).status_code == 200
    desk.seconds += 1
    assert [(await desk.ask("GET", "/owners")).status_code for _ in range(2)] == [200, 429]


def test_the_least_recent_caller_is_forgotten_first() -> None:
    limit = RateLimit(Rate(at_once=1, a_minute=1))
    assert (limit.wait("a", 0), limit.wait("a", 0)) == (0, 60)
    for other in range(20_000):
        limit.wait(other, 0)
    assert limit.wait("a", 0) == 0


async def test_answers_are_never_cached_nor_shared_with_pages(desk: Desk) -> None:
    for answer in (
        await desk.ask("GET", "/goal-tree"),
        await desk.ask("GET", "/goal-tree", by=None),
        await desk.ask("GET", "/nothing"),
        await desk.ask("DELETE", "/goal-tree"),
        await desk.ask("GET", "/goal-tree", headers={"Origin": "https://evil.example"}),
        await desk.ask("OPTIONS", "/goal-tree", headers={"Origin": "https://evil.example"}),
    ):
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert not [name for name in answer.headers if name.startswith("access-control")]
        if answer.status_code != 200:
            assert answer.headers["content-type"] == "application/problem+json"


async def test_a_body_is_json_and_not_too_large(desk: Desk) -> None:
    ids = await desk.ids()
    path = f"/kpi-logs/{ids['Run']}/log"
    large = await desk.ask("POST", path, {"date": "2026-11-02", "note": "x" * 70_000})
    assert (large.status_code, large.json()["code"]) == (413, "body_too_large")
    other = await desk.ask("POST", path, {"date": "2026-11-02"}, headers={"Content-Type": "text/plain"})
    assert (other.status_code, other.json()["code"]) == (415, "not_json")
    key = await desk.ask("POST", path, {"date": "2026-11-02"}, headers={"Idempotency-Key": "a b"})
    assert key.json()["code"] == "key_unfit"
