"""The tables of chats, of the people in them, and of what they show to others."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, SmallInteger, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from storage.table_base import Base, Id, Key, identity, reference


class OwnerRow(Base):
    """The chat that trees belong to, with its settings."""

    __tablename__ = "owners"
    __table_args__ = (Index("ix_owners_invite", "invite", unique=True),)

    id: Mapped[int] = identity()
    chat_id: Mapped[int] = mapped_column(unique=True)
    type: Mapped[str]
    title: Mapped[str]
    timezone: Mapped[str]
    day_start: Mapped[time]
    week_start: Mapped[int] = mapped_column(SmallInteger)
    locale: Mapped[str]
    zone_chosen: Mapped[bool]
    quiet_start: Mapped[time | None]
    quiet_end: Mapped[time | None]
    nudge_minutes: Mapped[int | None]
    defaults_given: Mapped[bool] = mapped_column(server_default=false())
    unreachable_since: Mapped[datetime | None]
    thread_id: Mapped[int | None]
    round_deadline: Mapped[time | None]
    board_ordered: Mapped[bool] = mapped_column(server_default=true())
    invite: Mapped[str | None]
    members_plan: Mapped[bool] = mapped_column(server_default=false())
    unanswered: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    asked_on: Mapped[date | None]
    created_at: Mapped[datetime]


class MemberRow(Base):
    """Who joined a group. Who comes back finds their row again."""

    __tablename__ = "members"
    __table_args__ = (UniqueConstraint("owner_id", "user_id"), Index(None, "user_id"))

    id: Mapped[int] = identity()
    owner_id: Mapped[int] = reference("owners.id")
    user_id: Mapped[int]
    name: Mapped[str]
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    nudges: Mapped[bool]
    buddy_id: Mapped[int | None] = mapped_column(Id, ForeignKey("members.id", ondelete="SET NULL"))
    asked_buddy_id: Mapped[int | None]
    named: Mapped[bool] = mapped_column(server_default=false())
    notes_since: Mapped[datetime | None]
    notes_asked_at: Mapped[datetime | None]


class AbsenceRow(Base):
    """Dates on which a member is away."""

    __tablename__ = "absences"
    __table_args__ = (Index(None, "member_id"),)

    id: Mapped[int] = identity()
    member_id: Mapped[int] = reference("members.id")
    first: Mapped[date]
    last: Mapped[date]


class ShareRow(Base):
    """A goal of a private chat that a member shows to a group."""

    __tablename__ = "shares"
    __table_args__ = (UniqueConstraint("node_id", "owner_id"), Index(None, "owner_id"), Index(None, "member_id"))

    id: Mapped[int] = identity()
    node_id: Mapped[int] = reference("nodes.id")
    owner_id: Mapped[int] = reference("owners.id")
    member_id: Mapped[int] = reference("members.id")
    whole: Mapped[bool]
    created_at: Mapped[datetime]


class PublicationRow(Base):
    """A channel that gets a group's digests."""

    __tablename__ = "publications"
    __table_args__ = (UniqueConstraint("owner_id", "chat_id"), Index(None, "chat_id"))

    id: Mapped[int] = identity()
    owner_id: Mapped[int] = reference("owners.id")
    chat_id: Mapped[int]
    title: Mapped[str]
    by_user: Mapped[int]
    created_at: Mapped[datetime]


class ApiTokenRow(Base):
    """A personal token of the API; of its secret only the digest is kept."""

    __tablename__ = "api_tokens"
    __table_args__ = (UniqueConstraint("digest"), Index(None, "user_id"))

    id: Mapped[int] = identity()
    user_id: Mapped[int]
    name: Mapped[str]
    scopes: Mapped[str]
    digest: Mapped[str] = mapped_column(Key)
    created_at: Mapped[datetime]


class ApiRequestRow(Base):
    """A request of the API that carried a key and was carried out: the digest of what it asked, and its answer, once
    that was given."""

    __tablename__ = "api_requests"
    __table_args__ = (Index(None, "created_at"),)

    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(Key, primary_key=True)
    digest: Mapped[str]
    status: Mapped[int | None]
    answer: Mapped[str | None]
    created_at: Mapped[datetime]
