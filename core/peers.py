"""Coordination of processes that share a store: which one leads, and which handles each chat. `storage` implements it.

A process that dies releases everything. One that loses its connection notices it only after some seconds, in which
another process may do the same work. So nothing may depend on being the only one: entries carry source keys, and claims
on messages have leases.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from core.records import record


class Leadership(Protocol):
    """At most one process leads: it sends what is due, and asks Telegram for updates if nobody posts them."""

    async def gained(self) -> None:
        """Waits until this process leads. It is a candidate from the first call on."""

    async def lost(self) -> None:
        """Waits until this process no longer leads."""

    async def resign(self) -> None:
        """Gives up the lead, and is no longer a candidate."""


class Disconnected(Exception):
    """The locks were lost with their connection, which is being restored."""


class ChatLocks(Protocol):
    """Locks on chats: only the process that holds one handles the chat's updates."""

    async def exchange(self, give: Collection[int], want: Collection[int]) -> set[int]:
        """Releases some chats, tries to lock others without waiting, and returns those that were locked. Raises
        `Disconnected`."""

    def when_lost(self, then: Callable[[], None]) -> None:
        """Registers a function to call whenever all locks are lost."""


@record
class Peers:
    """`chats` is None if only the leading process may handle updates."""

    leadership: Leadership
    chats: ChatLocks | None
