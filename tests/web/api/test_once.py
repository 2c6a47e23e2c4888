"""A key makes every write happen once, whatever happens to the answer; and answers while the store is away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from core.actions.deliver import REPEATED_WITHIN, prune
from core.group.permissions import Actor
from core.ports.store import StoreUnavailable, Transaction
from tests.web.api.conftest import ANN, BEN, Desk
from tests.web.api.test_callers import init_data, tma
from web.api.endpoint import JSON

KEY = {"Idempotency-Key": "k1"}
BODY = {"name": "script", "scopes": ["read"]}


async def test_a_repeated_request_makes_one_token_and_shows_its_secret_once(desk: Desk) -> None:
    me = tma(init_data())
    first = (await desk.ask("POST", "/tokens", BODY, by=me, headers=KEY)).json()
    again = await desk.ask("POST", "/tokens", BODY, by=me, headers=KEY)
    assert again.status_code == 201
    assert again.json() == {**first, "secret": None}
    assert len((await desk.get("/tokens", by=me))["tokens"]) == 1
    ended = [await desk.ask("DELETE", f"/tokens/{first['id']}", by=me, headers={"Idempotency-Key": "k2"}) for _ in "12"]
    assert [(one.status_code, one.content) for one in ended] == [(204, b""), (204, b"")]


async def test_goals_are_planted_and_ended_once(desk: Desk) -> None:
    wanted = {"outline": "Read more\n  D: Read = 20 pages\n"}
    first = await desk.ask("POST", "/goals", wanted, headers=KEY)
    again = await desk.ask("POST", "/goals", wanted, headers=KEY)
    assert again.json() == first.json()
    assert again.json()["planted"][0]["isNew"] is True
    goal = (await desk.ids())["Read"]
    one, other = [await desk.ask("POST", f"/goals/{goal}/end", headers={"Idempotency-Key": "e"}) for _ in range(2)]
    assert (one.json()["outcome"], other.json()["outcome"]) == ("done", "repeated")


async def test_many_at_once_are_one(desk: Desk) -> None:
    me = tma(init_data())
    done = await asyncio.gather(*(desk.ask("POST", "/tokens", BODY, by=me, headers=KEY) for _ in range(8)))
    assert {one.status_code for one in done} <= {201, 409}
    assert {one.json()["code"] for one in done if one.status_code == 409} <= {"key_unanswered"}
    assert sum(bool(one.json().get("secret")) for one in done) == 1
    assert len((await desk.get("/tokens", by=me))["tokens"]) == 1


async def test_a_key_is_one_persons_and_stands_for_one_request(desk: Desk) -> None:
    await desk.ask("POST", "/goals", {"outline": "One\n  D: X\n"}, headers=KEY)
    reused = await desk.ask("POST", "/goals", {"outline": "Two\n  D: Y\n"}, headers=KEY)
    assert (reused.status_code, reused.json()["code"]) == (422, "key_reused")
    hers = await desk.ask("POST", "/goals", {"outline": "One\n  D: X\n"}, by=BEN, headers=KEY)
    assert hers.json()["planted"][0]["isNew"] is True


async def test_a_refused_request_may_be_repeated_with_its_key(desk: Desk) -> None:
    refused = await desk.ask("POST", "/goals", {"outline": "W: only a week"}, headers=KEY)
    assert refused.status_code == 422
    assert (await desk.ask("POST", "/goals", {"outline": "One\n  D: X\n"}, headers=KEY)).status_code == 200


async def test_a_lost_answer_is_not_made_up(desk: Desk) -> None:
    await desk.ask("POST", "/goals", {"outline": "One\n  D: X\n"}, headers=KEY)

    def forget_answer(tx: Transaction) -> None:
        tx.requests.save_answer(ANN, "k1", None, None)  # type: ignore[arg-type]

    await desk.store.write(forget_answer)
    again = await desk.ask("POST", "/goals", {"outline": "One\n  D: X\n"}, headers=KEY)
    assert (again.status_code, again.json()["code"]) == (409, "key_unanswered")
    await prune(desk.store, Actor.host(), desk.now + 2 * REPEATED_WITHIN)
    anew = await desk.ask("POST", "/goals", {"outline": "One\n  D: X\n"}, headers=KEY)
    assert anew.json()["planted"][0]["isNew"] is False


class Away:
    """A store whose database is away, or which fails."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def read(self, work: Callable[[Transaction], Any]) -> Any:
        raise self.error

    write = read


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [(StoreUnavailable("secret path"), 503, "store_away"), (KeyError("what Ann wrote"), 500, "request_failed")],
)
async def test_a_store_that_is_away_is_a_problem_to_come_back_with(
    desk: Desk, caplog: pytest.LogCaptureFixture, error: Exception, status: int, told: str
) -> None:
    await desk.secret_of(ANN)
    desk.store = Away(error)  # type: ignore[assignment]
    desk.open()
    for method, path, body in (("GET", "/goal-tree", None), ("POST", "/goals", {"outline": "A\n  D: B\n"})):
        answer = await desk.ask(method, path, body, headers=KEY)
        assert (answer.status_code, answer.json()["code"]) == (status, told)
        assert answer.headers["content-type"] == "application/problem+json"
        assert ("retry-after" in answer.headers) is (status == 503)
        assert "Ann wrote" not in answer.text + caplog.text
        assert "secret path" not in answer.text


async def test_peoples_words_are_cleaned(desk: Desk) -> None:
    ids = await desk.ids()
    half = b'{"date": "2026-11-02", "value": 1, "note": "half \\ud800"}'
    answer = await desk.ask("POST", f"/kpi-logs/{ids['Run']}/log", content=half, headers={"content-type": JSON})
    assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")
    noted = {"date": "2026-11-02", "value": 1, "note": "a\x07b\u202ec"}
    answer = await desk.ask("POST", f"/kpi-logs/{ids['Run']}/log", noted)
    assert answer.json()["log"]["note"] == "abc"
    await desk.ask("POST", "/goals", {"outline": "Evil\u202e twin\n  D: X\u200f\n"})
    assert {"Evil twin", "X"} <= (await desk.ids()).keys()
