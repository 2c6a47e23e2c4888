"""Records of a group: absences, shares, publications and confirmations."""

from __future__ import annotations

from datetime import date, datetime

from core.records import record


@record
class Absence:
    """Dates on which a member is away, both inclusive."""

    id: int
    member_id: int
    first: date
    last: date


@record
class Share:
    """A goal of a private chat that a member shows to a group (its owner's id): the `whole` tree, or how it stands."""

    id: int
    node_id: int
    owner_id: int
    member_id: int
    whole: bool
    created_at: datetime


@record
class Publication:
    """A channel that gets a group's digests, and the user who set it up."""

    id: int
    owner_id: int
    chat_id: int
    title: str
    by_user: int
    created_at: datetime


@record
class Confirmation:
    """A buddy's confirmation of an entry."""

    entry_id: int
    member_id: int
    at: datetime
