"""The base of a check-off: a leaf with its ancestors, and what a change of it reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from core.actions.cache import rebuild_vision, tree_of
from core.actions.living import shown_since
from core.errors import NotFound
from core.goals.check_off import Touch, spans, touches
from core.goals.crowd import Crowd
from core.goals.model import Entry, Node, OwnerType
from core.goals.progress import Cell, Sums
from core.goals.streaks import Run
from core.goals.tree import Tree
from core.ports.check_offs import Needs, StoredRows
from core.ports.store import Transaction
from core.ports.trees import VisionPath
from core.records import record


@record
class PathBefore:
    """The state before a change of a leaf on a date: the nodes that it touches and those above, as stored."""

    touched: list[Touch]
    above: list[Touch]
    """Ancestors that the change does not reach (a child of weight 0, a week outside the vision's range). They are shown
    all the same, each in its period that holds the date."""
    entries: Sequence[Entry]
    cells: Mapping[int, Cell]
    sums: Mapping[int, Sums]
    run: Run
    others: Crowd | None
    """The contribution of all other members' leaves, for a member's own leaf."""
    is_newest: bool
    """Whether it is known that the leaf never had an entry in its period or later."""


@record
class Path:
    """A leaf with its ancestors, in a cache that is not stale. Not locked yet."""

    vision: VisionPath
    tree: Tree
    leaf: Node

    @classmethod
    def read(cls, tx: Transaction, chat_id: int, node_id: int, user_id: int | None, on: date, now: datetime) -> Path:
        """The path of a node, or of the user's own leaf below an *each* node; raises `NotFound`."""
        vision = tx.trees.path(chat_id, node_id, user_id, on, shown_since(now))
        if vision is not None and vision.stale:
            rebuild_vision(tx, vision.id)
            vision = tx.trees.path(chat_id, node_id, user_id, on, shown_since(now))
        if vision is None:
            raise NotFound("goal_gone")
        return cls.of(vision, node_id)

    @classmethod
    def of(cls, vision: VisionPath, node_id: int) -> Path:
        """The path of a node, or of the user's own leaf below an *each* node, from what was read for it."""
        tree = tree_of(vision)
        named = tree.nodes[node_id]
        own = tree.children(named) if named.each is not None else []
        return cls(vision, tree, own[0] if own else named)

    @property
    def above(self) -> Node | None:
        """The parent of the leaf."""
        return None if self.leaf.parent_id is None else self.tree.nodes[self.leaf.parent_id]

    @property
    def is_ones_own(self) -> bool:
        """Whether the leaf is a member's own, below an *each* node."""
        return self.above is not None and self.above.each is not None

    @property
    def is_shared(self) -> bool:
        """Whether the leaf is a group's shared leaf, on which several people log."""
        return self.vision.owner.type is OwnerType.GROUP and self.leaf.member_id is None


@record
class PathReach:
    """The cells that a change of a leaf on a date touches, and the rows to read for it."""

    touched: list[Touch]
    above: list[Touch]
    needs: Needs

    @classmethod
    def of(cls, path: Path, on: date) -> PathReach:
        """Computes the reach from a path alone."""
        touched = touches(path.tree, path.leaf, on)
        reached = {touch.node.id for touch in touched}
        ancestors = path.tree.ancestors(path.leaf)
        above = [Touch(node, path.tree.period_of(node, on)) for node in ancestors if node.id not in reached]
        wanted = [(touch.node.id, touch.period.start) for touch in (*touched, *above)]
        each_id = path.above.id if path.above is not None and path.is_ones_own else None
        needs = Needs(path.leaf.id, touched[0].period, wanted, spans(path.tree, touched), each_id)
        return cls(touched, above, needs)

    def before(self, rows: StoredRows) -> PathBefore:
        """The state before the change, once it was read."""
        figures = rows.entries, rows.cells, rows.sums, rows.run, rows.others, rows.is_newest
        return PathBefore(self.touched, self.above, *figures)
