"""The tables of conversations, updates, reminders and messages, of edits of trees, and of the journal."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Column, ColumnElement, ForeignKey, Index, UniqueConstraint, false, text

from storage.table_base import Base, Id, Key, PartialIndex, identity, reference


class ConversationRow(Base):
    """A chat's state between two messages of a person."""

    __tablename__ = "conversations"

    chat_id: ColumnElement[int] = Column(primary_key=True)
    user_id: ColumnElement[int] = Column(primary_key=True)
    state: ColumnElement[dict[str, object]]
    updated_at: ColumnElement[datetime]


class PlanMessageRow(Base):
    """A plan that somebody sent recently: its texts, and what became of it."""

    __tablename__ = "plan_messages"

    chat_id: ColumnElement[int] = Column(primary_key=True)
    message_id: ColumnElement[int] = Column(primary_key=True)
    user_id: ColumnElement[int]
    at: ColumnElement[datetime]
    stage: ColumnElement[str]
    state: ColumnElement[dict[str, object]]


class InboxRow(Base):
    """An update from Telegram, stored before it is confirmed. `chat_id` is 0 where it belongs to no chat, and once it
    is handled."""

    __tablename__ = "inbox"
    __partial_indexes__ = (PartialIndex("ix_inbox_unhandled", ("chat_id", "update_id"), where="handled_at IS NULL"),)

    update_id: ColumnElement[int] = Column(Id, primary_key=True, autoincrement=False)
    chat_id: ColumnElement[int] = Column(server_default=text("0"))
    payload: ColumnElement[str]
    received_at: ColumnElement[datetime]
    handled_at: ColumnElement[datetime | None]


class ReminderRow(Base):
    """A reminder. `next_due` is NULL while it is not due at all."""

    __tablename__ = "reminders"
    __table_args__ = (Index(None, "owner_id"),)
    __partial_indexes__ = (
        PartialIndex("ix_reminders_node_id", ("node_id",), where="node_id IS NOT NULL"),
        PartialIndex("ix_reminders_due", ("next_due",), where="next_due IS NOT NULL"),
    )

    id: ColumnElement[int] = identity()
    owner_id: ColumnElement[int] = reference("owners.id")
    kind: ColumnElement[str]
    at_time: ColumnElement[time]
    weekdays: ColumnElement[frozenset[int]]
    last_day_of: ColumnElement[str | None]
    node_id: ColumnElement[int | None] = Column(Id, ForeignKey("nodes.id", ondelete="CASCADE"))
    paused: ColumnElement[bool]
    next_due: ColumnElement[datetime | None]
    by_default: ColumnElement[bool] = Column(server_default=false())
    created_at: ColumnElement[datetime]


LIVING = "m.kind IN ('board', 'check_in', 'nudge') AND m.state IN ('sending', 'sent')"
"""The condition on `outbox m` for messages that are kept up to date, as in the index."""


class OutboxRow(Base):
    """A message that must be sent once. `due_at` is when it is due or, while it is being sent, when its claim ends.
    `changes` counts the changes of a sent message's contents, `shown` is the change that its text shows."""

    __tablename__ = "outbox"
    __table_args__ = (UniqueConstraint("key"), Index(None, "chat_id", "message_id"))
    __partial_indexes__ = (
        PartialIndex("ix_outbox_open", ("due_at",), where="state IN ('pending', 'retry', 'sending')"),
        PartialIndex("ix_outbox_settled", ("settled_at",), where="settled_at IS NOT NULL"),
        PartialIndex("ix_outbox_living", ("chat_id", "on_date"), where=LIVING.replace("m.", "")),
        PartialIndex("ix_outbox_changed", ("chat_id",), where="changes <> shown"),
    )

    id: ColumnElement[int] = identity()
    key: ColumnElement[str] = Column(Key)
    kind: ColumnElement[str]
    owner_id: ColumnElement[int] = reference("owners.id")
    chat_id: ColumnElement[int]
    thread_id: ColumnElement[int | None]
    on_date: ColumnElement[date]
    nodes: ColumnElement[list[int]]
    after_id: ColumnElement[int | None]
    state: ColumnElement[str]
    due_at: ColumnElement[datetime]
    useful_until: ColumnElement[datetime]
    attempt: ColumnElement[int]
    doubts: ColumnElement[int]
    message_id: ColumnElement[int | None]
    at_any_hour: ColumnElement[bool] = Column(server_default=false())
    changes: ColumnElement[int] = Column(server_default=text("0"))
    shown: ColumnElement[int] = Column(server_default=text("0"))
    reason: ColumnElement[str | None]
    created_at: ColumnElement[datetime]
    settled_at: ColumnElement[datetime | None]


class JournalRow(Base):
    """When something last happened in the running bot."""

    __tablename__ = "journal"

    name: ColumnElement[str] = Column(primary_key=True)
    at: ColumnElement[datetime]
    detail: ColumnElement[dict[str, object]]


class EditRow(Base):
    """An edit of the structure of an owner's trees (`core.planning.edits`). `last_node_id` is the greatest id among the
    nodes that it made or removed: such ids are not reused."""

    __tablename__ = "edits"
    __table_args__ = (UniqueConstraint("source_key"), Index(None, "owner_id", "id"), Index(None, "last_node_id"))
    __partial_indexes__ = (
        PartialIndex("ix_edits_undone_by", ("undone_by",), unique=True, where="undone_by IS NOT NULL"),
    )

    id: ColumnElement[int] = identity()
    owner_id: ColumnElement[int] = reference("owners.id")
    user_id: ColumnElement[int | None]
    kind: ColumnElement[str]
    node_id: ColumnElement[int | None]
    title: ColumnElement[str]
    at: ColumnElement[datetime]
    source_key: ColumnElement[str | None] = Column(Key)
    effects: ColumnElement[dict[str, object]]
    last_node_id: ColumnElement[int | None]
    undone_at: ColumnElement[datetime | None]
    undone_by: ColumnElement[str | None] = Column(Key)
