"""The tables of what comes in and goes out: conversations, updates, reminders and messages; of what was done to trees;
and the journal."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.table_base import Base, Id, Key, identity, partial_index, reference


class ConversationRow(Base):
    """What a chat must remember between two messages of a person."""

    __tablename__ = "conversations"

    chat_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[dict[str, object]]
    updated_at: Mapped[datetime]


class PlanMessageRow(Base):
    """A plan that somebody sent lately: its texts, and what became of it."""

    __tablename__ = "plan_messages"

    chat_id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int]
    at: Mapped[datetime]
    stage: Mapped[str]
    state: Mapped[dict[str, object]]


class InboxRow(Base):
    """An update from Telegram, stored before it is confirmed. `chat_id` is 0 where it belongs to no chat, and once it
    is handled."""

    __tablename__ = "inbox"
    __table_args__ = (partial_index("ix_inbox_unhandled", "chat_id", "update_id", where="handled_at IS NULL"),)

    update_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    chat_id: Mapped[int] = mapped_column(server_default=text("0"))
    payload: Mapped[str]
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]


class ReminderRow(Base):
    """Who is asked what, when. `next_due` is empty while nothing is to come of it."""

    __tablename__ = "reminders"
    __table_args__ = (
        Index(None, "owner_id"),
        partial_index("ix_reminders_node_id", "node_id", where="node_id IS NOT NULL"),
        partial_index("ix_reminders_due", "next_due", where="next_due IS NOT NULL"),
    )

    id: Mapped[int] = identity()
    owner_id: Mapped[int] = reference("owners.id")
    kind: Mapped[str]
    at_time: Mapped[time]
    weekdays: Mapped[frozenset[int]]
    last_day_of: Mapped[str | None]
    node_id: Mapped[int | None] = mapped_column(Id, ForeignKey("nodes.id", ondelete="CASCADE"))
    paused: Mapped[bool]
    next_due: Mapped[datetime | None]
    by_default: Mapped[bool] = mapped_column(server_default=false())
    created_at: Mapped[datetime]


LIVING = "m.kind IN ('board', 'check_in', 'nudge') AND m.state IN ('sending', 'sent')"
"""Of which messages `outbox m` what they show is kept up to date, in the words of the index."""


class OutboxRow(Base):
    """A message that must be sent once. `due_at` is when it is to be looked at next; while it is being sent, when the
    claim on it ends. `changes` counts the changes of what a sent message shows, `shown` is the one that it shows."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key"),
        Index(None, "chat_id", "message_id"),
        partial_index("ix_outbox_open", "due_at", where="state IN ('pending', 'retry', 'sending')"),
        partial_index("ix_outbox_settled", "settled_at", where="settled_at IS NOT NULL"),
        partial_index("ix_outbox_living", "chat_id", "on_date", where=LIVING.replace("m.", "")),
        partial_index("ix_outbox_changed", "chat_id", where="changes <> shown"),
    )

    id: Mapped[int] = identity()
    key: Mapped[str] = mapped_column(Key)
    kind: Mapped[str]
    owner_id: Mapped[int] = reference("owners.id")
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


class EditRow(Base):
    """What somebody did to the structure of an owner's trees (`core.planning.edits`). `last_node_id` is the greatest
    id among the nodes that it made or removed: it is not given to another node."""

    __tablename__ = "edits"
    __table_args__ = (
        UniqueConstraint("source_key"),
        Index(None, "owner_id", "id"),
        Index(None, "last_node_id"),
        partial_index("ix_edits_undone_by", "undone_by", unique=True, where="undone_by IS NOT NULL"),
    )

    id: Mapped[int] = identity()
    owner_id: Mapped[int] = reference("owners.id")
    user_id: Mapped[int | None]
    kind: Mapped[str]
    node_id: Mapped[int | None]
    title: Mapped[str]
    at: Mapped[datetime]
    source_key: Mapped[str | None] = mapped_column(Key)
    effects: Mapped[dict[str, object]]
    last_node_id: Mapped[int | None]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(Key)
