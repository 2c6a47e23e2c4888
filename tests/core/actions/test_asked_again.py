"""Prompts that come again: a nudge, or after a snooze."""

from __future__ import annotations

import pytest

from core.actions.deliver import Snoozed, snooze
from core.actions.owners import change_settings
from core.asking.delivery import Delivered
from core.asking.reminders import MessageKind
from core.errors import NotFound
from core.goals.model import QuietHours
from core.group.permissions import Actor
from core.ports.store import Store
from tests.core.actions.delivering import EVENING, mark, next_try, prompt
from tests.core.actions.reminding import ANNA, HOUR, NOON, all_due, at, outbox, person, settled, states
from tests.databases import ON_SQLITE

pytestmark = ON_SQLITE


async def test_a_second_prompt_comes_some_hours_after_the_first_and_not_a_third(store: Store) -> None:
    claimed = await prompt(store)
    await change_settings(store, Actor.host(ANNA), NOON, nudge_after=2 * HOUR)
    await mark(store, claimed, Delivered(41))
    assert await next_try(store) == at("Mon 22:00")
    [nudge] = await settled(store, at("Mon 22:00"))
    assert (nudge.kind, nudge.on, nudge.after, nudge.chat_id) == (MessageKind.NUDGE, claimed.on, claimed.id, ANNA)
    assert nudge.useful_until == at("Tue 00:00")
    assert await next_try(store) is None


async def test_there_is_no_second_prompt_unless_wished_or_when_the_day_is_over_by_then(store: Store) -> None:
    claimed = await prompt(store)
    await change_settings(store, Actor.host(ANNA), NOON, nudge_after=5 * HOUR)
    await mark(store, claimed, Delivered(41))
    assert await next_try(store) is None
    await change_settings(
        store, Actor.host(ANNA), NOON, nudge_after=HOUR, quiet=QuietHours(at("Mon 20:30").time(), NOON.time())
    )
    await all_due(store, at("Tue 20:00"))
    await settled(store, at("Tue 20:00"))
    await change_settings(store, Actor.host(ANNA), NOON, nudge_after=None, quiet=None)
    await all_due(store, at("Wed 20:00"))
    await settled(store, at("Wed 20:00"))
    assert await states(store) == [("Mon", "sent"), ("Tue", "sent"), ("Wed", "sent")]


async def test_a_snooze_asks_once_more_however_often_it_is_tapped(store: Store) -> None:
    claimed = await prompt(store)
    await change_settings(store, Actor.host(ANNA), NOON, nudge_after=2 * HOUR)
    await mark(store, claimed, Delivered(41))
    again = await snooze(store, Actor.alone(ANNA), Snoozed(claimed.id, at("Mon 20:15"), "7:41:snooze"), EVENING)
    assert again is not None
    assert again.due_at == at("Mon 20:15")
    assert await snooze(store, Actor.alone(ANNA), Snoozed(claimed.id, at("Mon 21:00"), "7:41:snooze"), EVENING) is None
    [second] = await settled(store, at("Mon 20:15"))
    assert (second.kind, second.on, second.after) == (MessageKind.CHECK_IN, claimed.on, claimed.id)
    # It replaces the planned nudge, and its delivery plans no other.
    assert [(kept.kind, kept.state) for kept in await outbox(store)] == [
        ("check_in", "sent"), ("nudge", "dropped"), ("check_in", "sent"),
    ]  # fmt: skip


async def test_a_snooze_until_tomorrow_is_of_use_then_and_quiet_hours_count(store: Store) -> None:
    claimed = await prompt(store)
    await mark(store, claimed, Delivered(41))
    await change_settings(
        store, Actor.host(ANNA), NOON, quiet=QuietHours(at("Mon 22:00").time(), at("Mon 07:00").time())
    )
    again = await snooze(store, Actor.alone(ANNA), Snoozed(claimed.id, at("Tue 06:00"), "tap"), EVENING)
    assert again is not None
    assert (again.due_at, again.useful_until) == (at("Tue 07:00"), at("Wed 00:00"))


async def test_only_a_prompt_of_this_chat_is_snoozed(store: Store) -> None:
    claimed = await prompt(store)
    await person(store, 8)
    assert await snooze(store, Actor.alone(8), Snoozed(claimed.id, at("Mon 21:00"), "tap"), EVENING) is None
    assert await snooze(store, Actor.alone(ANNA), Snoozed(claimed.id + 1, at("Mon 21:00"), "tap"), EVENING) is None
    with pytest.raises(NotFound):
        await snooze(store, Actor.alone(9), Snoozed(claimed.id, at("Mon 21:00"), "tap"), EVENING)
