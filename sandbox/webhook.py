"""Webhook delivery: updates are posted to the bot's address until it answers 2xx."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sandbox.objects import Json
from sandbox.updates import UpdateQueue

RETRY_AFTER = 0.2
"""Seconds until an update is posted again. Telegram waits longer; a local bot is back sooner."""
TIMEOUT = 60.0


@dataclass
class WebhookTarget:
    """The webhook's address, and the state of deliveries for `getWebhookInfo`."""

    url: str
    secret: str = ""
    connections: int = 40
    last_error: str = ""
    last_error_at: int = 0
    on_the_way: int = field(default=0, init=False)

    def info(self, updates: UpdateQueue) -> Json:
        """As `WebhookInfo`."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(updates) + self.on_the_way,
            "max_connections": self.connections,
        }
        if self.last_error:
            info |= {"last_error_date": self.last_error_at, "last_error_message": self.last_error}
        if updates.allowed:
            info["allowed_updates"] = updates.allowed
        return info


class Courier:
    """Delivers updates in order of arrival, up to `connections` at a time, each until it is accepted. Only one update
    of each chat is on its way, as with Telegram."""

    def __init__(
        self, updates: UpdateQueue, webhook: WebhookTarget, now: Callable[[], int], delivered: Callable[[Json], None]
    ) -> None:
        """`delivered` gets the call that a bot may put into its answer."""
        self.webhook = webhook
        self._updates = updates
        self._now = now
        self._delivered = delivered
        self._changed = asyncio.Event()
        self._places = asyncio.Semaphore(webhook.connections)
        self._lines: dict[object, deque[Json]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        updates.watchers.append(self._changed.set)
        self._loop = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Stop delivering. Updates that were not accepted are kept for the next webhook or poll."""
        self._updates.watchers.remove(self._changed.set)
        tasks = [self._loop, *self._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.webhook.on_the_way = 0
        self._updates.unshift(update for line in self._lines.values() for update in line)

    async def _run(self) -> None:
        while True:
            while (update := self._updates.shift()) is None:
                self._changed.clear()
                await self._changed.wait()
            self.webhook.on_the_way += 1
            queue = _queue_of(update)
            if queue in self._lines:
                self._lines[queue].append(update)
                continue
            self._lines[queue] = deque([update])
            task = asyncio.create_task(self._work_off(queue))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _work_off(self, queue: object) -> None:
        line = self._lines[queue]
        while line:
            async with self._places:
                await self._deliver(line[0])
            line.popleft()
            self.webhook.on_the_way -= 1
            if not line:
                del self._lines[queue]
            self._updates.changed()

    async def _deliver(self, update: Json) -> None:
        while True:
            try:
                async with asyncio.timeout(TIMEOUT):
                    status, answer = await post(self.webhook.url, update, self.webhook.secret)
                if 200 <= status < 300:
                    self._delivered(answer)
                    return
                problem = f"Wrong response from the webhook: {status}"
            except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError) as error:
                problem = f"Connection failed: {error}"
            self.webhook.last_error, self.webhook.last_error_at = problem, self._now()
            await asyncio.sleep(RETRY_AFTER)


def _queue_of(update: Json) -> object:
    """The key of updates that Telegram keeps in order: the messages of a chat, the taps of a person."""
    for kind, content in update.items():
        if isinstance(content, dict):
            chat = content.get("chat")
            return chat["id"] if chat else (kind, content["from"]["id"])
    return None


async def post(url: str, update: Json, secret: str) -> tuple[int, Json]:
    """POST an update as JSON; returns the status and the answer's JSON object (empty if there is none)."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    context = ssl.create_default_context() if secure else None
    port = parts.port or (443 if secure else 80)
    reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=context)
    try:
        body = json.dumps(update).encode()
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        head = [f"POST {path} HTTP/1.1", f"Host: {parts.netloc}", "Content-Type: application/json"]
        head += [f"Content-Length: {len(body)}", "Connection: close"]
        if secret:
            head.append(f"X-Telegram-Bot-Api-Secret-Token: {secret}")
        writer.write("\r\n".join([*head, "", ""]).encode() + body)
        await writer.drain()
        status = int((await reader.readuntil(b"\r\n")).split()[1])
        await reader.readuntil(b"\r\n\r\n") if not reader.at_eof() else None
        answer = await reader.read()
    finally:
        writer.close()
    try:
        parsed = json.loads(answer)
    except ValueError:
        parsed = None
    return status, parsed if isinstance(parsed, dict) else {}
