"""Two ticks over rows: due reminders become messages, and messages go to Telegram."""

from __future__ import annotations

import asyncio
import logging
import random
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from core.actions import deliver, due
from core.asking.delivery import DeliveryOutcome, Failed, GivenBack, result_of
from core.asking.reminders import Message
from core.asking.wave import Wave
from core.group.permissions import Actor
from core.observing import UNOBSERVED, Observer
from core.ports.messenger import Messenger
from core.ports.store import Store, StoreUnavailable
from scheduler.ending import finish

logger = logging.getLogger(__name__)

BATCH = 500
"""Reminders per transaction."""
ON_THE_WAY = 64
"""The most messages being sent at once: as many as the limiter lets through in two seconds."""
PATIENCE = 90.0
"""Seconds that a message may take, shorter than its lease, so that nobody else sends it meanwhile."""
TURN = 25.0
"""Seconds that a message waits for the previous one to the same chat. Together with `PATIENCE` shorter than the
lease."""
PATIENCE_TO_MARK, MARKED_AGAIN_AFTER = 60.0, 1.0
"""Seconds for which recording an outcome is retried while the store is unavailable, and between two attempts."""
NOTED_EVERY = timedelta(seconds=30)
JUMP = timedelta(minutes=10)
"""How far the clock may go back before all reminders are recomputed."""
TICK = "tick"
"""The name of the last tick in the journal."""


class Postman:
    """Makes and delivers what is due. `chance` returns numbers from 0 to 1."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        clock: Callable[[], datetime],
        chance: Callable[[], float] = random.random,
        observer: Observer = UNOBSERVED,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._chance = chance
        self._observer = observer
        self._finishing = False
        self._making = asyncio.Lock()
        self._sending: dict[int, asyncio.Task[None]] = {}
        self._in_hand: dict[int, Message] = {}
        self._last_of_chat: dict[int, asyncio.Task[None]] = {}
        self._wave: Wave | None = None
        self._noted: datetime | None = None
        self._last: datetime | None = None

    async def remind(self) -> None:
        """Makes the messages of all reminders that are due."""
        now = self._clock()
        await self._check_clock(now)
        await self._make(now)

    async def deliver(self) -> None:
        """Claims due messages, as many as there is room for, and starts to send them without waiting for the end."""
        now = self._clock()
        room = ON_THE_WAY - len(self._sending)
        if room <= 0:
            return
        wave = self._wave = self._wave or await self._wave_under_way(now)
        wave.flow(now, self._messenger.intervals(), self._in_hand.values(), ON_THE_WAY)
        if not (wave.is_open(now) or await deliver.something_waits(self._store, Actor.host(), now)):
            return
        # A nudge yields to a reminder that is due at the same moment, so the reminder's message is made first.
        await self._make(now)
        for message in await deliver.claim(self._store, Actor.host(), now, room, wave):
            # If the clock jumps past the end of its lease, a message that is being sent is claimed again.
            if message.id not in self._sending:
                before = self._last_of_chat.get(message.chat_id)
                task = asyncio.create_task(self._send(message, before))
                self._sending[message.id] = self._last_of_chat[message.chat_id] = task
                self._in_hand[message.id] = message

    async def _wave_under_way(self, now: datetime) -> Wave:
        """The rest of a wave that an earlier run or another process left."""
        until = (await self._store.read(lambda tx: tx.statistics.waiting(now))).digests.until
        return Wave(last=until)

    async def _make(self, now: datetime) -> None:
        async with self._making:
            if await due.something_is_due(self._store, Actor.host(), now):
                while made := await due.make_due(self._store, Actor.host(), now, BATCH):
                    self._observer.made(made)

    async def settle(self) -> None:
        """Makes and delivers messages until nothing is due. For a clock that is set by hand, and for tests."""
        await self.remind()
        await self.deliver()
        while self._sending:
            await asyncio.wait(self._sending.values())
            await self.deliver()

    async def next_due(self) -> datetime | None:
        """When the next reminder or message is due, if any is."""
        known = await self._store.read(lambda tx: [tx.reminders.next_due(), tx.outbox.next_due()])
        return min((at for at in known if at is not None), default=None)

    async def finish(self) -> None:
        """Returns the claimed messages that have not left for Telegram to the outbox, and waits for the others. Those
        that take too long are left to the next run, after their claims run out. The postman may start again
        afterwards."""
        self._finishing = True
        try:
            self._messenger.give_back()
            await finish(list(self._sending.values()))
        finally:
            self._finishing = False

    async def _send(self, message: Message, before: asyncio.Task[None] | None) -> None:
        """Sends a message after the previous one to the same chat: yesterday's question comes before today's."""
        try:
            outcome = await self._in_turn(message, before)
            dead = await self._settle(message, outcome)
            self._observer.sent(message.kind.value, "dead" if dead else result_of(outcome))
        except Exception:
            # The claim runs out and the message is sent again: twice is better than never.
            logger.exception("could not mark message %s to chat %s", message.id, message.chat_id)
        finally:
            del self._in_hand[message.id]
            if self._last_of_chat.get(message.chat_id) is self._sending.pop(message.id):
                del self._last_of_chat[message.chat_id]

    async def _settle(self, message: Message, outcome: DeliveryOutcome) -> bool:
        """Records the outcome of a message while its claim lasts; returns whether it is given up for good."""
        async with asyncio.timeout(PATIENCE_TO_MARK):
            while True:
                with suppress(StoreUnavailable):
                    return await deliver.settle(
                        self._store, Actor.host(), message, outcome, self._clock(), self._chance()
                    )
                await asyncio.sleep(MARKED_AGAIN_AFTER)

    async def _in_turn(self, message: Message, before: asyncio.Task[None] | None) -> DeliveryOutcome:
        if before is not None:
            await asyncio.wait([before], timeout=TURN)
        if self._finishing:
            return GivenBack()
        if before is not None and not before.done():
            return Failed("its turn did not come")
        return await self._outcome(message)

    async def _outcome(self, message: Message) -> DeliveryOutcome:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._messenger.send(message, self._clock())
        except TimeoutError:
            return Failed("took too long", doubtful=True)
        except StoreUnavailable:
            return GivenBack()  # it was not even rendered
        except Exception as error:
            # Without the error's message, which may quote what a person wrote.
            where = "".join(traceback.format_tb(error.__traceback__))
            reason = type(error).__name__
            logger.error("could not send message %s to chat %s: %s\n%s", message.id, message.chat_id, reason, where)
            return Failed(reason, doubtful=True)

    async def _check_clock(self, now: datetime) -> None:
        """Notes the tick. If the clock went back, recomputes all reminders, which would wait for the old time."""
        last = self._last
        if last is None:
            noted = (await self._store.read(lambda tx: tx.journal.all())).get(TICK)
            last = noted.at if noted else None
        if last is not None and now < last - JUMP:
            moved = await due.move_on_all(self._store, Actor.host(), now)
            logger.warning("the clock went back by %s: moved %s reminders", last - now, moved)
            self._noted = None
        self._last = now
        if self._noted is None or now - self._noted >= NOTED_EVERY:
            await self._store.write(lambda tx: tx.journal.note(TICK, now, {}))
            self._noted = now
