"""Stored trees: visions, their nodes and the ways to read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from core.goals.model import Member, Node, Owner, Pause
from core.goals.progress import Cell
from core.goals.streaks import Run
from core.goals.structure import Hidden
from core.planning.edits import Rows
from core.records import record


@record
class StoredVision:
    """A whole stored tree. `stale`: the structure or the calculation has changed since the cache was built."""

    id: int
    owner: Owner
    nodes: tuple[Node, ...]
    stale: bool
    pauses: tuple[Pause, ...]
    """All pauses of the owner."""


@record
class VisionPath:
    """The part of a stored tree that a change of one node can reach; see `Trees.path`.

    `hidden` has the facts that are needed about nodes that are not loaded. `member_id` is the membership of the user
    for whom the path was read, None if they are not in the group. Any change of all this gives a new `shape`, never an
    earlier one. `is_shown`: a message in a chat shows the tree, and may have to be edited (`LivingMessages.change`);
    only known on request.
    """

    id: int
    owner: Owner
    nodes: tuple[Node, ...]
    stale: bool
    pauses: tuple[Pause, ...]
    hidden: Hidden
    member_id: int | None
    shape: int
    is_shown: bool = False


@record
class TreeView:
    """Everything needed to show a vision on a date: its tree, the cells of the periods that hold the date, and the
    runs. `latest` is the date of its latest entry, without the skips of absences; None if there is none."""

    vision: StoredVision
    latest: date | None
    cells: Mapping[int, Cell]
    runs: Mapping[int, Run]


@record
class TreesMark:
    """The state of all trees of an owner, which differs after any change in them, entries included. `member` is the
    membership, present or former, of the user for whom it was read."""

    owner: Owner
    state: str
    member: Member | None


class Trees(Protocol):
    """Visions and their nodes."""

    def vision_ids(self, owner_id: int | None = None) -> list[int]:
        """The ids of an owner's visions, or of all, increasing: one statement."""

    def outdated(self, after: int, limit: int) -> list[int]:
        """The ids of visions with a stale cache, increasing, after the given one; at most `limit`."""

    def visions_of(self, owner_id: int) -> list[StoredVision]:
        """All visions of an owner with all nodes, in order: one statement. Not locked."""

    def vision(self, vision_id: int, *, lock: bool = False) -> StoredVision | None:
        """One vision with all nodes. `lock` keeps other writers of this vision out until the end of the transaction."""

    def path(
        self,
        chat_id: int,
        node_id: int,
        user_id: int | None = None,
        on: date | None = None,
        shown_since: date | None = None,
    ) -> VisionPath | None:
        """A node, its ancestors, and the children of all of these (of an *each* node only the child on the path). Not
        locked.

        For an *each* node the path begins at the user's own leaf below it, if there is one (of several the one active
        on the date, or the latest). None if this chat has no such node. `is_shown` is about messages for days from
        `shown_since`, or for the day `on`.
        """

    def lock(self, path: VisionPath) -> bool:
        """Keeps other writers of the vision out until the end of the transaction. False if the tree has changed since
        the path was read, which then has to be read again. Locking after reading keeps others waiting for a shorter
        time."""

    def lock_path(self, chat_id: int, node_id: int) -> VisionPath | None:
        """Reads and locks a path."""

    def add_vision(self, owner_id: int, now: datetime) -> int:
        """Creates an empty vision after all others of the owner, and returns its id; add its nodes by `add_nodes`."""

    def new_node_ids(self, count: int) -> Sequence[int]:
        """`count` unused node ids, increasing."""

    def add_nodes(self, vision_id: int, nodes: Sequence[Node]) -> None:
        """Writes nodes with their terms, parents before their children."""

    def remove_nodes(self, node_ids: Sequence[int]) -> None:
        """Removes nodes with all that belongs to them."""

    def rows_of(self, node_ids: Sequence[int]) -> tuple[Rows, ...]:
        """The rows that removing these nodes would delete, entries above all, for `put_back`; without pauses."""

    def put_back(self, vision_id: int, rows: Sequence[Rows]) -> None:
        """Writes the rows of removed nodes, after the nodes themselves were restored."""

    def remove_vision(self, vision_id: int) -> None:
        """Removes an empty vision."""

    def save_nodes(self, nodes: Sequence[Node]) -> None:
        """Writes changed nodes with their terms."""

    def note_ticked(self, vision_id: int, ticked: Collection[int]) -> None:
        """Stores to which sums of a vision ticks add, for `path`: one statement."""

    def mark_stale(self, vision_id: int) -> None:
        """Marks the vision's cache stale."""

    def mark_of_chat(self, chat_id: int, user_id: int | None) -> TreesMark | None:
        """The state of the trees of a chat, for a user; None if the chat has no owner: one statement."""

    def count_change(self, owner_id: int) -> None:
        """Counts a change of an owner's trees that neither a new entry nor `mark_stale` shows."""

    def view(self, owner_id: int, on: date, week_start: int) -> list[TreeView]:
        """All visions of an owner with the cells of the periods that hold the date: one recursive query. A vision with
        an end has a single cell, at `starts_on`; one without an end has that of the quarter."""

    def view_of_chat(self, chat_id: int, on: date) -> list[TreeView]:
        """The same for the owner of a chat; empty if there is none."""
