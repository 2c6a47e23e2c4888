"""Rebuilding and verifying a vision's cache: it always equals what `core.goals.engine.realise` makes of the entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.actions.access import check_everywhere
from core.goals.engine import CALCULATION_VERSION, realise
from core.goals.model import Node, Strategy
from core.goals.progress import Cell, blank
from core.goals.streaks import Run
from core.goals.tree import Tree
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction
from core.ports.trees import StoredVision, VisionPath
from core.records import record

PART = 1_000
"""Figures written per transaction in the background."""


@record
class Difference:
    """A cached figure that differs from the entries. `start` is None for a streak."""

    vision_id: int
    node_id: int
    title: str
    start: date | None
    cached: Cell | Run | None
    computed: Cell | Run | None


def tree_of(vision: StoredVision | VisionPath) -> Tree:
    """A stored vision as a tree."""
    hidden = vision.hidden if isinstance(vision, VisionPath) else None
    return Tree(vision.nodes, vision.owner.week_start, vision.pauses, hidden)


def _differences(tx: Transaction, vision: StoredVision) -> list[Difference]:
    tree = tree_of(vision)
    computed = realise(tree, tx.entries.of_vision(vision.id))
    stored, runs = tx.cache.all_cells(vision.id), tx.cache.all_runs(vision.id)
    differing = []
    for node in tree.nodes.values():
        mine, true = stored.get(node.id, {}), computed.cells.get(node.id, {})
        for start in sorted(mine.keys() | true.keys()):
            if not _same(tree, node, start, mine.get(start), true.get(start)):
                differing.append(Difference(vision.id, node.id, node.title, start, mine.get(start), true.get(start)))
        run, true_run = runs.get(node.id, Run()), computed.runs.get(node.id, Run())
        if run != true_run:
            differing.append(Difference(vision.id, node.id, node.title, None, run, true_run))
    return differing


def _same(tree: Tree, node: Node, start: date, stored: Cell | None, computed: Cell | None) -> bool:
    if stored is not None and computed is not None:
        return stored == computed
    # A cell that says the same as a missing one is no difference.
    only = stored or computed
    if only is not None and (only.value or only.progress or only.excused or only.extra):
        return False
    return only == blank(tree, node, tree.period_of(node, start))


def rebuild_vision(tx: Transaction, vision_id: int) -> list[Difference]:
    """Brings a vision's cache in line with its entries, under its lock. Only rows that differ are written."""
    vision = tx.trees.vision(vision_id, lock=True)
    if vision is None:
        return []
    differing = _differences(tx, vision)
    _repair(tx, differing)
    _mark_built(tx, vision)
    return differing


def _mark_built(tx: Transaction, vision: StoredVision) -> None:
    tree = tree_of(vision)
    sums = [node for node in vision.nodes if node.strategy is Strategy.SUM and node.each is None]
    tx.trees.note_ticked(vision.id, [node.id for node in sums if tree.adds_ticks(node)])
    tx.cache.mark_built(vision.id, CALCULATION_VERSION)


def _repair(tx: Transaction, differences: Sequence[Difference]) -> None:
    cells: list[tuple[int, date, Cell]] = []
    runs: dict[int, Run] = {}
    gone: list[tuple[int, date]] = []
    for difference in differences:
        if difference.start is None:
            runs[difference.node_id] = difference.computed if isinstance(difference.computed, Run) else Run()
        elif isinstance(difference.computed, Cell):
            cells.append((difference.node_id, difference.start, difference.computed))
        else:
            gone.append((difference.node_id, difference.start))
    if gone:
        tx.cache.remove(gone)
    if cells or runs:
        tx.cache.write(cells, runs)


async def renew(store: Store, actor: Actor, vision_id: int) -> bool:
    """Rebuilds an outdated cache in the background; returns whether it was outdated. The work is done on a snapshot and
    written in small parts, so that no writer waits long.

    The cache counts as outdated until the last part is written, so a reader rebuilds it first, and after a crash the
    next run goes on. A check-off rebuilds an outdated cache, too: as long as the cache is outdated and the tree
    unchanged, what was computed here still holds.
    """
    check_everywhere(actor, Act.OPERATE)

    def compute(tx: Transaction) -> tuple[object, list[Difference]] | None:
        vision = tx.trees.vision(vision_id)
        return (_state(tx, vision), _differences(tx, vision)) if vision is not None and vision.stale else None

    computed = await store.read(compute)
    if computed is None:
        return False
    seen, renewed = computed
    for start in range(0, max(len(renewed), 1), PART):
        part, is_last = renewed[start : start + PART], start + PART >= len(renewed)

        def write(tx: Transaction, part: list[Difference] = part, is_last: bool = is_last) -> bool:
            vision = tx.trees.vision(vision_id, lock=True)
            if vision is None or not vision.stale:
                return False
            if _state(tx, vision) != seen:
                rebuild_vision(tx, vision_id)
                return False
            _repair(tx, part)
            if is_last:
                _mark_built(tx, vision)
            return True

        if not await store.write(write):
            break
    return True


async def outdated(store: Store, actor: Actor, after: int, limit: int) -> list[int]:
    """Visions with an outdated cache and an id above `after`, by id."""
    check_everywhere(actor, Act.OPERATE)
    return await store.read(lambda tx: tx.trees.outdated(after, limit))


def _state(tx: Transaction, vision: StoredVision) -> object:
    """The facts from which a cache is computed, as far as they can change without a rebuild; and the newest entry. It
    shows that the cache was rebuilt and became outdated again in between."""
    newest = tx.entries.of_owner_latest(vision.owner.id, None, 1)
    return vision.nodes, vision.pauses, vision.owner.week_start, newest


async def _vision_ids(store: Store, chat_id: int | None) -> list[int]:
    def ids(tx: Transaction) -> list[int]:
        if chat_id is None:
            return tx.trees.vision_ids()
        owner = tx.owners.by_chat(chat_id)
        return tx.trees.vision_ids(owner.id) if owner else []

    return await store.read(ids)


async def rebuild(store: Store, actor: Actor) -> list[Difference]:
    """Rebuilds the caches of the host's chat, or all, one vision per transaction; returns what was wrong."""
    check_everywhere(actor, Act.OPERATE)
    repaired = []
    for vision_id in await _vision_ids(store, actor.chat_id):
        repaired += await store.write(lambda tx, vision_id=vision_id: rebuild_vision(tx, vision_id))  # type: ignore[misc]
    return repaired


async def verify(store: Store, actor: Actor, part: tuple[int, int] = (0, 1)) -> tuple[int, list[Difference]]:
    """(number of visions, differences) between the caches of the host's chat, or all, and their entries. Stale caches
    are no fault: they are rebuilt before they are read. Nothing is written.

    `part` (which, of how many) limits it to a share of the visions: a different one each night covers all in time.
    """

    check_everywhere(actor, Act.OPERATE)

    def differences(tx: Transaction, vision_id: int) -> list[Difference]:
        vision = tx.trees.vision(vision_id)
        if vision is None or vision.stale:
            return []
        return _differences(tx, vision)

    which, parts = part
    chosen = [vision_id for vision_id in await _vision_ids(store, actor.chat_id) if vision_id % parts == which % parts]
    differing = []
    for vision_id in chosen:
        differing += await store.read(lambda tx, vision_id=vision_id: differences(tx, vision_id))  # type: ignore[misc]
    return len(chosen), differing
