"""The tables, for both databases.

What is derived (cells, runs, `visions.stale`) can be rebuilt from the rest at any time. `nodes.owner_id` repeats the
vision's, so that a key is unique within an owner and a chat's nodes are found without a join.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Text,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.types import ExactDecimal, UtcInstant, WallTime, Weekdays

# SQLite numbers rows by itself only in a column of exactly this type.
_Id = BigInteger().with_variant(Integer(), "sqlite")
# Byte order on PostgreSQL too, so that a prefix is a range of the index.
_Key = Text().with_variant(Text(collation="C"), "postgresql")


class Base(DeclarativeBase):
    """Constraints get names from their columns, so that a migration can name them on any database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        int: BigInteger(),
        str: Text(),
        date: Date(),
        time: WallTime(),
        datetime: UtcInstant(),
        Decimal: ExactDecimal(),
        frozenset[int]: Weekdays(),
        dict[str, object]: JSON(),
        list[int]: JSON(),
    }


def _identity() -> Mapped[int]:
    return mapped_column(_Id, Identity(), primary_key=True)


def _reference(target: str) -> Mapped[int]:
    return mapped_column(_Id, ForeignKey(target, ondelete="CASCADE"))


class OwnerRow(Base):
    """The chat that trees belong to, with its settings."""

    __tablename__ = "owners"
    __table_args__ = (Index("ix_owners_invite", "invite", unique=True),)

    id: Mapped[int] = _identity()
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
    created_at: Mapped[datetime]


class MemberRow(Base):
    """Who joined a group. Who comes back finds their row again."""

    __tablename__ = "members"
    __table_args__ = (UniqueConstraint("owner_id", "user_id"), Index(None, "user_id"))

    id: Mapped[int] = _identity()
    owner_id: Mapped[int] = _reference("owners.id")
    user_id: Mapped[int]
    name: Mapped[str]
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    nudges: Mapped[bool]
    buddy_id: Mapped[int | None] = mapped_column(_Id, ForeignKey("members.id", ondelete="SET NULL"))
    asked_buddy_id: Mapped[int | None]


class AbsenceRow(Base):
    """Dates on which a member is away."""

    __tablename__ = "absences"
    __table_args__ = (Index(None, "member_id"),)

    id: Mapped[int] = _identity()
    member_id: Mapped[int] = _reference("members.id")
    first: Mapped[date]
    last: Mapped[date]


class VisionRow(Base):
    """A tree and the state of its cache. Its row is what writers of the tree lock."""

    __tablename__ = "visions"
    __table_args__ = (Index(None, "owner_id"),)

    id: Mapped[int] = _identity()
    owner_id: Mapped[int] = _reference("owners.id")
    position: Mapped[int]
    stale: Mapped[bool]
    calculation_version: Mapped[int]
    created_at: Mapped[datetime]


class NodeRow(Base):
    """Anything in a tree."""

    __tablename__ = "nodes"
    __table_args__ = (
        UniqueConstraint("owner_id", "key"),
        Index(None, "vision_id"),
        Index(None, "parent_id"),
        Index(
            "ix_nodes_member_id",
            "member_id",
            postgresql_where=text("member_id IS NOT NULL"),
            sqlite_where=text("member_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = _identity()
    owner_id: Mapped[int] = _reference("owners.id")
    vision_id: Mapped[int] = _reference("visions.id")
    parent_id: Mapped[int | None] = mapped_column(_Id, ForeignKey("nodes.id", ondelete="CASCADE"))
    key: Mapped[str]
    kind: Mapped[str]
    level: Mapped[str]
    title: Mapped[str]
    strategy: Mapped[str | None]
    measure: Mapped[str | None]
    aggregate: Mapped[str | None]
    unit: Mapped[str | None]
    weight: Mapped[Decimal]
    weekdays: Mapped[frozenset[int]]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    position: Mapped[int]
    each: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    member_id: Mapped[int | None] = mapped_column(_Id, ForeignKey("members.id"))
    let_go: Mapped[bool] = mapped_column(server_default=false())


class NodeTargetRow(Base):
    """A node's target from a date on; the first from 0001-01-01 (which PostgreSQL's driver keeps as -infinity)."""

    __tablename__ = "node_targets"
    __table_args__ = ({"sqlite_with_rowid": False},)

    node_id: Mapped[int] = mapped_column(_Id, ForeignKey("nodes.id", ondelete="CASCADE"), primary_key=True)
    effective_from: Mapped[date] = mapped_column(primary_key=True)
    target: Mapped[Decimal | None]


class EntryRow(Base):
    """One logged fact. A source key begins with the chat's id, so it is unique over all chats. A skip that an
    absence made is `known_ahead` of its day."""

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("source_key"),
        Index(None, "node_id", "on_date"),
        Index(None, "vision_id", "on_date"),
        Index(None, "vision_id", "id"),
        Index(
            "ix_entries_replaced_by",
            "replaced_by",
            postgresql_where=text("replaced_by IS NOT NULL"),
            sqlite_where=text("replaced_by IS NOT NULL"),
        ),
        Index(
            "ix_entries_taken_back_by",
            "taken_back_by",
            unique=True,
            postgresql_where=text("taken_back_by IS NOT NULL"),
            sqlite_where=text("taken_back_by IS NOT NULL"),
        ),
    )

    id: Mapped[int] = _identity()
    vision_id: Mapped[int] = _reference("visions.id")
    node_id: Mapped[int] = _reference("nodes.id")
    on_date: Mapped[date]
    value: Mapped[Decimal | None]
    skipped: Mapped[bool]
    note: Mapped[str | None]
    author_id: Mapped[int | None]
    created_at: Mapped[datetime]
    source_key: Mapped[str | None] = mapped_column(_Key)
    voided_at: Mapped[datetime | None]
    replaced_by: Mapped[int | None] = mapped_column(_Id, ForeignKey("entries.id", ondelete="SET NULL"))
    taken_back_by: Mapped[str | None] = mapped_column(_Key)
    known_ahead: Mapped[bool] = mapped_column(server_default=false())


class ConfirmationRow(Base):
    """A buddy's word that an entry is so."""

    __tablename__ = "confirmations"

    entry_id: Mapped[int] = mapped_column(
        _Id, ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    member_id: Mapped[int] = _reference("members.id")
    at: Mapped[datetime]


class ShareRow(Base):
    """A goal of a private chat that a member shows to a group."""

    __tablename__ = "shares"
    __table_args__ = (UniqueConstraint("node_id", "owner_id"), Index(None, "owner_id"), Index(None, "member_id"))

    id: Mapped[int] = _identity()
    node_id: Mapped[int] = _reference("nodes.id")
    owner_id: Mapped[int] = _reference("owners.id")
    member_id: Mapped[int] = _reference("members.id")
    whole: Mapped[bool]
    created_at: Mapped[datetime]


class PublicationRow(Base):
    """A channel that gets a group's digests."""

    __tablename__ = "publications"
    __table_args__ = (UniqueConstraint("owner_id", "chat_id"), Index(None, "chat_id"))

    id: Mapped[int] = _identity()
    owner_id: Mapped[int] = _reference("owners.id")
    chat_id: Mapped[int]
    title: Mapped[str]
    by_user: Mapped[int]
    created_at: Mapped[datetime]


class CellRow(Base):
    """A node in one of its periods: derived from the entries. `progress` is in parts (`core.progress.ONE`)."""

    __tablename__ = "cells"
    __table_args__ = ({"sqlite_with_rowid": False},)

    node_id: Mapped[int] = mapped_column(_Id, ForeignKey("nodes.id", ondelete="CASCADE"), primary_key=True)
    period_start: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[Decimal]
    progress: Mapped[int]
    counts: Mapped[bool]
    excused: Mapped[bool]


class RunRow(Base):
    """A leaf's newest run of completed periods: derived from its cells."""

    __tablename__ = "runs"

    node_id: Mapped[int] = mapped_column(
        _Id, ForeignKey("nodes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    length: Mapped[int]
    best: Mapped[int]
    through: Mapped[date | None]


class LetGoRow(Base):
    """A goal that was let go at the end of a quarter, or stands below one that was: see `core.ports.endings.LetGo`."""

    __tablename__ = "let_go"
    __table_args__ = ({"sqlite_with_rowid": False},)

    node_id: Mapped[int] = mapped_column(_Id, ForeignKey("nodes.id", ondelete="CASCADE"), primary_key=True)
    quarter_start: Mapped[date] = mapped_column(primary_key=True)
    chosen: Mapped[bool]
    ended: Mapped[bool]
    end_before: Mapped[date | None]


class FarewellRow(Base):
    """The message (its id in the outbox, where it may be gone) that announced the end of a vision."""

    __tablename__ = "farewells"

    node_id: Mapped[int] = mapped_column(
        _Id, ForeignKey("nodes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    ended_on: Mapped[date]
    message_id: Mapped[int]


class ConversationRow(Base):
    """What a chat must remember between two messages of a person."""

    __tablename__ = "conversations"

    chat_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[dict[str, object]]
    updated_at: Mapped[datetime]


class InboxRow(Base):
    """An update from Telegram, stored before it is confirmed. `chat_id` is 0 where it belongs to no chat, and once it
    is handled."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index(
            "ix_inbox_unhandled",
            "chat_id",
            "update_id",
            postgresql_where=text("handled_at IS NULL"),
            sqlite_where=text("handled_at IS NULL"),
        ),
    )

    update_id: Mapped[int] = mapped_column(_Id, primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(server_default=text("0"))
    payload: Mapped[str]
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]


class ReminderRow(Base):
    """Who is asked what, when. `next_due` is empty while nothing is to come of it."""

    __tablename__ = "reminders"
    __table_args__ = (
        Index(None, "owner_id"),
        Index(
            "ix_reminders_node_id",
            "node_id",
            postgresql_where=text("node_id IS NOT NULL"),
            sqlite_where=text("node_id IS NOT NULL"),
        ),
        Index(
            "ix_reminders_due",
            "next_due",
            postgresql_where=text("next_due IS NOT NULL"),
            sqlite_where=text("next_due IS NOT NULL"),
        ),
    )

    id: Mapped[int] = _identity()
    owner_id: Mapped[int] = _reference("owners.id")
    kind: Mapped[str]
    at_time: Mapped[time]
    weekdays: Mapped[frozenset[int]]
    last_day_of: Mapped[str | None]
    node_id: Mapped[int | None] = mapped_column(_Id, ForeignKey("nodes.id", ondelete="CASCADE"))
    paused: Mapped[bool]
    next_due: Mapped[datetime | None]
    by_default: Mapped[bool] = mapped_column(server_default=false())
    created_at: Mapped[datetime]


LIVING = "m.kind IN ('board', 'check_in', 'nudge') AND m.state IN ('sending', 'sent')"
"""Of which messages `outbox m` what they show is kept up to date, in the words of the index."""
_LIVING = text(LIVING.replace("m.", ""))


class OutboxRow(Base):
    """A message that must be sent once. `due_at` is when it is to be looked at next; while it is being sent, when the
    claim on it ends. `changes` counts the changes of what a sent message shows, `shown` is the one that it shows."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key"),
        Index(None, "chat_id", "message_id"),
        Index(
            "ix_outbox_open",
            "due_at",
            postgresql_where=text("state IN ('pending', 'retry', 'sending')"),
            sqlite_where=text("state IN ('pending', 'retry', 'sending')"),
        ),
        Index(
            "ix_outbox_settled",
            "settled_at",
            postgresql_where=text("settled_at IS NOT NULL"),
            sqlite_where=text("settled_at IS NOT NULL"),
        ),
        Index("ix_outbox_living", "chat_id", "on_date", postgresql_where=_LIVING, sqlite_where=_LIVING),
        Index(
            "ix_outbox_changed",
            "chat_id",
            postgresql_where=text("changes <> shown"),
            sqlite_where=text("changes <> shown"),
        ),
    )

    id: Mapped[int] = _identity()
    key: Mapped[str] = mapped_column(_Key)
    kind: Mapped[str]
    owner_id: Mapped[int] = _reference("owners.id")
    chat_id: Mapped[int]
    thread_id: Mapped[int | None]
    on_date: Mapped[date]
    nodes: Mapped[list[int]]
    after_id: Mapped[int | None]
    state: Mapped[str]
    due_at: Mapped[datetime]
    useful_until: Mapped[datetime]
    attempt: Mapped[int]
    doubts: Mapped[int]
    message_id: Mapped[int | None]
    at_any_hour: Mapped[bool] = mapped_column(server_default=false())
    changes: Mapped[int] = mapped_column(server_default=text("0"))
    shown: Mapped[int] = mapped_column(server_default=text("0"))
    reason: Mapped[str | None]
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class JournalRow(Base):
    """When something last happened in the running of the bot."""

    __tablename__ = "journal"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    detail: Mapped[dict[str, object]]
