"""Postponing a prompt: it comes once more, at the time asked for last."""

from __future__ import annotations

from datetime import timedelta

from core.actions.deliver import Snoozed, claim, settle, snooze
from core.asking.delivery import Delivered
from core.asking.reminders import Message, MessageKind, NewMessage
from core.group.permissions import Actor
from core.ports.store import Store, Transaction
from tests.storage.planting import CHAT, MONDAY, NOW, planted

HOUR = timedelta(hours=1)


async def prompted(store: Store, chat_id: int = CHAT) -> Message:
    """A prompt that was sent."""
    tree = await planted(store, chat_id)
    new = NewMessage(
        f"check_in:{chat_id}", MessageKind.CHECK_IN, tree.owner, chat_id, MONDAY, NOW, NOW + 3 * HOUR, (tree.run,)
    )
    await store.write(lambda tx: tx.outbox.add([new], NOW))
    [message] = await claim(store, Actor.host(), NOW, 10)
    await settle(store, Actor.host(), message, Delivered(7), NOW, 0.0)
    return message


async def waiting(store: Store) -> list[Message]:
    """The messages of the next three hours."""

    def look(tx: Transaction) -> list[Message]:
        return tx.outbox.waiting_prompts([CHAT, CHAT + 1], NOW + 3 * HOUR)

    return await store.write(look)


async def test_it_asks_again_for_the_same_day_and_branch(store: Store) -> None:
    prompt = await prompted(store)
    again = await snooze(store, Actor.alone(CHAT), Snoozed(prompt.id, NOW + HOUR, "tap 1"), NOW)
    assert again is not None
    assert (again.due_at, again.on, again.nodes, again.after) == (NOW + HOUR, MONDAY, prompt.nodes, prompt.id)
    [comes] = await waiting(store)
    assert (comes.kind, comes.on, comes.nodes, comes.after) == (MessageKind.CHECK_IN, MONDAY, prompt.nodes, prompt.id)


async def test_the_same_tap_again_changes_nothing(store: Store) -> None:
    prompt = await prompted(store)
    await snooze(store, Actor.alone(CHAT), Snoozed(prompt.id, NOW + HOUR, "tap 1"), NOW)
    await snooze(store, Actor.alone(CHAT), Snoozed(prompt.id, NOW + 2 * HOUR, "tap 2"), NOW)
    before = await waiting(store)
    assert await snooze(store, Actor.alone(CHAT), Snoozed(prompt.id, NOW + HOUR, "tap 1"), NOW) is None
    assert await waiting(store) == before


async def test_a_later_snooze_replaces_any_other_return(store: Store) -> None:
    prompt, other = await prompted(store), await prompted(store, CHAT + 1)
    nudge = NewMessage(
        "nudge", MessageKind.NUDGE, prompt.owner_id, CHAT, MONDAY, NOW + HOUR, NOW + 3 * HOUR, after=prompt.id
    )
    await store.write(lambda tx: tx.outbox.add([nudge], NOW))
    await snooze(store, Actor.alone(CHAT + 1), Snoozed(other.id, NOW + HOUR, "tap 1"), NOW)
    await snooze(store, Actor.alone(CHAT), Snoozed(prompt.id, NOW + HOUR, "tap 2"), NOW)
    await snooze(store, Actor.alone(CHAT), Snoozed(prompt.id, NOW + 2 * HOUR, "tap 3"), NOW)
    assert [(message.chat_id, message.kind, message.after) for message in await waiting(store)] == [
        (CHAT + 1, MessageKind.CHECK_IN, other.id),
        (CHAT, MessageKind.CHECK_IN, prompt.id),
    ]
    [first] = await claim(store, Actor.host(), NOW + HOUR, 10)
    assert first.after == other.id


async def test_a_prompt_of_another_chat_is_not_there(store: Store) -> None:
    prompt = await prompted(store)
    await planted(store, CHAT + 1)
    assert await snooze(store, Actor.alone(CHAT + 1), Snoozed(prompt.id, NOW + HOUR, "tap 1"), NOW) is None
    assert await waiting(store) == []
