"""Pausing all check-ins of a chat, and resuming them."""

from __future__ import annotations

from datetime import UTC, datetime, time

from core.actions.owners import reopened, welcome
from core.actions.reminders import add_check_in, change_reminder, set_up_first, turn_check_ins_off, turn_check_ins_on
from core.asking.reminders import MessageKind
from core.asking.schedule import Schedule
from core.goals.model import OwnerType
from core.group.permissions import Actor
from core.ports.store import Store
from tests.core.reminders import list_reminders

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CHAT = 7


async def test_they_go_on_from_the_moment_they_are_taken_up(store: Store) -> None:
    await welcome(store, Actor.host(CHAT), OwnerType.PRIVATE, "", "en", NOW)
    await set_up_first(store, Actor.host(CHAT), NOW)
    await add_check_in(store, Actor.host(CHAT), Schedule(time(20)), NOW)
    paused = (await add_check_in(store, Actor.host(CHAT), Schedule(time(7), frozenset(range(5))), NOW)).reminder
    await change_reminder(store, Actor.host(CHAT), paused.id, NOW, paused=True)
    before = await list_reminders(store, Actor.host(CHAT))
    assert await turn_check_ins_off(store, Actor.host(CHAT), NOW) == 1
    later = datetime(2026, 11, 25, 21, tzinfo=UTC)
    back = await turn_check_ins_on(store, Actor.host(CHAT), later)
    assert [(result.schedule.at, result.next_due) for result in back] == [
        (time(20), datetime(2026, 11, 26, 20, tzinfo=UTC)),
        (time(7), datetime(2026, 11, 26, 7, tzinfo=UTC)),
    ]
    after = await list_reminders(store, Actor.host(CHAT))
    assert [result for result in after if result.kind is MessageKind.CHECK_IN] == back
    assert [result for result in after if result.kind.digest_of] == [
        result for result in before if result.kind.digest_of
    ]


async def test_nothing_is_turned_on_if_there_are_no_reminders(store: Store) -> None:
    await welcome(store, Actor.host(CHAT), OwnerType.PRIVATE, "", "en", NOW)
    assert await turn_check_ins_on(store, Actor.host(CHAT), NOW) == []


async def test_a_chat_that_never_wrote_is_not_made_by_letting_the_bot_in(store: Store) -> None:
    await reopened(store, Actor.host(CHAT), NOW)
    assert await store.read(lambda tx: tx.owners.all()) == []
