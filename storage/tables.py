"""The tables of trees, their entries and their cache.

Derived data (cells, runs, `visions.stale`) can be rebuilt from the rest at any time. `nodes.owner_id` repeats the
vision's, so that a key is unique within an owner and a chat's nodes are found without a join.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, Column, ColumnElement, ForeignKey, Index, UniqueConstraint, false, text, true

from storage.table_base import Base, Id, Key, PartialIndex, identity, reference


class VisionRow(Base):
    """A tree and the state of its cache. Writers of the tree lock this row. `revision` and `shape` are its marks
    (`storage.repositories.marks`)."""

    __tablename__ = "visions"
    __table_args__ = (Index(None, "owner_id"),)

    id: ColumnElement[int] = identity()
    owner_id: ColumnElement[int] = reference("owners.id")
    position: ColumnElement[int]
    stale: ColumnElement[bool]
    calculation_version: ColumnElement[int]
    version: ColumnElement[int] = Column(server_default=text("0"))
    revision: ColumnElement[int] = Column(server_default=text("0"))
    shape: ColumnElement[int] = Column(server_default=text("0"))
    created_at: ColumnElement[datetime]


class NodeRow(Base):
    """Anything in a tree. Weight and schedule are those in force last; `month_days` has a bit for each day.

    `adds_ticks` is derived: whether ticks add to a sum, because no number does.
    """

    __tablename__ = "nodes"
    __table_args__ = (UniqueConstraint("owner_id", "key"), Index(None, "vision_id"), Index(None, "parent_id"))
    __partial_indexes__ = (
        PartialIndex("ix_nodes_root", ("vision_id",), where="parent_id IS NULL"),
        PartialIndex("ix_nodes_yearly", ("vision_id",), where="level = 'yearly'"),
        PartialIndex("ix_nodes_member_id", ("member_id",), where="member_id IS NOT NULL"),
    )

    id: ColumnElement[int] = identity()
    owner_id: ColumnElement[int] = reference("owners.id")
    vision_id: ColumnElement[int] = reference("visions.id")
    parent_id: ColumnElement[int | None] = Column(Id, ForeignKey("nodes.id", ondelete="CASCADE"))
    key: ColumnElement[str]
    kind: ColumnElement[str]
    level: ColumnElement[str]
    title: ColumnElement[str]
    strategy: ColumnElement[str | None]
    measure: ColumnElement[str | None]
    aggregate: ColumnElement[str | None]
    unit: ColumnElement[str | None]
    weight: ColumnElement[Decimal]
    weekdays: ColumnElement[frozenset[int]]
    every_days: ColumnElement[int | None]
    month_days: ColumnElement[int | None]
    direction: ColumnElement[str | None]
    baseline: ColumnElement[Decimal | None]
    starts_on: ColumnElement[date | None]
    ends_on: ColumnElement[date | None]
    position: ColumnElement[int]
    each: ColumnElement[dict[str, object] | None] = Column(JSON(none_as_null=True))
    member_id: ColumnElement[int | None] = Column(Id, ForeignKey("members.id"))
    let_go: ColumnElement[bool] = Column(server_default=false())
    adds_ticks: ColumnElement[bool] = Column(server_default=false())


class NodeTargetRow(Base):
    """A node's terms from a date on; the first from 0001-01-01 (which PostgreSQL's driver stores as -infinity). A row
    without a weight holds only the target; the rest is in the node's own columns."""

    __tablename__ = "node_targets"
    __without_rowid__ = True

    node_id: ColumnElement[int] = Column(Id, ForeignKey("nodes.id", ondelete="CASCADE"), primary_key=True)
    effective_from: ColumnElement[date] = Column(primary_key=True)
    target: ColumnElement[Decimal | None]
    weight: ColumnElement[Decimal | None]
    weekdays: ColumnElement[frozenset[int] | None]
    every_days: ColumnElement[int | None]
    month_days: ColumnElement[int | None]
    active: ColumnElement[bool] = Column(server_default=true())


class PauseRow(Base):
    """Days off of an owner, or of the branch below a node."""

    __tablename__ = "pauses"
    __table_args__ = (Index(None, "owner_id"), Index(None, "node_id"))

    id: ColumnElement[int] = identity()
    owner_id: ColumnElement[int] = reference("owners.id")
    node_id: ColumnElement[int | None] = Column(Id, ForeignKey("nodes.id", ondelete="CASCADE"))
    first: ColumnElement[date]
    last: ColumnElement[date]


class EntryRow(Base):
    """One logged fact. A source key begins with the chat's id, so it is unique over all chats. A skip that an
    absence made is `known_ahead` of its day."""

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("source_key"),
        Index(None, "node_id", "on_date"),
        Index(None, "vision_id", "on_date"),
        Index(None, "vision_id", "id"),
    )
    __partial_indexes__ = (
        PartialIndex("ix_entries_replaced_by", ("replaced_by",), where="replaced_by IS NOT NULL"),
        PartialIndex("ix_entries_taken_back_by", ("taken_back_by",), unique=True, where="taken_back_by IS NOT NULL"),
    )

    id: ColumnElement[int] = identity()
    vision_id: ColumnElement[int] = reference("visions.id")
    node_id: ColumnElement[int] = reference("nodes.id")
    on_date: ColumnElement[date]
    value: ColumnElement[Decimal | None]
    skipped: ColumnElement[bool]
    note: ColumnElement[str | None]
    author_id: ColumnElement[int | None]
    created_at: ColumnElement[datetime]
    source_key: ColumnElement[str | None] = Column(Key)
    voided_at: ColumnElement[datetime | None]
    replaced_by: ColumnElement[int | None] = Column(Id, ForeignKey("entries.id", ondelete="SET NULL"))
    taken_back_by: ColumnElement[str | None] = Column(Key)
    known_ahead: ColumnElement[bool] = Column(server_default=false())


class ConfirmationRow(Base):
    """A buddy's confirmation of an entry."""

    __tablename__ = "confirmations"

    entry_id: ColumnElement[int] = Column(
        Id, ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    member_id: ColumnElement[int] = reference("members.id")
    at: ColumnElement[datetime]


class CellRow(Base):
    """A node in one of its periods: derived from the entries. `progress` is in parts (`core.goals.progress.ONE`).
    Where the value is not `known` it is 0."""

    __tablename__ = "cells"
    __without_rowid__ = True

    node_id: ColumnElement[int] = Column(Id, ForeignKey("nodes.id", ondelete="CASCADE"), primary_key=True)
    period_start: ColumnElement[date] = Column(primary_key=True)
    value: ColumnElement[Decimal]
    progress: ColumnElement[int]
    counts: ColumnElement[bool]
    excused: ColumnElement[bool]
    known: ColumnElement[bool] = Column(server_default=true())
    extra: ColumnElement[bool] = Column(server_default=false())


class RunRow(Base):
    """A leaf's newest run of completed periods: derived from its cells."""

    __tablename__ = "runs"

    node_id: ColumnElement[int] = Column(
        Id, ForeignKey("nodes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    length: ColumnElement[int]
    best: ColumnElement[int]
    through: ColumnElement[date | None]
    missed: ColumnElement[date | None]


class LetGoRow(Base):
    """A goal that was let go at the end of a quarter, or is below one: see `core.ports.endings.LetGo`."""

    __tablename__ = "let_go"
    __without_rowid__ = True

    node_id: ColumnElement[int] = Column(Id, ForeignKey("nodes.id", ondelete="CASCADE"), primary_key=True)
    quarter_start: ColumnElement[date] = Column(primary_key=True)
    chosen: ColumnElement[bool]
    ended: ColumnElement[bool]
    end_before: ColumnElement[date | None]


class FarewellRow(Base):
    """The message that announced the end of a vision, by outbox id (it may be deleted there)."""

    __tablename__ = "farewells"

    node_id: ColumnElement[int] = Column(
        Id, ForeignKey("nodes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    ended_on: ColumnElement[date]
    message_id: ColumnElement[int]
