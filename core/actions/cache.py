"""Rebuilding and verifying a vision's cache: it always equals what `core.engine.realise` makes of the entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.engine import CALCULATION_VERSION, Cache, realise
from core.ports import Store, Transaction, Vision
from core.progress import Cell
from core.streaks import Run
from core.tree import Tree


@dataclass(frozen=True, slots=True)
class Difference:
    """A cached figure that is not what the entries say. `start` is None for a streak."""

    vision_id: int
    node_id: int
    title: str
    start: date | None
    cached: Cell | Run | None
    computed: Cell | Run | None


def tree_of(vision: Vision) -> Tree:
    """A stored vision as a tree."""
    return Tree(vision.nodes, vision.owner.week_start)


def _means_something(cell: Cell | None) -> bool:
    return cell is not None and (cell.value != 0 or cell.progress != 0 or cell.excused)


def _same(stored: Cell | None, computed: Cell | None) -> bool:
    if not _means_something(stored) and not _means_something(computed):
        return True
    return stored == computed


def _differences(tx: Transaction, vision: Vision, tree: Tree, computed: Cache) -> list[Difference]:
    stored, runs = tx.cache.all_cells(vision.id), tx.cache.all_runs(vision.id)
    found = []
    for node in tree.nodes.values():
        mine, true = stored.get(node.id, {}), computed.cells.get(node.id, {})
        for start in sorted(mine.keys() | true.keys()):
            if not _same(mine.get(start), true.get(start)):
                found.append(Difference(vision.id, node.id, node.title, start, mine.get(start), true.get(start)))
        run, true_run = runs.get(node.id, Run()), computed.runs.get(node.id, Run())
        if run != true_run:
            found.append(Difference(vision.id, node.id, node.title, None, run, true_run))
    return found


def rebuild_vision(tx: Transaction, vision_id: int) -> list[Difference]:
    """Brings a vision's cache in line with its entries, under its lock. Only rows that differ are written."""
    vision = tx.trees.vision(vision_id, lock=True)
    if vision is None:
        return []
    tree = tree_of(vision)
    computed = realise(tree, tx.entries.of_vision(vision_id))
    found = _differences(tx, vision, tree, computed)
    cells, runs, gone = [], {}, []
    for difference in found:
        if difference.start is None:
            runs[difference.node_id] = computed.runs.get(difference.node_id, Run())
        elif isinstance(difference.computed, Cell):
            cells.append((difference.node_id, difference.start, difference.computed))
        else:
            gone.append((difference.node_id, difference.start))
    if gone:
        tx.cache.remove(gone)
    if cells or runs:
        tx.cache.write(cells, runs)
    tx.cache.mark_built(vision_id, CALCULATION_VERSION)
    return found


async def _vision_ids(store: Store, chat_id: int | None) -> list[int]:
    def ids(tx: Transaction) -> list[int]:
        if chat_id is None:
            return tx.trees.vision_ids()
        owner = tx.owners.by_chat(chat_id)
        return tx.trees.vision_ids(owner.id) if owner else []

    return await store.read(ids)


async def rebuild(store: Store, chat_id: int | None = None) -> list[Difference]:
    """Rebuilds every cache (or one chat's), a vision a transaction; gives what was wrong."""
    found = []
    for vision_id in await _vision_ids(store, chat_id):
        found += await store.write(lambda tx, vision_id=vision_id: rebuild_vision(tx, vision_id))  # type: ignore[misc]
    return found


async def verify(
    store: Store, chat_id: int | None = None, part: tuple[int, int] = (0, 1)
) -> tuple[int, list[Difference]]:
    """(number of visions, differences) between every cache and its entries. Stale caches are no fault: they are
    rebuilt before they are read. Nothing is written.

    `part` (which, of how many) looks at a share of the visions only: a different one each night sees all in time.
    """

    def check(tx: Transaction, vision_id: int) -> list[Difference]:
        vision = tx.trees.vision(vision_id)
        if vision is None or vision.stale:
            return []
        tree = tree_of(vision)
        return _differences(tx, vision, tree, realise(tree, tx.entries.of_vision(vision_id)))

    which, parts = part
    chosen = [vision_id for vision_id in await _vision_ids(store, chat_id) if vision_id % parts == which % parts]
    found = []
    for vision_id in chosen:
        found += await store.read(lambda tx, vision_id=vision_id: check(tx, vision_id))  # type: ignore[misc]
    return len(chosen), found
