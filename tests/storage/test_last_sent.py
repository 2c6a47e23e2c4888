"""When a chat last got a message of certain kinds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from core.asking.reminders import MessageKind, NewMessage
from core.ports.store import Store, Transaction
from tests.storage.planting import CHAT, MONDAY, NOW, plant

DIGESTS = (MessageKind.WEEKLY_DIGEST, MessageKind.MONTHLY_DIGEST)


async def test_it_is_the_day_of_the_latest_that_was_sent(store: Store) -> None:
    planted = await store.write(plant)

    def add(transaction: Transaction) -> None:
        days = (MONDAY - timedelta(days=30), MONDAY - timedelta(days=7), MONDAY)
        kinds = (MessageKind.WEEKLY_DIGEST, MessageKind.MONTHLY_DIGEST, MessageKind.CHECK_IN)
        transaction.outbox.add(
            [
                NewMessage(f"{kind}:{on}", kind, planted.owner, CHAT, on, NOW, NOW + timedelta(days=3))
                for kind in kinds
                for on in days
            ],
            NOW,
        )

    async def last(kinds: Iterable[MessageKind], chat_id: int = CHAT) -> date | None:
        return await store.read(lambda transaction: transaction.outbox.last_sent(chat_id, kinds))

    def settle(transaction: Transaction) -> None:
        for message in transaction.outbox.claim(NOW, NOW + timedelta(minutes=2), 20):
            if message.on < MONDAY:
                transaction.outbox.mark_sent(message, 1, NOW)
            else:
                transaction.outbox.mark_over([message], "not needed", NOW)

    await store.write(add)
    assert await last(DIGESTS) is None
    await store.write(settle)
    assert await last(DIGESTS) == MONDAY - timedelta(days=7)
    assert await last([MessageKind.QUARTERLY_DIGEST]) is None
    assert await last(DIGESTS, CHAT + 1) is None
