"""The leaves of a day as they stand: what is asked of whoever logs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from core.errors import NotFound
from core.goals.model import Measure, Node, Status
from core.goals.progress import ONE
from core.goals.reading import Reading, Standing


@dataclass(frozen=True, slots=True)
class Item:
    """A leaf of the day. `is_check`: its tree measures it as done or not. `skipped`: its period is. `vision_id` is the
    node at the top of its tree. For what each member of a group does, `people` holds how many are done, and how many
    are to do it."""

    standing: Standing
    is_check: bool
    skipped: bool
    vision_id: int
    people: tuple[int, int] | None = None

    @property
    def id(self) -> int:
        return self.standing.node.id

    @property
    def done(self) -> bool:
        if self.people is not None:
            return self.people[0] == self.people[1] and not self.skipped
        return self.standing.progress >= ONE and not self.skipped

    @property
    def settled(self) -> bool:
        """Whether it is done or skipped: a tap on it offers what else may be said, and changes nothing by itself."""
        return self.done or self.skipped


def items_of(readings: Iterable[Reading]) -> list[Item]:
    """The leaves that count on the readings' day, or would if they were not skipped, in the order of the trees."""
    items = [_item(reading, leaf) for reading in readings for leaf in reading.tree.loggable()]
    return [item for item in items if item.skipped or item.standing.status not in (Status.OFF, Status.INACTIVE)]


def item_of(readings: Iterable[Reading], node_id: int) -> Item:
    """One leaf, whether it counts on the day or not; raises `NotFound`."""
    for reading in readings:
        if leaf := reading.tree.nodes.get(node_id):
            return _item(reading, leaf)
    raise NotFound("goal_gone")


def own_item(readings: Sequence[Reading], own: Node) -> Item:
    """A member's own leaf, as what each one does is called; any other leaf as it is."""
    item = item_of(readings, own.id)
    for reading in readings:
        if own.id in reading.tree.nodes and own.parent_id is not None:
            above = reading.tree.nodes[own.parent_id]
            if above.each is not None:
                named = replace(item.standing.node, id=above.id, title=above.title)
                return replace(item, standing=replace(item.standing, node=named))
    return item


def _item(reading: Reading, leaf: Node) -> Item:
    cell = reading.cells.get(leaf.id)
    skipped = cell is not None and cell.excused
    standing, tree = reading.standing(leaf), reading.tree
    if leaf.each is None:
        return Item(standing, tree.measure(leaf) is Measure.CHECK, skipped, tree.vision.id)
    cells = [reading.cells.get(child.id) for child in tree.children(leaf)]
    present = tree.present(leaf, standing.period) - sum(1 for one in cells if one and one.excused)
    done = sum(1 for one in cells if one and one.done)
    return Item(standing, leaf.each.measure is not Measure.NUMBER, skipped, tree.vision.id, (done, present))
