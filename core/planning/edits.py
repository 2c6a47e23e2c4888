"""Edits of the structure of trees, as values: stored, so that they can be shown again and taken back (/undo)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from core.goals.model import Node, Pause
from core.records import record


class EditKind(StrEnum):
    """The kind of an edit. `plant` made or extended trees by an outline, `import` brought in a document or another
    app's file, `close` is a choice about a goal at the end of its period."""

    RENAME = "rename"
    TERMS = "terms"
    PAUSE = "pause"
    RESUME = "resume"
    MOVE = "move"
    ADD = "add"
    END = "end"
    TAKE_UP = "take_up"
    DELETE = "delete"
    CLOSE = "close"
    PLANT = "plant"
    IMPORT = "import"


@record
class NodeChange:
    """A node of a vision before and after. `before` None: it was made; `after` None: it was removed."""

    vision_id: int
    before: Node | None
    after: Node | None

    @property
    def node_id(self) -> int:
        """The id of the node."""
        node = self.after or self.before
        if node is None:
            raise ValueError("a change of nothing")
        return node.id


@record
class PauseChange:
    """A pause before and after, as for nodes."""

    before: Pause | None
    after: Pause | None


@record
class Rows:
    """Rows of a store's table that belonged to removed nodes. Only the store reads them."""

    table: str
    columns: tuple[str, ...]
    rows: list[list[Any]]


@record
class Effects:
    """Everything that an edit changed: nodes (parents before their children), pauses, the ids of entries that it wrote
    (an import), and the rows of removed nodes. `last_entry` is the owner's newest entry at that time, 0 for none.

    It is stored as JSON: a new field needs a default, and no field may change its meaning.
    """

    nodes: tuple[NodeChange, ...] = ()
    pauses: tuple[PauseChange, ...] = ()
    entries: tuple[int, ...] = ()
    removed: tuple[Rows, ...] = ()
    last_entry: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was changed."""
        return not (self.nodes or self.pauses or self.entries)


@record
class Edit:
    """A stored edit. `title` is the previous name of the goal that it was about; `node_id` is None if it was about
    everything. `user_id` is None for an anonymous admin. `undone`: it was taken back."""

    id: int
    owner_id: int
    user_id: int | None
    node_id: int | None
    title: str
    at: datetime
    source_key: str | None
    kind: EditKind
    effects: Effects
    undone: bool = False


class _Vision(Protocol):
    """A vision with all of its nodes."""

    @property
    def id(self) -> int: ...
    @property
    def nodes(self) -> tuple[Node, ...]: ...


def changed_nodes(before: Iterable[_Vision], after: Iterable[_Vision]) -> tuple[NodeChange, ...]:
    """The changed nodes of visions, parents before their children."""
    old, new = _nodes_of(before), _nodes_of(after)
    ids = [*new, *(node_id for node_id in old if node_id not in new)]
    changes = [
        NodeChange((new.get(node_id) or old[node_id])[0], _second(old.get(node_id)), _second(new.get(node_id)))
        for node_id in ids
        if _second(old.get(node_id)) != _second(new.get(node_id))
    ]
    return tuple(_parents_first(changes))


def changed_pauses(before: Iterable[Pause], after: Iterable[Pause]) -> tuple[PauseChange, ...]:
    """The changed pauses."""
    old, new = {pause.id: pause for pause in before}, {pause.id: pause for pause in after}
    ids = sorted(old.keys() | new.keys())
    return tuple(PauseChange(old.get(one), new.get(one)) for one in ids if old.get(one) != new.get(one))


def _nodes_of(visions: Iterable[_Vision]) -> dict[int, tuple[int, Node]]:
    return {node.id: (vision.id, node) for vision in visions for node in vision.nodes}


def _second(pair: tuple[int, Node] | None) -> Node | None:
    return None if pair is None else pair[1]


def _parents_first(changes: list[NodeChange]) -> Iterator[NodeChange]:
    """The changes with parents first, so that removed nodes can be written again."""
    waiting: dict[int | None, list[NodeChange]] = {}
    ids = {change.node_id for change in changes}
    for change in changes:
        node = change.after or change.before
        above = node.parent_id if node is not None and node.parent_id in ids else None
        waiting.setdefault(above, []).append(change)
    ready = waiting.pop(None, [])[::-1]
    while ready:
        change = ready.pop()
        yield change
        ready += waiting.pop(change.node_id, [])[::-1]


_ORDER = frozenset({"position"})
"""Fields whose later changes do not keep an edit from being undone: siblings shift their positions."""


def taken_back(change: NodeChange, now: Node) -> Node | None:
    """A node as it is now with the change taken back; None if the same was changed again since."""
    if change.before is None or change.after is None:
        raise ValueError("no change of a node that stays")
    back: Mapping[str, Any] = {
        part.name: getattr(change.before, part.name)
        for part in fields(Node)
        if getattr(change.before, part.name) != getattr(change.after, part.name)
    }
    for name in back.keys() - _ORDER:
        if getattr(now, name) not in (getattr(change.after, name), back[name]):
            return None
    return _replaced(now, back)


def _replaced(node: Node, parts: Mapping[str, Any]) -> Node:
    return Node(**{part.name: getattr(node, part.name) for part in fields(Node)} | dict(parts))
