"""A process that logs one check-off and is killed (-9) as soon as it is durable."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import datetime

import storage
from core.actions.log import log
from core.actions.logged import Log
from core.group.permissions import Actor


async def check_off(url: str, chat_id: int, node_id: int, now: datetime) -> None:
    async with storage.open_store(url) as store:
        await log(store, Actor.alone(chat_id), Log(node_id, now.date()), now)
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    url, chat_id, node_id, now = sys.argv[1:]
    asyncio.run(check_off(url, int(chat_id), int(node_id), datetime.fromisoformat(now)))
