"""The people in a group, and when they are away."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from core.goals.model import Member, Owner
from core.group.records import Absence


class Members(Protocol):
    """The members of groups."""

    def by_id(self, member_id: int) -> Member | None:
        """A member, present or not."""

    def by_user(self, owner_id: int, user_id: int) -> Member | None:
        """A user's membership of a group, present or former."""

    def of_owner(self, owner_id: int, *, left_too: bool = False) -> list[Member]:
        """A group's members in the order in which they first joined; with former ones on request: one statement."""

    def of_user(self, user_id: int, *, left_too: bool = False) -> list[tuple[Member, Owner]]:
        """The memberships of a user, with their groups; with former ones on request: one statement."""

    def join(self, owner_id: int, user_id: int, name: str, now: datetime) -> Member:
        """Makes a user a member (again). A present member keeps the date of joining, and the name is updated."""

    def leave(self, member_id: int, now: datetime) -> None:
        """Ends a membership. The row stays in case they come back."""

    def save(self, member: Member) -> None:
        """Writes a member's name and preferences."""

    def rename(self, user_id: int, name: str) -> None:
        """Writes a user's name in all of their groups."""

    def remove(self, member_id: int, nobody: str) -> None:
        """Removes a member and all references to them. Their leaves stay without a member, titled `nobody`."""


class Absences(Protocol):
    """The times when members are away."""

    def add(self, member_id: int, first: date, last: date) -> Absence:
        """Adds an absence."""

    def save(self, absence: Absence) -> None:
        """Writes an absence's changed dates."""

    def remove(self, absence_id: int) -> None:
        """Removes an absence that never began."""

    def of_member(self, member_id: int, first: date) -> list[Absence]:
        """A member's absences that last until a day or longer, in order."""

    def of_owner(self, owner_id: int, first: date, last: date) -> list[Absence]:
        """The absences of a group's members that touch the range, in order: one statement."""
