"""The leaves of a day and how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.actions.read import find_node
from core.goals.model import Measure, Node, Status
from core.goals.progress import ONE
from core.goals.reading import Reading, Standing
from core.records import record


@record
class Item:
    """A leaf of the day. `is_check`: it is done or not done. `skipped`: its period is skipped. `vision_id` is the node
    at the top of its tree. For an *each* goal, `people` holds how many members are done, and how many are due."""

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
        """Whether it is done or skipped. A tap on it then changes nothing, but offers what else may be logged."""
        return self.done or self.skipped


def items_of(readings: Iterable[Reading]) -> list[Item]:
    """The leaves that count on the readings' day, or would if they were not skipped, in the order of the trees."""
    items = [_item(reading, leaf) for reading in readings for leaf in reading.tree.loggable()]
    return [item for item in items if item.skipped or item.standing.status not in (Status.OFF, Status.INACTIVE)]


def item_of(readings: Iterable[Reading], node_id: int) -> Item:
    """One leaf, even if it does not count on the day; raises `NotFound`."""
    return _item(*find_node(readings, node_id))


def own_item(readings: Sequence[Reading], own: Node) -> Item:
    """A leaf as an item; a member's own leaf under the title of the *each* goal above it."""
    reading, leaf = find_node(readings, own.id)
    item = _item(reading, leaf)
    above = None if leaf.parent_id is None else reading.tree.nodes[leaf.parent_id]
    if above is None or above.each is None:
        return item
    named = replace(leaf, id=above.id, title=above.title)
    return replace(item, standing=replace(item.standing, node=named))


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
