"""Sharing with others: a member's goals with a group, a group's digests with a channel."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from core.goals.model import Member
from core.group.records import Publication, Share


class Shares(Protocol):
    """Goals of private chats that members show to a group."""

    def put(self, node_id: int, owner_id: int, member_id: int, whole: bool, now: datetime) -> Share:
        """Shares a goal with a group, or changes how much of it is shown."""

    def of_owner(self, owner_id: int) -> list[Share]:
        """The shares with a group, in the order of sharing."""

    def seen_by(self, owner_id: int, since: date) -> list[tuple[Share, Member]]:
        """The shares of present members with a group, with the members, in the order of sharing; without goals that
        ended before a date: one statement."""

    def of_member(self, member_id: int) -> list[Share]:
        """The shares of a member with the group, in the order of sharing."""

    def of_user(self, user_id: int) -> list[Share]:
        """The shares of a user with all of their groups."""

    def remove(self, share_ids: Sequence[int]) -> None:
        """Ends shares."""


class Publications(Protocol):
    """Channels that get a group's digests."""

    def put(self, owner_id: int, chat_id: int, title: str, by_user: int, now: datetime) -> Publication:
        """Publishes a group's digests in a channel, or updates the title and who asked for it."""

    def of_owner(self, owner_id: int) -> list[Publication]:
        """The channels of a group, in the order of publishing."""

    def of_owners(self, owner_ids: Collection[int]) -> list[Publication]:
        """The channels of several groups: one statement."""

    def by_chat(self, chat_id: int) -> list[Publication]:
        """The publications into a channel."""

    def remove(self, publication_ids: Sequence[int]) -> None:
        """Ends publications."""

    def forget(self, user_id: int) -> None:
        """Removes a user's id from the publications that they asked for (it becomes 0)."""
