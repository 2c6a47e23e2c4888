"""The effect of a document on existing reminders."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from core.actions.documents import export_document, import_document
from core.actions.owners import change_settings, welcome
from core.actions.reminders import add_check_in, change_reminder, set_digest, set_up_first
from core.asking.reminders import WEEKLY, MessageKind, Reminder
from core.asking.schedule import Schedule
from core.errors import InvalidPlan
from core.goals.model import Level, OwnerType, QuietHours
from core.group.permissions import Actor
from core.ports.store import Store
from tests.core.reminders import list_reminders

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANNA, BEN, NOBODY, FRIENDS = 7, 8, 0, -9
GYM = {"key": "gym", "title": "Gym", "level": "daily"}
MORNING = {"kind": "check_in", "at": "07:00", "weekdays": ["mon", "wed"], "node": "gym"}


def document(**fields: Any) -> str:
    vision = {"key": "v", "title": "Fit", "starts_on": "2026-11-01", "children": [GYM]}
    return json.dumps({"format": "goaltree/1", "visions": [vision], **fields})


async def known(store: Store, chat_id: int = ANNA, type: OwnerType = OwnerType.PRIVATE) -> None:
    await welcome(store, Actor.host(chat_id), type, "", "en", NOW)


async def times(store: Store, chat_id: int = ANNA) -> list[str]:
    return [f"{result.kind} {result.schedule.at:%H:%M}" for result in await list_reminders(store, Actor.host(chat_id))]


async def full(store: Store) -> list[Reminder]:
    """Anna with every possible setting."""
    await known(store)
    await import_document(store, Actor.host(ANNA), document(), NOW)
    await set_up_first(store, Actor.host(ANNA), NOW)
    await change_settings(
        store,
        Actor.host(ANNA),
        NOW,
        timezone="Asia/Kolkata",
        quiet=QuietHours(time(22), time(7)),
        nudge_after=timedelta(hours=2),
    )
    [node_id] = await store.read(lambda tx: [n.id for n in tx.trees.visions_of(1)[0].nodes if n.key == "gym"])
    added = (await add_check_in(store, Actor.host(ANNA), Schedule(time(7), frozenset({0, 2})), NOW, node_id)).reminder
    await change_reminder(store, Actor.host(ANNA), added.id, NOW, paused=True)
    await set_digest(store, Actor.host(ANNA), Level.MONTHLY, Schedule(time(8, 15), end_of=Level.MONTHLY), NOW)
    return await list_reminders(store, Actor.host(ANNA))


async def test_an_exported_document_imports_the_same_elsewhere(store: Store) -> None:
    mine = await full(store)
    text = await export_document(store, Actor.host(ANNA))
    await known(store, BEN)
    done = await import_document(store, Actor.host(BEN), text, NOW)
    assert done.reminders_changed
    assert await export_document(store, Actor.host(BEN)) == text
    theirs = await list_reminders(store, Actor.host(BEN))
    assert [(r.kind, r.schedule, r.paused, r.next_due) for r in theirs] == [
        (r.kind, r.schedule, r.paused, r.next_due) for r in mine
    ]


async def test_the_same_document_twice_changes_nothing(store: Store) -> None:
    mine = await full(store)
    done = await import_document(
        store, Actor.host(ANNA), await export_document(store, Actor.host(ANNA)), NOW + timedelta(days=1)
    )
    assert done.unchanged
    assert await list_reminders(store, Actor.host(ANNA)) == mine


async def test_its_reminders_are_all_that_there_are_afterwards(store: Store) -> None:
    mine = await full(store)
    evening = {"kind": "check_in", "at": "20:00"}
    assert (
        await import_document(store, Actor.host(ANNA), document(reminders=[MORNING, evening]), NOW)
    ).reminders_changed
    assert await times(store) == ["check_in 20:00", "check_in 07:00"]
    [same] = [one for one in mine if one.kind is MessageKind.CHECK_IN and one.schedule.at == time(20)]
    assert same in await list_reminders(store, Actor.host(ANNA))  # the rest keeps its id
    assert (await import_document(store, Actor.host(ANNA), document(reminders=[]), NOW)).reminders_changed
    assert await times(store) == []
    assert await set_up_first(store, Actor.host(ANNA), NOW) is None


async def test_a_document_that_says_nothing_of_reminders_leaves_them(store: Store) -> None:
    mine = await full(store)
    assert (await import_document(store, Actor.host(ANNA), document(), NOW)).unchanged
    assert await list_reminders(store, Actor.host(ANNA)) == mine


async def test_a_document_that_is_refused_leaves_them(store: Store) -> None:
    mine = await full(store)
    with pytest.raises(InvalidPlan):
        await import_document(store, Actor.host(ANNA), document(reminders=[MORNING | {"at": "25:00"}]), NOW)
    assert await list_reminders(store, Actor.host(ANNA)) == mine


async def test_a_zone_and_quiet_hours_of_the_document_count_at_once(store: Store) -> None:
    await known(store)
    owner = {"timezone": "Asia/Kolkata", "quiet_hours": {"from": "06:00", "to": "07:30"}}
    await import_document(store, Actor.host(ANNA), document(owner=owner, reminders=[MORNING]), NOW)
    [result] = await list_reminders(store, Actor.host(ANNA))
    assert result.next_due == datetime(2026, 11, 25, 2, 0, tzinfo=UTC)  # 07:30 in Kolkata


async def test_nobodys_chat_keeps_reminders_at_rest_and_a_group_takes_them_over(store: Store) -> None:
    await known(store, NOBODY, OwnerType.LOCAL)
    await import_document(store, Actor.host(NOBODY), document(reminders=[MORNING]), NOW)
    assert [result.next_due for result in await list_reminders(store, Actor.host(NOBODY))] == [None]
    await change_settings(store, Actor.host(NOBODY), NOW, timezone="Asia/Kolkata")
    assert [result.next_due for result in await list_reminders(store, Actor.host(NOBODY))] == [None]
    assert json.loads(await export_document(store, Actor.host(NOBODY)))["reminders"] == [MORNING]
    await known(store, FRIENDS, OwnerType.GROUP)
    assert (await import_document(store, Actor.host(FRIENDS), document(reminders=[MORNING]), NOW)).reminders_changed
    assert len(await times(store, FRIENDS)) == 1


async def test_a_document_of_a_digest_alone(store: Store) -> None:
    await known(store)
    digest = {"kind": "weekly_digest", "at": "10:00", "weekdays": ["mon"]}
    await import_document(store, Actor.host(ANNA), document(reminders=[digest]), NOW)
    assert [result.schedule for result in await list_reminders(store, Actor.host(ANNA))] == [WEEKLY]
