"""The tables of trees, of what was logged in them, and of their cache.

What is derived (cells, runs, `visions.stale`) can be rebuilt from the rest at any time. `nodes.owner_id` repeats the
vision's, so that a key is unique within an owner and a chat's nodes are found without a join.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from storage.table_base import Base, Id, Key, identity, partial_index, reference


class VisionRow(Base):
    """A tree and the state of its cache. Its row is what writers of the tree lock. `revision` and `shape` are its marks
    (`storage.repositories.marks`)."""

    __tablename__ = "visions"
    __table_args__ = (Index(None, "owner_id"),)

    id: Mapped[int] = identity()
    owner_id: Mapped[int] = reference("owners.id")
    position: Mapped[int]
    stale: Mapped[bool]
    calculation_version: Mapped[int]
    version: Mapped[int] = mapped_column(server_default=text("0"))
    revision: Mapped[int] = mapped_column(server_default=text("0"))
    shape: Mapped[int] = mapped_column(server_default=text("0"))
    created_at: Mapped[datetime]


class NodeRow(Base):
    """Anything in a tree. Weight and schedule are those in force last; `month_days` has a bit for each day.

    `adds_ticks` is derived: of a sum, whether nothing that is measured adds to it.
    """

    __tablename__ = "nodes"
    __table_args__ = (
        UniqueConstraint("owner_id", "key"),
        Index(None, "vision_id"),
        Index(None, "parent_id"),
        partial_index("ix_nodes_root", "vision_id", where="parent_id IS NULL"),
        partial_index("ix_nodes_yearly", "vision_id", where="level = 'yearly'"),
        partial_index("ix_nodes_member_id", "member_id", where="member_id IS NOT NULL"),
    )

    id: Mapped[int] = identity()
    owner_id: Mapped[int] = reference("owners.id")
    vision_id: Mapped[int] = reference("visions.id")
    parent_id: Mapped[int | None] = mapped_column(Id, ForeignKey("nodes.id", ondelete="CASCADE"))
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
    every_days: Mapped[int | None]
    month_days: Mapped[int | None]
    direction: Mapped[str | None]
    baseline: Mapped[Decimal | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    position: Mapped[int]
    each: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    member_id: Mapped[int | None] = mapped_column(Id, ForeignKey("members.id"))
    let_go: Mapped[bool] = mapped_column(server_default=false())
    adds_ticks: Mapped[bool] = mapped_column(server_default=false())


class NodeTargetRow(Base):
    """A node's terms from a date on; the first from 0001-01-01 (which PostgreSQL's driver keeps as -infinity).

    Without a weight it says the target alone, and the rest is as the node has it.
    """

    __tablename__ = "node_targets"
    __table_args__ = ({"sqlite_with_rowid": False},)

    node_id: Mapped[int] = mapped_column(Id, ForeignKey("nodes.id", ondelete="CASCADE"), primary_key=True)
    effective_from: Mapped[date] = mapped_column(primary_key=True)
    target: Mapped[Decimal | None]
    weight: Mapped[Decimal | None]
    weekdays: Mapped[frozenset[int] | None]
    every_days: Mapped[int | None]
    month_days: Mapped[int | None]
    active: Mapped[bool] = mapped_column(server_default=true())


class PauseRow(Base):
    """Days off of an owner, or of the branch below a node."""

    __tablename__ = "pauses"
    __table_args__ = (Index(None, "owner_id"), Index(None, "node_id"))

    id: Mapped[int] = identity()
    owner_id: Mapped[int] = reference("owners.id")
    node_id: Mapped[int | None] = mapped_column(Id, ForeignKey("nodes.id", ondelete="CASCADE"))
    first: Mapped[date]
    last: Mapped[date]


class EntryRow(Base):
    """One logged fact. A source key begins with the chat's id, so it is unique over all chats. A skip that an
    absence made is `known_ahead` of its day."""

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("source_key"),
        Index(None, "node_id", "on_date"),
        Index(None, "vision_id", "on_date"),
        Index(None, "vision_id", "id"),
        partial_index("ix_entries_replaced_by", "replaced_by", where="replaced_by IS NOT NULL"),
        partial_index("ix_entries_taken_back_by", "taken_back_by", unique=True, where="taken_back_by IS NOT NULL"),
    )

    id: Mapped[int] = identity()
    vision_id: Mapped[int] = reference("visions.id")
    node_id: Mapped[int] = reference("nodes.id")
    on_date: Mapped[date]
    value: Mapped[Decimal | None]
    skipped: Mapped[bool]
    note: Mapped[str | None]
    author_id: Mapped[int | None]
    created_at: Mapped[datetime]
    source_key: Mapped[str | None] = mapped_column(Key)
    voided_at: Mapped[datetime | None]
    replaced_by: Mapped[int | None] = mapped_column(Id, ForeignKey("entries.id", ondelete="SET NULL"))
    taken_back_by: Mapped[str | None] = mapped_column(Key)
    known_ahead: Mapped[bool] = mapped_column(server_default=false())


class ConfirmationRow(Base):
    """A buddy's word that an entry is so."""

    __tablename__ = "confirmations"

    entry_id: Mapped[int] = mapped_column(
        Id, ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    member_id: Mapped[int] = reference("members.id")
    at: Mapped[datetime]


class CellRow(Base):
    """A node in one of its periods: derived from the entries. `progress` is in parts (`core.goals.progress.ONE`).
    Where the value is not `known` it is 0."""

    __tablename__ = "cells"
    __table_args__ = ({"sqlite_with_rowid": False},)

    node_id: Mapped[int] = mapped_column(Id, ForeignKey("nodes.id", ondelete="CASCADE"), primary_key=True)
    period_start: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[Decimal]
    progress: Mapped[int]
    counts: Mapped[bool]
    excused: Mapped[bool]
    known: Mapped[bool] = mapped_column(server_default=true())
    extra: Mapped[bool] = mapped_column(server_default=false())


class RunRow(Base):
    """A leaf's newest run of completed periods: derived from its cells."""

    __tablename__ = "runs"

    node_id: Mapped[int] = mapped_column(
        Id, ForeignKey("nodes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    length: Mapped[int]
    best: Mapped[int]
    through: Mapped[date | None]
    missed: Mapped[date | None]


class LetGoRow(Base):
    """A goal that was let go at the end of a quarter, or stands below one that was: see `core.ports.endings.LetGo`."""

    __tablename__ = "let_go"
    __table_args__ = ({"sqlite_with_rowid": False},)

    node_id: Mapped[int] = mapped_column(Id, ForeignKey("nodes.id", ondelete="CASCADE"), primary_key=True)
    quarter_start: Mapped[date] = mapped_column(primary_key=True)
    chosen: Mapped[bool]
    ended: Mapped[bool]
    end_before: Mapped[date | None]


class FarewellRow(Base):
    """The message (its id in the outbox, where it may be gone) that announced the end of a vision."""

    __tablename__ = "farewells"

    node_id: Mapped[int] = mapped_column(
        Id, ForeignKey("nodes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    ended_on: Mapped[date]
    message_id: Mapped[int]
