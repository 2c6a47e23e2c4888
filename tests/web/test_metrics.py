"""The metrics, as Prometheus reads them."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from core.asking.reminders import MessageState
from core.group.permissions import Actor
from core.ports.statistics import Digests, Waiting
from core.ports.store import Store
from storage import open_store
from tests.storage.planting import NOW
from tests.storage.remembering import MINUTE, message, owner_id, reminded, written
from web.address import Address
from web.application import application
from web.metrics import DatabaseFigures, Metrics
from web.probes import Readiness
from web.server import Server

TOKEN = "a-metrics-token"


def figures(text: bytes) -> dict[str, float]:
    """By name and labels."""
    return {
        sample.name + "".join(f",{value}" for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


def standing(**waiting: int) -> DatabaseFigures:
    return DatabaseFigures(Waiting(waiting, 3, 2, None, Digests(800, None)), 12.5, 90.0, {"tick": 1_795_000_000.0})


async def test_observed_events_are_counted() -> None:
    metrics = Metrics("1.2.3")
    metrics.handled("message", "handled", 0.02)
    metrics.handled("callback_query", "refused", 0.02)
    metrics.checked_off(8, 0.004)
    metrics.waited("scheduled", 1.5)
    metrics.made(4)
    metrics.sent("check_in", "429")
    metrics.ticked("deliver", 0.25, 0.01)
    result = figures(await metrics.text())
    assert result["goaltree_updates_total,message,handled"] == 1
    assert result["goaltree_updates_total,callback_query,refused"] == 1
    assert result["goaltree_check_off_seconds_count"] == 1
    assert result["goaltree_rollup_statements_sum"] == 8
    assert result["goaltree_rate_limit_wait_seconds_sum,scheduled"] == 1.5
    assert result["goaltree_reminders_made_total"] == 4
    assert result["goaltree_sends_total,check_in,429"] == 1
    assert result["goaltree_tick_lag_seconds,deliver"] == 0.25
    assert any(name.startswith("goaltree_build_info,3.") and name.endswith(",1.2.3") for name in result)
    assert result["process_resident_memory_bytes"] > 0
    assert result["process_open_fds"] > 0


async def test_two_of_them_know_nothing_of_each_other() -> None:
    one, other = Metrics("0"), Metrics("0")
    one.made(7)
    assert figures(await other.text())["goaltree_reminders_made_total"] == 0


async def test_the_database_is_asked_once_for_many_who_look() -> None:
    asked = 0

    async def ask() -> DatabaseFigures:
        nonlocal asked
        asked += 1
        return standing(pending=5)

    metrics = Metrics("0")
    metrics.read_from(ask, dict, 3600)
    for _ in range(3):
        result = figures(await metrics.text())
    assert asked == 1
    assert result["goaltree_outbox_messages,pending"] == 5
    assert result["goaltree_outbox_oldest_seconds"] == 12.5
    assert (result["goaltree_digests_waiting"], result["goaltree_digests_left_seconds"]) == (800, 90)
    assert result["goaltree_inbox_updates"] == 2
    assert result["goaltree_reminders_due"] == 3
    assert result["goaltree_last_timestamp_seconds,tick"] == 1_795_000_000
    assert result["goaltree_database_up"] == 1


async def test_without_a_database_there_are_still_figures() -> None:
    async def ask() -> DatabaseFigures:
        raise OSError("gone")

    metrics = Metrics("0")
    metrics.read_from(ask, dict)
    metrics.made(1)
    result = figures(await metrics.text())
    assert result["goaltree_database_up"] == 0
    assert result["goaltree_reminders_made_total"] == 1


async def test_waiting_messages_are_counted_and_timed(store: Store) -> None:
    anna = await owner_id(store)
    await reminded(store, anna, NOW - MINUTE)
    await reminded(store, anna, NOW + MINUTE)
    await written(store, message(anna, "late", NOW - MINUTE), message(anna, "early", NOW + MINUTE))
    waiting = await store.read(lambda tx: tx.statistics.waiting(NOW))
    assert waiting.reminders == 1
    assert waiting.outbox == {"pending": 2, "retry": 0, "sending": 0}
    assert waiting.late_since == NOW
    [claimed] = await store.write(lambda tx: tx.outbox.claim(NOW, NOW + MINUTE, 10))
    await store.write(lambda tx: tx.outbox.mark_sent(claimed, 1, NOW))
    waiting = await store.read(lambda tx: tx.statistics.waiting(NOW))
    assert waiting.outbox[MessageState.PENDING.value] == 1
    assert waiting.late_since is None
    assert (await store.read(lambda tx: tx.statistics.waiting(NOW + timedelta(hours=1)))).late_since == NOW


async def test_a_check_off_tells_its_statements_and_other_work_does_not(store_url: str) -> None:
    from core.actions.log import log
    from tests.laws.shared_tree import CHAT, make
    from tests.laws.stream import NOON, wanted

    metrics = Metrics("0")
    async with open_store(store_url, metrics) as store:
        await make(store)
        assert figures(await metrics.text())["goaltree_check_off_seconds_count"] == 0
        await log(store, Actor.alone(CHAT), await wanted(store, CHAT, 0), NOON)
        metrics.read_from(lambda: _never(), store.use)
        result = figures(await metrics.text())
        sizes = {name: value for name, value in result.items() if name.startswith("goaltree_database_connections")}
    assert result["goaltree_check_off_seconds_count"] == 1
    assert 0 < result["goaltree_rollup_statements_sum"] < 12
    assert sum(sizes.values()) >= 5
    assert all(value == 0 for name, value in result.items() if name.startswith("goaltree_database_in_use"))


async def _never() -> DatabaseFigures:
    raise OSError


@pytest.mark.parametrize(
    ("given", "status"),
    [(None, 401), ("", 401), ("Bearer", 401), ("Bearer wrong", 401), (f"Basic {TOKEN}", 401), (f"Bearer {TOKEN}", 200)],
)
async def test_only_who_knows_the_token_sees_them(given: str | None, status: int) -> None:
    server = Server(application(Readiness({}), Metrics("0"), metrics_token=TOKEN), Address("127.0.0.1", 0))
    address = await server.start()
    try:
        async with httpx.AsyncClient() as client:
            headers = {} if given is None else {"Authorization": given}
            answer = await client.get(f"http://{address}/metrics", headers=headers)
    finally:
        await server.stop()
    assert answer.status_code == status
    assert (b"goaltree_" in answer.content) is (status == 200)
    if status == 200:
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
