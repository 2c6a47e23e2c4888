"""How nodes did in the periods of a range: series for charts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.actions.access import enter
from core.actions.cache import tree_of
from core.actions.read import CacheStale, on_snapshot
from core.errors import NotFound, RequestRefused
from core.goals.crowd import target_in
from core.goals.history import periods_within
from core.goals.model import Level, Node
from core.goals.periods import Period
from core.goals.progress import Cell, blank, percent
from core.goals.tree import Tree
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction
from core.ports.trees import StoredVision
from core.records import record

LONGEST = 400
"""The most days in a range."""
NODES = 100
"""The number of nodes in a page."""


@record
class Point:
    """A node in one of its periods. Without a cell, only whether the period counts is known."""

    period: Period
    value: Decimal | None
    percent: int | None
    target: Decimal | None
    counts: bool


@record
class Series:
    """A node's points, in order."""

    node: Node
    points: tuple[Point, ...]


@record
class SeriesPage:
    """The series of some nodes, in the order of the tree; `next` is the number of nodes to skip for the following page,
    None on the last."""

    series: tuple[Series, ...]
    next: int | None


@record
class ChosenNodes:
    """A choice of nodes of a tree: those of a level, or a single one; by default all."""

    level: Level | None = None
    node_id: int | None = None

    def holds(self, node: Node) -> bool:
        """Whether it is one of them."""
        return self.level in (None, node.level) and self.node_id in (None, node.id)


async def read_series(
    store: Store, actor: Actor, vision_id: int, dates: Period, chosen: ChosenNodes = ChosenNodes(), skip: int = 0
) -> SeriesPage:
    """The periods that overlap a range, for the chosen nodes of a tree except the first `skip`.

    Raises `RequestRefused` for a range of more than `LONGEST` days, `NotFound` and `Refused`.
    """
    if (dates.end - dates.start).days >= LONGEST:
        raise RequestRefused("range_too_long", days=LONGEST)

    def work(tx: Transaction) -> SeriesPage:
        owner = enter(tx, actor, Act.SEE).owner
        tree = tree_of(_vision(tx, owner.id, vision_id))
        nodes = [node for _, node in tree.walk() if chosen.holds(node)]
        page = nodes[skip : skip + NODES]
        periods = {node.id: periods_within(tree, node, dates) for node in page}
        starts = [period.start for of_node in periods.values() for period in of_node]
        ids = [node.id for node in page]
        cells = tx.cache.cells_between(ids, min(starts), max(starts)) if starts else {}
        series = (Series(node, _points(tree, node, periods[node.id], cells.get(node.id, {}))) for node in page)
        return SeriesPage(tuple(series), skip + NODES if len(nodes) > skip + NODES else None)

    return await on_snapshot(store, work)


def points_of(tx: Transaction, tree: Tree, node: Node, dates: Period) -> tuple[Point, ...]:
    """The periods of one node that overlap a range, from the cache: one statement."""
    periods = periods_within(tree, node, dates)
    if not periods:
        return ()
    cells = tx.cache.cells_between([node.id], periods[0].start, periods[-1].start)
    return _points(tree, node, periods, cells.get(node.id, {}))


def _vision(tx: Transaction, owner_id: int, vision_id: int) -> StoredVision:
    for vision in tx.trees.visions_of(owner_id):
        if any(node.id == vision_id and node.parent_id is None for node in vision.nodes):
            if vision.stale:
                raise CacheStale([vision.id])
            return vision
    raise NotFound("goal_gone")


def _points(tree: Tree, node: Node, periods: list[Period], cells: dict[date, Cell]) -> tuple[Point, ...]:
    points = []
    for period in periods:
        cell = cells.get(period.start)
        target = None if node.each is not None else target_in(tree, node, period, lambda child: None)
        counts = (cell or blank(tree, node, period)).counts
        known = (None, None, counts) if cell is None else (cell.value, percent(cell.progress), counts)
        points.append(Point(period, known[0], known[1], target, known[2]))
    return tuple(points)
