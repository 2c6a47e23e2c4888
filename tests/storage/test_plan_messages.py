"""Plans that people sent: found by any of their messages, and forgotten after some days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.ports.plan_messages import PlanMessage, Stage
from core.ports.store import Store

NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
PLAN = PlanMessage(
    7, 20, 9, NOW, {21: "  D: Swim", 20: "Fit\n  D: Run"}, Stage.FAULTY, {2: "  D: Jog"}, (3,), "Fit", {5: False}
)


async def put(store: Store, plan: PlanMessage) -> None:
    await store.write(lambda tx: tx.plan_messages.put(plan))


async def get(store: Store, message_id: int, chat_id: int = 7) -> PlanMessage | None:
    return await store.read(lambda tx: tx.plan_messages.get(chat_id, message_id))


def test_its_text_is_that_of_all_parts_in_order_with_the_lines_that_were_corrected() -> None:
    assert PLAN.text == "Fit\n  D: Jog\n  D: Swim"


async def test_a_plan_is_found_by_each_of_its_messages(store: Store) -> None:
    await put(store, PLAN)
    await put(store, replace(PLAN, message_id=23, parts={23: "Other"}))
    assert await get(store, 20) == await get(store, 21) == PLAN
    assert await get(store, 22) is None
    assert await get(store, 20, chat_id=8) is None


async def test_the_last_one_of_a_person(store: Store) -> None:
    await put(store, PLAN)
    later = replace(PLAN, message_id=30, parts={30: "Later"}, user_id=10)
    await put(store, later)
    assert await store.read(lambda tx: tx.plan_messages.latest(7, 9)) == PLAN
    assert await store.read(lambda tx: tx.plan_messages.latest(7, 10)) == later
    assert await store.read(lambda tx: tx.plan_messages.latest(8, 9)) is None


async def test_it_is_replaced_and_forgotten(store: Store) -> None:
    await put(store, PLAN)
    planted = replace(PLAN, stage=Stage.PLANTED, visions=(3, 4))
    await put(store, planted)
    assert await get(store, 20) == planted
    await put(store, replace(PLAN, message_id=90, parts={90: "New"}, at=NOW + timedelta(days=4)))
    assert await get(store, 20) is None
    await store.write(lambda tx: tx.plan_messages.forget(9))
    assert await get(store, 90) is None
    await put(store, PLAN)
    await store.write(lambda tx: tx.plan_messages.move(7, -100))
    assert await get(store, 20) is None
