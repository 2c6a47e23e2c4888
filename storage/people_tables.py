"""The tables of chats, of the people in them, and of what they share."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Column, ColumnElement, ForeignKey, Index, SmallInteger, UniqueConstraint, false, text, true

from storage.table_base import Base, Id, Key, identity, reference


class OwnerRow(Base):
    """The chat that trees belong to, with its settings."""

    __tablename__ = "owners"
    __table_args__ = (Index("ix_owners_invite", "invite", unique=True),)

    id: ColumnElement[int] = identity()
    chat_id: ColumnElement[int] = Column(unique=True)
    type: ColumnElement[str]
    title: ColumnElement[str]
    timezone: ColumnElement[str]
    day_start: ColumnElement[time]
    week_start: ColumnElement[int] = Column(SmallInteger)
    locale: ColumnElement[str]
    zone_chosen: ColumnElement[bool]
    quiet_start: ColumnElement[time | None]
    quiet_end: ColumnElement[time | None]
    nudge_minutes: ColumnElement[int | None]
    defaults_given: ColumnElement[bool] = Column(server_default=false())
    unreachable_since: ColumnElement[datetime | None]
    thread_id: ColumnElement[int | None]
    round_deadline: ColumnElement[time | None]
    board_ordered: ColumnElement[bool] = Column(server_default=true())
    invite: ColumnElement[str | None]
    members_plan: ColumnElement[bool] = Column(server_default=false())
    unanswered: ColumnElement[int] = Column(SmallInteger, server_default=text("0"))
    asked_on: ColumnElement[date | None]
    created_at: ColumnElement[datetime]


class MemberRow(Base):
    """A member of a group. Somebody who comes back gets the same row."""

    __tablename__ = "members"
    __table_args__ = (UniqueConstraint("owner_id", "user_id"), Index(None, "user_id"))

    id: ColumnElement[int] = identity()
    owner_id: ColumnElement[int] = reference("owners.id")
    user_id: ColumnElement[int]
    name: ColumnElement[str]
    joined_at: ColumnElement[datetime]
    left_at: ColumnElement[datetime | None]
    nudges: ColumnElement[bool]
    buddy_id: ColumnElement[int | None] = Column(Id, ForeignKey("members.id", ondelete="SET NULL"))
    asked_buddy_id: ColumnElement[int | None]
    named: ColumnElement[bool] = Column(server_default=false())
    notes_since: ColumnElement[datetime | None]
    notes_asked_at: ColumnElement[datetime | None]


class AbsenceRow(Base):
    """Dates on which a member is away."""

    __tablename__ = "absences"
    __table_args__ = (Index(None, "member_id"),)

    id: ColumnElement[int] = identity()
    member_id: ColumnElement[int] = reference("members.id")
    first: ColumnElement[date]
    last: ColumnElement[date]


class ShareRow(Base):
    """A goal of a private chat that a member shows to a group."""

    __tablename__ = "shares"
    __table_args__ = (UniqueConstraint("node_id", "owner_id"), Index(None, "owner_id"), Index(None, "member_id"))

    id: ColumnElement[int] = identity()
    node_id: ColumnElement[int] = reference("nodes.id")
    owner_id: ColumnElement[int] = reference("owners.id")
    member_id: ColumnElement[int] = reference("members.id")
    whole: ColumnElement[bool]
    created_at: ColumnElement[datetime]


class PublicationRow(Base):
    """A channel that gets a group's digests."""

    __tablename__ = "publications"
    __table_args__ = (UniqueConstraint("owner_id", "chat_id"), Index(None, "chat_id"))

    id: ColumnElement[int] = identity()
    owner_id: ColumnElement[int] = reference("owners.id")
    chat_id: ColumnElement[int]
    title: ColumnElement[str]
    by_user: ColumnElement[int]
    created_at: ColumnElement[datetime]


class ApiTokenRow(Base):
    """A personal token of the API, with only a digest of its secret."""

    __tablename__ = "api_tokens"
    __table_args__ = (UniqueConstraint("digest"), Index(None, "user_id"))

    id: ColumnElement[int] = identity()
    user_id: ColumnElement[int]
    name: ColumnElement[str]
    scopes: ColumnElement[str]
    digest: ColumnElement[str] = Column(Key)
    created_at: ColumnElement[datetime]


class ApiRequestRow(Base):
    """An API request with a key that was carried out: the digest of its contents, and its answer, once there is one."""

    __tablename__ = "api_requests"
    __table_args__ = (Index(None, "created_at"),)

    user_id: ColumnElement[int] = Column(primary_key=True, autoincrement=False)
    key: ColumnElement[str] = Column(Key, primary_key=True)
    digest: ColumnElement[str]
    status: ColumnElement[int | None]
    answer: ColumnElement[str | None]
    created_at: ColumnElement[datetime]
