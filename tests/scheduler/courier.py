"""A process that makes and delivers due messages: `-m tests.scheduler.courier URL TELEGRAM NOW [END]`.

It prints "open" and begins when it is told to, by a line. Its clock stands still. END is where it kills itself as `kill
-9` would: "making" (one batch of reminders has become messages), "made" (all have), "claimed" (messages are claimed,
none is sent) or "sent" (Telegram has taken `KILLED_AT` messages and answered; those on their way are not marked).
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import datetime

import storage
from bot.telegram.beginnings import Beginnings
from bot.telegram.connections import Connections, certificates, single
from bot.telegram.letter import Letter
from bot.telegram.limited_bot import LimitedBot
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.services import Services
from bot.telegram.shown import Shown
from core.actions.due import make_due
from core.asking.delivery import DeliveryOutcome
from core.asking.reminders import Message, MessageKind
from core.asking.wave import Intervals
from core.goals.model import Owner
from core.group.permissions import Actor
from scheduler.postman import Postman

TOKEN = "1:SANDBOX"
FIRST_BATCH = 50
KILLED_AT = 20


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def write(services: Services, owner: Owner, message: Message, now: datetime) -> Letter:
    return Letter("How was it?")


class Doomed:
    """A messenger at which the process ends."""

    def __init__(self, messenger: TelegramMessenger, end: str) -> None:
        self._messenger = messenger
        self._end = end
        self._sent = 0

    async def send(self, message: Message, now: datetime) -> DeliveryOutcome:
        if self._end == "claimed":
            kill()
        outcome = await self._messenger.send(message, now)
        self._sent += 1
        if self._end == "sent" and self._sent == KILLED_AT:
            kill()
        return outcome

    def intervals(self) -> Intervals:
        return self._messenger.intervals()

    def give_back(self) -> None:
        self._messenger.give_back()


async def deliver(url: str, telegram: str, now: datetime, end: str = "") -> None:
    def clock() -> datetime:
        return now

    async with storage.open_store(url) as store:
        trusted = certificates()
        ways = {"request": Connections(trusted), "get_updates_request": single(trusted)}
        bot = LimitedBot(None, TOKEN, base_url=f"{telegram}/bot", **ways)
        async with bot:
            messenger = TelegramMessenger(
                Services(store, clock, Shown(store), Beginnings(store)), bot, {MessageKind.CHECK_IN: write}
            )
            postman = Postman(store, Doomed(messenger, end), clock)
            print("open", flush=True)
            await asyncio.to_thread(sys.stdin.readline)
            if end == "making":
                await make_due(store, Actor.host(), now, FIRST_BATCH)
                kill()
            await postman.remind()
            if end == "made":
                kill()
            await postman.settle()


if __name__ == "__main__":
    asyncio.run(deliver(sys.argv[1], sys.argv[2], datetime.fromisoformat(sys.argv[3]), *sys.argv[4:]))
