"""People who block the bot, and groups that move."""

from __future__ import annotations

from core.actions.deliver import NOWHERE, Snoozed, claim, settle, snooze
from core.actions.owners import change_settings, heard_again
from core.actions.plant import plant
from core.asking.delivery import Delivered, Moved, ShutOut
from core.goals.model import OwnerType
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from core.ports.store import Store
from tests.core.actions.delivering import EVENING, mark, prompt, read_owner
from tests.core.actions.reminding import ANNA, HOUR, NOON, all_due, at, outbox, person, states
from tests.core.reminders import list_reminders
from tests.databases import ON_SQLITE

pytestmark = ON_SQLITE


async def test_someone_who_shuts_the_bot_out_is_left_alone_until_heard_of_again(store: Store) -> None:
    claimed = await prompt(store)
    await change_settings(store, Actor.host(ANNA), NOON, nudge_after=HOUR)
    assert await snooze(store, Actor.alone(ANNA), Snoozed(claimed.id, at("Mon 21:00"), "tap"), EVENING)
    await mark(store, claimed, ShutOut("Forbidden: bot was blocked by the user"))
    assert await states(store) == [("Mon", "dropped"), ("Mon", "dropped")]
    owner = await read_owner(store)
    assert owner is not None
    assert owner.unreachable_since == EVENING
    assert [one.next_due for one in await list_reminders(store, Actor.host(ANNA))] == [None]
    await change_settings(store, Actor.host(ANNA), EVENING, timezone="Europe/Berlin")
    assert [one.next_due for one in await list_reminders(store, Actor.host(ANNA))] == [None]
    await change_settings(store, Actor.host(ANNA), EVENING, timezone="UTC")

    back = await heard_again(store, Actor.host(ANNA), at("Wed 10:00"))
    assert back.unreachable_since is None
    assert [one.next_due for one in await list_reminders(store, Actor.host(ANNA))] == [at("Wed 20:00")]
    assert await heard_again(store, Actor.host(ANNA), at("Wed 11:00")) == back
    await all_due(store, at("Wed 20:00"))
    assert (await states(store))[-1] == ("Wed", "pending")


async def test_a_group_that_moved_takes_all_along_and_the_message_is_sent_there(store: Store) -> None:
    claimed = await prompt(store, type=OwnerType.GROUP, chat_id=-5)
    await store.write(lambda tx: tx.conversations.put(-5, 1, {"state": "plan"}, NOON))
    await settle(store, Actor.host(), claimed, Moved(-1005), EVENING, 0.0)
    assert await read_owner(store, -5) is None
    owner = await read_owner(store, -1005)
    assert owner is not None
    assert owner.id == claimed.owner_id
    assert len(await list_reminders(store, Actor.host(-1005))) == 1
    assert await store.read(lambda tx: tx.conversations.get(-1005, 1)) == {"state": "plan"}
    [again] = await claim(store, Actor.host(), EVENING, 10)
    assert (again.id, again.chat_id, again.doubts) == (claimed.id, -1005, 0)
    # The same news again, from another message that was on its way to the old chat: nothing is left to do.
    await settle(store, Actor.host(), claimed, Moved(-1005), EVENING, 0.0)
    await settle(store, Actor.host(), again, Delivered(1), EVENING, 0.0)
    assert await states(store) == [("Mon", "sent"), ("Mon", "pending")]  # a group's round ends with a round-up


async def test_a_newcomer_without_trees_gives_way_to_the_chat_that_moved(store: Store) -> None:
    claimed = await prompt(store, type=OwnerType.GROUP, chat_id=-5)
    await person(store, -1005, "07:00", type=OwnerType.GROUP)
    await settle(store, Actor.host(), claimed, Moved(-1005), EVENING, 0.0)
    owner = await read_owner(store, -1005)
    assert owner is not None
    assert owner.id == claimed.owner_id
    assert [f"{one.schedule.at:%H:%M}" for one in await list_reminders(store, Actor.host(-1005))] == ["20:00"]
    assert [again.chat_id for again in await claim(store, Actor.host(), EVENING, 10)] == [-1005]


async def test_one_with_trees_keeps_them_and_the_old_chat_is_left_alone(store: Store) -> None:
    claimed = await prompt(store, type=OwnerType.GROUP, chat_id=-5)
    await person(store, -1005, type=OwnerType.GROUP)
    await plant(store, Actor.host(-1005), parse_outline("Fit\n  D: Run\n", NOON.date()), NOON.date(), NOON)
    await settle(store, Actor.host(), claimed, Moved(-1005), EVENING, 0.0)
    assert await claim(store, Actor.host(), EVENING + HOUR, 10) == []
    assert [(kept.chat, kept.state, kept.reason) for kept in await outbox(store)] == [(-5, "dropped", NOWHERE)]
    assert [one.next_due for one in await list_reminders(store, Actor.host(-5))] == [None]
