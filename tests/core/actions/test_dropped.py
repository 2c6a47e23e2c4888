"""Messages that wait to be sent when their reminder is turned off."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.actions.deliver import Snoozed, snooze
from core.actions.owners import change_settings
from core.actions.reminders import change_reminder, delete_reminder, set_up_first, turn_check_ins_off
from core.asking.delivery import Delivered
from core.asking.reminders import MessageKind
from core.group.permissions import Actor
from core.ports.store import Store
from tests.core.actions.delivering import EVENING, mark, prompt
from tests.core.actions.reminding import ANNA, HOUR, NOON, at, person, states
from tests.core.reminders import list_reminders
from tests.databases import ON_SQLITE

pytestmark = ON_SQLITE


async def test_off_drops_what_waits_and_leaves_the_digests(store: Store) -> None:
    claimed = await prompt(store)
    assert await set_up_first(store, Actor.host(ANNA), NOON) is None  # the check-in was set up by hand
    assert await snooze(store, Actor.alone(ANNA), Snoozed(claimed.id, at("Mon 21:00"), "tap"), EVENING)
    assert await turn_check_ins_off(store, Actor.host(ANNA), EVENING) == 1
    assert await turn_check_ins_off(store, Actor.host(ANNA), EVENING) == 0
    assert await states(store) == [("Mon", "sending"), ("Mon", "dropped")]
    assert {one.kind: one.next_due for one in await list_reminders(store, Actor.host(ANNA))} == {
        MessageKind.CHECK_IN: None,
        MessageKind.WEEKLY_DIGEST: datetime(2026, 11, 30, 10, tzinfo=UTC),
        MessageKind.QUARTERLY_DIGEST: datetime(2027, 1, 1, 10, tzinfo=UTC),
        MessageKind.YEARLY_DIGEST: datetime(2027, 1, 1, 10, tzinfo=UTC),
    }


@pytest.mark.parametrize("wish", ["nudge", "snooze"])
@pytest.mark.parametrize("end", ["pause", "delete"])
async def test_with_the_last_check_in_goes_what_was_to_come_back(store: Store, wish: str, end: str) -> None:
    claimed = await prompt(store)
    [first] = await list_reminders(store, Actor.host(ANNA))
    [other] = await person(store, ANNA, "07:00")
    await change_settings(store, Actor.host(ANNA), NOON, nudge_after=HOUR)
    await mark(store, claimed, Delivered(41))
    if wish == "snooze":
        await snooze(store, Actor.alone(ANNA), Snoozed(claimed.id, at("Mon 21:00"), "tap"), EVENING)

    async def leave(reminder_id: int) -> None:
        if end == "pause":
            await change_reminder(store, Actor.host(ANNA), reminder_id, EVENING, paused=True)
        else:
            await delete_reminder(store, Actor.host(ANNA), reminder_id, EVENING)

    await leave(other.id)
    assert (await states(store))[-1] == ("Mon", "pending")  # another one continues
    await leave(first.id)
    assert (await states(store))[-1] == ("Mon", "dropped")


async def test_a_digest_that_is_paused_leaves_the_prompts_alone(store: Store) -> None:
    claimed = await prompt(store)
    await set_up_first(store, Actor.host(ANNA), NOON)
    await snooze(store, Actor.alone(ANNA), Snoozed(claimed.id, at("Mon 21:00"), "tap"), EVENING)
    for result in await list_reminders(store, Actor.host(ANNA)):
        if result.kind.digest_of:
            await change_reminder(store, Actor.host(ANNA), result.id, EVENING, paused=True)
    assert (await states(store))[-1] == ("Mon", "pending")
