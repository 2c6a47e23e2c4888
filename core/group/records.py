"""Records of a group: absences, shares, publications and confirmations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Absence:
    """Dates on which a member is away, both inclusive."""

    id: int
    member_id: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Share:
    """A goal of a private chat that a member shows to a group (its owner's id): the `whole` tree, or how it stands."""

    id: int
    node_id: int
    owner_id: int
    member_id: int
    whole: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Publication:
    """A channel that gets a group's digests, and the user who set it up."""

    id: int
    owner_id: int
    chat_id: int
    title: str
    by_user: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A buddy's confirmation of an entry."""

    entry_id: int
    member_id: int
    at: datetime
