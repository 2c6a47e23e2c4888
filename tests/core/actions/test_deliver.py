"""What becomes of a claimed message, whatever Telegram says; second prompts, snoozes, and chats that move or close."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

import storage
from core.actions import deliver
from core.actions.claimed import LEASE, LOST
from core.actions.deliver import NOWHERE, Snoozed, claim, prune, settle, snooze, something_waits
from core.actions.owners import change_settings, heard_again
from core.actions.plant import plant
from core.actions.reminders import change_reminder, delete_reminder, set_up_first, turn_check_ins_off
from core.asking.delivery import (
    CUT,
    LAPSED,
    MOST_DOUBTS,
    Delivered,
    DeliveryOutcome,
    Failed,
    Moved,
    NotNeeded,
    Rejected,
    ShutOut,
)
from core.asking.reminders import Message, MessageKind, MessageState
from core.errors import NotFound
from core.goals.model import Owner, OwnerType, QuietHours
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from core.ports.store import Store, Transaction
from tests.core.actions.reminding import (
    ANNA,
    DAY,
    HOUR,
    MINUTE,
    NOON,
    all_due,
    at,
    outbox,
    person,
    settled,
    states,
)  # fmt: skip
from tests.core.reminders import list_reminders
from tests.storage.remembering import message, written

EVENING = at("Mon 20:00")


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[Store]:
    async with storage.open_store(sqlite_url) as opened:
        yield opened


async def read_owner(store: Store, chat_id: int = ANNA) -> Owner | None:
    return await store.read(lambda tx: tx.owners.by_chat(chat_id))


async def prompt(store: Store, *, type: OwnerType = OwnerType.PRIVATE, chat_id: int = ANNA) -> Message:
    """A check-in of Monday evening, claimed."""
    await person(store, chat_id, "20:00", type=type)
    await all_due(store, EVENING)
    [claimed] = await claim(store, Actor.host(), EVENING, 10)
    return claimed


async def mark(store: Store, claimed: Message, outcome: DeliveryOutcome, chance: float = 0.0) -> Message:
    """What an outcome makes of it."""
    await settle(store, Actor.host(), claimed, outcome, EVENING, chance)
    return await found(store, claimed)


async def found(store: Store, claimed: Message, chat_id: int = ANNA) -> Message:
    known = await store.read(lambda tx: tx.outbox.by_id(claimed.id, chat_id))
    assert known is not None
    return known


async def next_try(store: Store) -> object:
    return await store.read(lambda tx: tx.outbox.next_due())


async def test_delivered_is_sent_under_telegram_s_number(store: Store) -> None:
    sent = await mark(store, await prompt(store), Delivered(41))
    assert (sent.state, sent.message_id) == (MessageState.SENT, 41)
    assert await claim(store, Actor.host(), EVENING + HOUR, 10) == []


async def test_an_unneeded_message_is_dropped_and_a_refused_one_is_dead(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    claimed = await prompt(store)
    assert (await mark(store, claimed, NotNeeded("all is done"))).state is MessageState.DROPPED
    await person(store, 8, "20:00")
    await all_due(store, EVENING)
    [other] = await claim(store, Actor.host(), EVENING, 10)
    assert caplog.text == ""
    await settle(store, Actor.host(), other, Rejected("message is too long"), EVENING, 0.0)
    assert (await found(store, other, 8)).state is MessageState.DEAD
    assert f"message {other.id} to chat 8 is dead: message is too long" in caplog.text


async def test_a_certain_failure_is_retried_until_it_is_of_no_use(store: Store) -> None:
    """Telegram answers nothing but 502 all evening."""
    claimed, now, tries = await prompt(store), EVENING, 0
    while claimed:
        tries += 1
        await settle(store, Actor.host(), claimed, Failed("Bad Gateway"), now, 1.0)
        due = await store.read(lambda tx: tx.outbox.next_due())
        if due is None:
            break
        assert due > now
        now = due
        [claimed] = await claim(store, Actor.host(), now, 10)
    assert tries > 20
    assert now < at("Tue 00:00")
    assert [kept.reason for kept in await outbox(store)] == ["Bad Gateway; no try is left while it is of use"]
    assert await states(store) == [("Mon", "dead")]


async def test_a_doubtful_message_is_tried_three_times_at_most(store: Store) -> None:
    claimed = await prompt(store)
    lost = Failed("connection broke", doubtful=True)
    for tries in (1, 2):
        again = await mark(store, claimed, lost)
        assert (again.state, again.doubts) == (MessageState.RETRY, tries * CUT)
        [claimed] = await claim(store, Actor.host(), EVENING + HOUR, 10)
    assert (await mark(store, claimed, lost)).state is MessageState.DEAD
    assert [kept.reason for kept in await outbox(store)] == ["connection broke; it may have arrived"]


async def test_it_waits_as_long_as_telegram_says(store: Store) -> None:
    claimed = await prompt(store)
    await mark(store, claimed, Failed("Too Many Requests", wait=timedelta(seconds=77)))
    assert await next_try(store) == EVENING + timedelta(seconds=77)
    assert not await something_waits(store, Actor.host(), EVENING + timedelta(seconds=76))
    [again] = await claim(store, Actor.host(), EVENING + timedelta(seconds=77), 10)
    assert (again.attempt, again.doubts) == (2, 0)


async def test_a_message_that_kills_its_sender_is_not_retried_for_ever(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    await prompt(store)
    now, claims = EVENING, 1
    for _ in range(2 * MOST_DOUBTS):
        now += LEASE
        claims += len(await claim(store, Actor.host(), now, 10))
    assert claims == MOST_DOUBTS / LAPSED
    assert [(kept.state, kept.reason) for kept in await outbox(store)] == [("dead", LOST)]
    assert "is dead" in caplog.text


async def test_senders_that_died_weigh_less_than_connections_that_broke(store: Store) -> None:
    """Three that were killed with it in their hands, and it goes out all the same; then each broken try counts."""
    claimed, now = await prompt(store), EVENING
    for _ in range(3):
        now += LEASE
        [claimed] = await claim(store, Actor.host(), now, 10)
    assert claimed.doubts == 3 * LAPSED
    assert (await mark(store, claimed, Failed("broke", doubtful=True))).state is MessageState.RETRY
    [claimed] = await claim(store, Actor.host(), now + HOUR, 10)
    assert (await mark(store, claimed, Failed("broke", doubtful=True))).state is MessageState.DEAD


async def test_messages_of_no_use_fill_no_place(store: Store) -> None:
    await person(store, ANNA)
    owner = await read_owner(store)
    assert owner is not None
    old = [message(owner.id, f"old {number}", at("Sun 12:00") - 7 * DAY) for number in range(20)]
    await written(store, *old, message(owner.id, "new", EVENING))
    [fresh] = await claim(store, Actor.host(), EVENING, 3)
    assert fresh.useful_until == EVENING + DAY
    assert [kept.state for kept in await outbox(store)] == ["dropped"] * 20 + ["sending"]


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
    # The same news once more, from another message that was on its way to the old chat: nothing to do.
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


# --- what comes again ---


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
    # It comes instead of the nudge that was planned, and its delivery plans no other.
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
    assert (await states(store))[-1] == ("Mon", "pending")  # another goes on
    await leave(first.id)
    assert (await states(store))[-1] == ("Mon", "dropped")


async def test_a_digest_that_is_paused_leaves_the_prompts_alone(store: Store) -> None:
    claimed = await prompt(store)
    await set_up_first(store, Actor.host(ANNA), NOON)
    await snooze(store, Actor.alone(ANNA), Snoozed(claimed.id, at("Mon 21:00"), "tap"), EVENING)
    for found in await list_reminders(store, Actor.host(ANNA)):
        if found.kind.digest_of:
            await change_reminder(store, Actor.host(ANNA), found.id, EVENING, paused=True)
    assert (await states(store))[-1] == ("Mon", "pending")


async def test_messages_settled_long_ago_are_forgotten_in_bites(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliver, "PRUNED_AT_ONCE", 2)
    await person(store, ANNA)
    owner = await read_owner(store)
    assert owner is not None
    await written(store, *[message(owner.id, f"k{number}", dropped="stale") for number in range(5)])
    assert await prune(store, Actor.host(), at("Mon 21:00") + deliver.KEPT) == 0
    assert await prune(store, Actor.host(), at("Mon 21:00") + deliver.KEPT + MINUTE) == 5
    assert await prune(store, Actor.host(), at("Mon 21:00") + deliver.KEPT + MINUTE) == 0


# --- quiet hours ---

NIGHT = QuietHours(time(22), time(7))


async def quiet(store: Store, now: datetime, hours: QuietHours = NIGHT) -> None:
    await change_settings(store, Actor.host(ANNA), now, quiet=hours)


async def test_a_retry_that_would_fall_into_quiet_hours_waits_for_their_end_or_is_given_up(store: Store) -> None:
    claimed = await prompt(store)
    await quiet(store, NOON, QuietHours(time(20, 1), time(21)))
    await mark(store, claimed, Failed("Too Many Requests", wait=timedelta(minutes=5)))
    assert await next_try(store) == at("Mon 21:00")
    [claimed] = await claim(store, Actor.host(), at("Mon 21:00"), 10)
    await quiet(store, at("Mon 21:00"), QuietHours(time(21, 1), time(7)))
    await settle(store, Actor.host(), claimed, Failed("Bad Gateway", wait=timedelta(minutes=5)), at("Mon 21:00"), 0.0)
    assert await states(store) == [("Mon", "dead")]


@pytest.mark.parametrize("planned", ["nudge", "snooze", "prompt", "retry"])
@pytest.mark.parametrize(
    ("hours", "comes"), [(QuietHours(time(21), time(23)), "Mon 23:00"), (QuietHours(time(21), time(7)), None)]
)
async def test_messages_planned_before_quiet_hours_were_set_never_come_in_them(
    store: Store, planned: str, hours: QuietHours, comes: str | None
) -> None:
    claimed = await prompt(store)
    await change_settings(store, Actor.host(ANNA), NOON, nudge_after=timedelta(hours=1, minutes=30))
    if planned == "retry":
        await mark(store, claimed, Failed("Too Many Requests", wait=timedelta(minutes=90)))
    elif planned == "prompt":
        await mark(store, claimed, NotNeeded("nothing is open"))
        await person(store, ANNA, "21:30")
    else:
        await mark(store, claimed, Delivered(41))
        if planned == "snooze":
            await snooze(store, Actor.alone(ANNA), Snoozed(claimed.id, at("Mon 21:30"), "tap", soon=True), EVENING)
    await all_due(store, at("Mon 20:59"))
    if planned == "prompt":
        await all_due(store, at("Mon 21:30"))
    await quiet(store, at("Mon 20:59"), hours)
    heard = []
    for minute in range(0, 24 * 60, 10):
        now = at("Mon 21:00") + minute * MINUTE
        heard += [now for message in await settled(store, now) if message.on == NOON.date()]
        if heard:
            break
    assert heard[:1] == ([] if comes is None else [at(comes)])
    if comes is None and planned != "prompt":
        assert {state for _, state in await states(store)} <= {"sent", "dropped", "dead"}


async def test_waiting_for_the_end_of_quiet_hours_is_no_failed_try(store: Store) -> None:
    await prompt(store)
    await person(store, 8, "20:00")
    await all_due(store, EVENING)
    await change_settings(store, Actor.host(8), NOON, quiet=QuietHours(time(19), time(22)))
    assert await claim(store, Actor.host(), EVENING, 10) == []
    assert [(kept.chat, kept.state) for kept in await outbox(store)] == [(ANNA, "sending"), (8, "pending")]
    found = [message for message in await claim(store, Actor.host(), at("Mon 22:00"), 10) if message.chat_id == 8]
    assert [message.doubts for message in found] == [0]


async def test_someone_who_snoozes_in_quiet_hours_is_awake_and_is_asked_when_they_say(store: Store) -> None:
    claimed = await prompt(store)
    await mark(store, claimed, Delivered(41))
    await quiet(store, NOON)
    late = at("Mon 22:10")
    before = await snooze(
        store, Actor.alone(ANNA), Snoozed(claimed.id, at("Mon 22:30"), "1", soon=True), at("Mon 21:30")
    )
    assert before is not None
    assert before.due_at == at("Tue 07:00")  # asked for before they begin: they hold
    within = await snooze(store, Actor.alone(ANNA), Snoozed(claimed.id, late + 15 * MINUTE, "2", soon=True), late)
    assert within is not None
    assert within.due_at == late + 15 * MINUTE
    [again] = await claim(store, Actor.host(), late + 15 * MINUTE, 10)
    await settle(store, Actor.host(), again, Failed("Bad Gateway"), late + 15 * MINUTE, 0.0)
    assert len(await settled(store, late + 16 * MINUTE)) == 1
    tomorrow = await snooze(store, Actor.alone(ANNA), Snoozed(claimed.id, at("Tue 06:00"), "3"), late)
    assert tomorrow is not None
    assert tomorrow.due_at == at("Tue 07:00")


async def test_a_zone_that_is_gone_keeps_nobody_else_waiting(store: Store) -> None:
    await prompt(store)
    await person(store, 8, "20:00")
    await all_due(store, EVENING)

    def lose_the_zone(tx: Transaction) -> None:
        owner = tx.owners.by_chat(8)
        assert owner is not None
        tx.owners.save(replace(owner, timezone="Mars/Olympus", quiet=NIGHT))

    await store.write(lose_the_zone)
    assert [message.chat_id for message in await claim(store, Actor.host(), EVENING, 10)] == [8]
