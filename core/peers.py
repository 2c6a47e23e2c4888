"""What processes that share a store agree on: who leads, and who handles which chat. `storage` knows how.

A process that dies has given up everything with that. One that is cut off from the store is told as soon as it can be
known; for some seconds it may then do what another has begun already, so nothing may depend on being the only one:
entries carry the key of their source, and claims on messages have leases.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol


class Leadership(Protocol):
    """At most one process leads: it sends what is due, and asks Telegram for updates if nobody posts them."""

    async def gained(self) -> None:
        """Waits until this process leads; from the first call on it stands for it."""

    async def lost(self) -> None:
        """Waits until this process leads no longer."""

    async def resign(self) -> None:
        """Leads no longer, and does not stand for it either."""


class Disconnected(Exception):
    """The locks are gone with the connection that held them; it is being made anew."""


class ChatLocks(Protocol):
    """Chats of which this process alone handles the updates."""

    async def exchange(self, give: Collection[int], want: Collection[int]) -> set[int]:
        """Gives chats up, asks for others, and tells which of those this process has now; waits for none. Raises
        `Disconnected`."""

    def when_lost(self, then: Callable[[], None]) -> None:
        """Has a function called each time that all locks are lost."""


@dataclass(frozen=True, slots=True)
class Peers:
    """`chats` is None where only the process that leads may handle updates at all."""

    leadership: Leadership
    chats: ChatLocks | None
