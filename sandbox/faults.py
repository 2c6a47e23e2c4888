"""Planned faults: tests make the next calls fail."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus

from sandbox.errors import ApiError
from sandbox.objects import Json


class ConnectionCut(Exception):
    """The connection ends without an answer."""


@dataclass
class PlannedFault:
    """A planned fault: `times` calls of `method` (None: any) to `chat` (None: any)."""

    method: str | None
    chat: int | None
    times: int
    error: ApiError | None = None
    cut: str = ""  # "before" or "after" the call took effect
    until: asyncio.Event | None = None


class Faults:
    """The planned faults, in order."""

    def __init__(self) -> None:
        self.planned: list[PlannedFault] = []

    def too_many_requests(
        self, method: str | None = None, *, retry_after: int = 1, times: int = 1, chat: int | None = None
    ) -> None:
        description = f"Too Many Requests: retry after {retry_after}"
        self.error(429, description, method, {"retry_after": retry_after}, times=times, chat=chat)

    def forbidden(
        self,
        method: str | None = None,
        *,
        description: str = "Forbidden: bot was blocked by the user",
        times: int = 1,
        chat: int | None = None,
    ) -> None:
        self.error(403, description, method, times=times, chat=chat)

    def server_error(
        self, method: str | None = None, *, code: int = 502, times: int = 1, chat: int | None = None
    ) -> None:
        """5xx."""
        description = HTTPStatus(code).phrase
        self.error(code, description, method, times=times, chat=chat)

    def migrated(self, method: str | None = None, *, to: int, times: int = 1, chat: int | None = None) -> None:
        """400 with `migrate_to_chat_id`."""
        description = "Bad Request: group chat was upgraded to a supergroup chat"
        self.error(400, description, method, {"migrate_to_chat_id": to}, times=times, chat=chat)

    def cut_before(self, method: str | None = None, *, times: int = 1, chat: int | None = None) -> None:
        """Break the connection before the call takes effect."""
        self.planned.append(PlannedFault(method, chat, times, cut="before"))

    def cut_after(self, method: str | None = None, *, times: int = 1, chat: int | None = None) -> None:
        """Break the connection after the call took effect: the message is there, but the bot does not know."""
        self.planned.append(PlannedFault(method, chat, times, cut="after"))

    def late(self, method: str | None = None, *, until: asyncio.Event, times: int = 1, chat: int | None = None) -> None:
        """The call takes effect at once, but its answer waits for the event."""
        self.planned.append(PlannedFault(method, chat, times, until=until))

    def error(
        self,
        code: int,
        description: str,
        method: str | None = None,
        parameters: Json | None = None,
        *,
        times: int = 1,
        chat: int | None = None,
    ) -> None:
        """Any refusal."""
        self.planned.append(PlannedFault(method, chat, times, ApiError(code, description, parameters)))

    def clear(self) -> None:
        """Cancel all faults."""
        self.planned.clear()

    def next(self, method: str, chat: int | None) -> PlannedFault | None:
        """The next fault for this call, used up once. Long polls are spared by faults for any method."""
        for fault in self.planned:
            named = fault.method.lower() == method if fault.method else method != "getupdates"
            if named and fault.chat in (None, chat):
                fault.times -= 1
                if fault.times <= 0:
                    self.planned.remove(fault)
                return fault
        return None
