"""The trees that a store keeps: visions, their nodes and how they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from core.model import Node, Owner
from core.progress import Cell
from core.streaks import Run
from core.tree import Terms


@dataclass(frozen=True, slots=True)
class Vision:
    """A tree as it is stored: its nodes (all, or those that were asked for) and the state of its cache.

    `stale` is True when the structure changed, or the calculation, since the cache was built. `latest` is the date of
    its latest entry that was not known ahead, None without any (not loaded by `path`). `version` is the store's mark of
    what `path` read. From `path` alone: `terms` of the *each* nodes, and `member_id`, the membership of who it was
    asked for.
    """

    id: int
    owner: Owner
    nodes: tuple[Node, ...]
    stale: bool
    latest: date | None = None
    version: int | None = None
    terms: Mapping[int, Terms] = field(default_factory=dict)
    member_id: int | None = None


@dataclass(frozen=True, slots=True)
class TreeView:
    """A vision with what is needed to show it on a date: the cells of the periods that hold it, and the runs."""

    vision: Vision
    cells: Mapping[int, Cell]
    runs: Mapping[int, Run]


class Trees(Protocol):
    """Visions and their nodes."""

    def vision_ids(self, owner_id: int | None = None) -> list[int]:
        """The ids of an owner's visions, or of all, increasing: one statement."""

    def outdated(self, after: int, limit: int) -> list[int]:
        """The ids of visions whose cache is stale, increasing, from behind the given one, at most so many."""

    def visions_of(self, owner_id: int) -> list[Vision]:
        """All visions of an owner with all nodes, in order: one statement. Not locked."""

    def vision(self, vision_id: int, *, lock: bool = False) -> Vision | None:
        """One vision with all nodes. `lock` keeps other writers of this vision out until the end of the transaction."""

    def path(self, chat_id: int, node_id: int, user_id: int | None = None, on: date | None = None) -> Vision | None:
        """The vision of a node; its nodes are the node, its ancestors, and the children of all of these; of an *each*
        node only the one on the path. Not locked.

        For an *each* node the path begins at the leaf below it that is the user's (of several the one active on the
        date, or the latest), if there is one. None when there is no such node in this chat's trees: another chat's node
        is not there.
        """

    def lock(self, vision: Vision) -> bool:
        """Keeps other writers of a vision out until the end of the transaction; whether it is still as `path` read it.

        What can be found out before is, so that others wait the shorter. If it is not the same: read it again.
        """

    def lock_path(self, chat_id: int, node_id: int) -> Vision | None:
        """`path`, as it is once it is locked."""

    def add_vision(self, owner_id: int, now: datetime) -> int:
        """Makes an empty vision and gives its id; the nodes come by `add_nodes`."""

    def new_node_ids(self, count: int) -> Sequence[int]:
        """That many unused node ids, increasing."""

    def add_nodes(self, vision_id: int, nodes: Sequence[Node]) -> None:
        """Writes nodes with their target histories, parents before their children."""

    def remove_nodes(self, node_ids: Sequence[int]) -> None:
        """Removes nodes on which nothing was ever logged."""

    def save_nodes(self, nodes: Sequence[Node]) -> None:
        """Writes changed nodes with their target histories."""

    def mark_stale(self, vision_id: int) -> None:
        """Marks the vision's cache stale."""

    def view(self, owner_id: int, on: date, week_start: int) -> list[TreeView]:
        """All visions of an owner with the cells of the periods that hold the date: one recursive query.

        A vision with an end has its one cell at `starts_on`; one without, that of the quarter.
        """

    def view_of_chat(self, chat_id: int, on: date) -> list[TreeView]:
        """The same for the owner of a chat, whoever that is; empty without one."""
