"""Reading an owner's trees on a day: from the cache, rebuilt first where it is stale."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.actions.access import access_by, access_to, chat_of, enter
from core.actions.cache import rebuild_vision, tree_of
from core.errors import NotFound
from core.goals.engine import realise
from core.goals.model import Node, Owner
from core.goals.periods import local_date
from core.goals.progress import Cell
from core.goals.reading import Reading, Summary, summarise
from core.goals.streaks import Run, run_of
from core.goals.tree import Tree
from core.group.permissions import Act, Actor, may
from core.ports.store import Store, Transaction
from core.ports.trees import TreesMark, TreeView

T = TypeVar("T")


def today_of(owner: Owner, now: datetime) -> date:
    """The owner's date at an instant."""
    return local_date(now, ZoneInfo(owner.timezone), owner.day_start)


class CacheStale(Exception):
    """Raised by a read that met trees with a stale cache."""

    def __init__(self, vision_ids: Sequence[int]) -> None:
        self.vision_ids = vision_ids


async def on_snapshot(store: Store, work: Callable[[Transaction], T], *, at_a_glance: bool = False) -> T:
    """Runs a read-only function on one consistent snapshot. If it raises `CacheStale`, the caches are rebuilt and it
    runs again on a newer snapshot. `at_a_glance`: it mostly needs one statement."""
    while True:
        try:
            return await (store.glance(work) if at_a_glance else store.read(work))
        except CacheStale as stale:
            await _rebuild(store, stale.vision_ids)


async def _rebuild(store: Store, vision_ids: Sequence[int]) -> None:
    await store.write(lambda tx: [rebuild_vision(tx, vision_id) for vision_id in vision_ids])


async def read_trees(store: Store, actor: Actor, on: date) -> list[Reading]:
    """All trees of the actor's chat as seen on a day (see `trees_of`). Raises `Refused`."""
    # In a private chat this is mostly one statement.
    is_private = actor.chat_id is not None and actor.chat_id == actor.user_id
    return await on_snapshot(store, lambda tx: trees_seen_by(tx, actor, on), at_a_glance=is_private)


async def read_tree(store: Store, actor: Actor, vision_id: int, on: date) -> Reading:
    """One tree of the actor's chat, by the id of its vision. Raises `NotFound` and `Refused`."""
    for reading in await read_trees(store, actor, on):
        if reading.tree.vision.id == vision_id:
            return reading
    raise NotFound("goal_gone")


async def read_goal(store: Store, actor: Actor, node_id: int, on: date) -> tuple[Reading, Node]:
    """A goal of the actor's chat, and its tree as seen on a day. Raises `NotFound` and `Refused`."""
    return find_node(await read_trees(store, actor, on), node_id)


def find_node(readings: Iterable[Reading], node_id: int) -> tuple[Reading, Node]:
    """A node of these trees, with its tree. Raises `NotFound`."""
    for reading in readings:
        if node := reading.tree.nodes.get(node_id):
            return reading, node
    raise NotFound("goal_gone")


async def read_mark(store: Store, actor: Actor) -> TreesMark:
    """The state of the trees of the actor's chat: the same as long as nothing in them changes. It costs one statement.
    Raises `NotFound` and `Refused`."""

    def work(tx: Transaction) -> TreesMark:
        mark = tx.trees.mark_of_chat(chat_of(actor), actor.user_id)
        if mark is None:
            raise NotFound("chat_unknown", chat_id=actor.chat_id)
        access_by(actor, mark.owner, mark.member).check(Act.SEE)
        return mark

    return await store.read(work)


def trees_seen_by(tx: Transaction, actor: Actor, on: date) -> list[Reading]:
    """The same within a transaction. Raises `Refused` and `CacheStale`.

    The owner comes with the trees, so that asking for permission costs no statement in a private chat.
    """
    views = tx.trees.view_of_chat(chat_of(actor), on)
    owner = views[0].vision.owner if views else tx.owners.by_chat(chat_of(actor))
    if owner is not None:
        access_to(tx, actor, owner).check(Act.SEE)
    return _readings(tx, views, on)


def trees_of(tx: Transaction, chat_id: int, on: date) -> list[Reading]:
    """All trees of a chat as seen on a day, in order. Empty for a chat that has none. Raises `CacheStale`.

    Seen on a day means: with the entries dated up to that day, and the skips that are known ahead. If there are later
    entries (a look back, or a document with future dates), the day is computed from the entries, since the cache holds
    the later ones too.
    """
    return _readings(tx, tx.trees.view_of_chat(chat_id, on), on)


def _readings(tx: Transaction, views: Sequence[TreeView], on: date) -> list[Reading]:
    if stale := [view.vision.id for view in views if view.vision.stale]:
        raise CacheStale(stale)
    return [_reading(tx, view, on) for view in views]


def _reading(tx: Transaction, view: TreeView, on: date) -> Reading:
    tree = tree_of(view.vision)
    if view.latest is None or view.latest <= on:
        return Reading(tree, on, view.cells, _runs(tx, tree, view.runs, on))
    entries = tx.entries.of_vision(view.vision.id)
    cache = realise(tree, [entry for entry in entries if entry.on <= on or entry.is_known_ahead])
    cells = {
        node.id: cell
        for node in tree.nodes.values()
        if (cell := cache.cell(node.id, tree.period_of(node, on).start)) is not None
    }
    ahead = _ahead(cache.runs, on)
    runs = {leaf_id: _run_up_to(tree, leaf_id, cache.cells[leaf_id], on) for leaf_id in ahead}
    return Reading(tree, on, cells, {**cache.runs, **runs})


def _runs(tx: Transaction, tree: Tree, runs: Mapping[int, Run], on: date) -> Mapping[int, Run]:
    """The runs as of a day, without skips that are known ahead."""
    ahead = _ahead(runs, on)
    if not ahead:
        return runs
    cells = tx.cache.cells_of(ahead)
    return {**runs, **{leaf_id: _run_up_to(tree, leaf_id, cells.get(leaf_id, {}), on) for leaf_id in ahead}}


def _ahead(runs: Mapping[int, Run], on: date) -> list[int]:
    return [leaf_id for leaf_id, run in runs.items() if run.through is not None and run.through > on]


def _run_up_to(tree: Tree, leaf_id: int, cells: Mapping[date, Cell], on: date) -> Run:
    return run_of(tree, tree.nodes[leaf_id], {start: cell for start, cell in cells.items() if start <= on})


async def has_goals(store: Store, actor: Actor) -> bool:
    """Whether the actor's chat has trees. Raises `NotFound` and `Refused`."""
    return await store.read(lambda tx: bool(tx.trees.visions_of(enter(tx, actor, Act.SEE).owner.id)))


async def read_summary(store: Store, actor: Actor, on: date) -> Summary:
    """The summary of the trees of the actor's chat as seen on a day. Raises `Refused`."""
    return summarise(await read_trees(store, actor, on), on)


async def read_owner(store: Store, actor: Actor) -> Owner:
    """The owner of the actor's chat, with its settings. Raises `NotFound` and `Refused`."""
    return await store.read(lambda tx: enter(tx, actor, Act.SEE).owner)


async def read_owner_for(store: Store, actor: Actor) -> tuple[Owner, bool]:
    """(the owner of the actor's chat, whether the actor may edit its tree). Raises `NotFound` and `Refused`."""

    def work(tx: Transaction) -> tuple[Owner, bool]:
        access = enter(tx, actor, Act.SEE)
        owner = access.owner
        return owner, may(Act.EDIT_TREE, access.roles, members_plan=owner.members_plan)

    return await store.read(work)


def owner_in(tx: Transaction, chat_id: int) -> Owner:
    """The owner of a chat; raises `NotFound`."""
    owner = tx.owners.by_chat(chat_id)
    if owner is None:
        raise NotFound("chat_unknown", chat_id=chat_id)
    return owner
