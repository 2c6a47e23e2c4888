"""Planting a plan again: its changes to existing trees, previewed or made in one transaction."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import field, replace
from datetime import date, datetime

from core.actions.access import enter
from core.actions.cache import rebuild_vision, tree_of
from core.actions.days_off import write_days_off
from core.actions.edit.editing import known_edit
from core.actions.edit.ending import ended_with
from core.actions.growing import goals_in, refuse_logged_parents, refuse_too_many
from core.actions.living import note_change
from core.actions.logged_days import logged_on
from core.actions.plant import Planted, Planting, settled
from core.actions.recording import Recording
from core.caps import CAPS, UNCAPPED, Caps
from core.errors import NotFound
from core.goals.model import Node, Owner
from core.goals.periods import DAY
from core.goals.tree import Tree
from core.group.permissions import Act, Actor
from core.planning.changes import Occasion, Replanting, replanting
from core.planning.edits import Edit, EditKind
from core.planning.merging import refuse_each_alone
from core.planning.plan import PlanNode, plan_of
from core.planning.rules import check
from core.planning.titles import same_title
from core.ports.plan_messages import PlanMessage, Stage
from core.ports.store import Store, Transaction
from core.ports.trees import StoredVision
from core.records import record


@record
class PlantingWish:
    """Plans as somebody wants them planted. `visions` are the trees that the plans made before, in their order; other
    trees are matched by title. `renames`: see `Twin`; `said` and `by_place`: see `Occasion`. `end_left`: goals that a
    plan does not mention end. `source_key`: the message that asks for it."""

    plans: Sequence[PlanNode]
    visions: Sequence[int] = ()
    renames: Mapping[int, bool] = field(default_factory=dict)
    said: Set[str] = frozenset()
    by_place: bool = False
    end_left: bool = False
    caps: Caps = CAPS
    source_key: str | None = None

    def each(self) -> Iterator[tuple[PlanNode, int | None]]:
        """Every plan with the tree that it made before, if any."""
        known = self.visions if len(self.visions) == len(self.plans) else ()
        return itertools.zip_longest(self.plans, known)


@record
class Outlook:
    """The effect of a plan on an existing tree; None for a new one."""

    plan: PlanNode
    changes: Replanting | None


async def outlook(store: Store, actor: Actor, wish: PlantingWish, today: date) -> list[Outlook]:
    """The effect of planting, without planting. Raises `InvalidPlan`, `CapReached`, `Refused`."""

    def work(tx: Transaction) -> list[Outlook]:
        owner = enter(tx, actor, Act.EDIT_TREE).owner
        visions = tx.trees.visions_of(owner.id)
        outlooks = []
        for plan, known in wish.each():
            refuse_each_alone(plan, owner)
            vision = _vision_of(visions, plan, known)
            ids = itertools.count(-1, -1)
            changes = None
            if vision is not None:
                tree = tree_of(vision)
                changes = replanting(tree, plan, ids, _keys(visions), _occasion(tx, tree, wish, today))
                _check(tx, changes, vision, wish.caps)
                refuse_too_many(goals_in(visions), len(changes.new), wish.caps)
            outlooks.append(Outlook(plan, changes))
        return outlooks

    return await store.read(work)


async def replant(
    store: Store, actor: Actor, wish: PlantingWish, message: PlanMessage, today: date, now: datetime
) -> list[Planted]:
    """Plants new plans and changes of existing trees, all or nothing, as one edit that can be taken back. The message
    is marked as planted.

    Repeating the `source_key` plants nothing, even after the edit was taken back: it returns the trees that still
    exist. Raises `InvalidPlan` with every fault, `CapReached` for more than a chat may have, and `Refused`.
    """
    for plan in wish.plans:
        check(plan, wish.caps)

    def work(tx: Transaction) -> list[Planted]:
        access = enter(tx, actor, Act.EDIT_TREE)
        if known := known_edit(tx, access, wish.source_key):
            return _still_there(tx, known)
        recording = Recording.of_all(tx, access, now)
        replanter = _Replanter(tx, access.owner, wish, today, now)
        planted = [replanter.plant(plan, known) for plan, known in wish.each()]
        note_change(tx, access.owner, now)
        recording.end(EditKind.PLANT, planted[0].tree.vision, wish.source_key)
        visions = tuple(one.vision_id for one in planted)
        kept = replace(message, chat_id=access.owner.chat_id, stage=Stage.PLANTED, visions=visions)
        tx.plan_messages.put(replace(kept, planted=message.text, renames={}))
        return planted

    return await store.write(work)


async def was_planted_by(store: Store, actor: Actor, source_key: str) -> bool:
    """Whether a message with this source key has planted something. Raises `Refused`."""
    return await store.read(lambda tx: known_edit(tx, enter(tx, actor, Act.EDIT_TREE), source_key) is not None)


@record
class _Replanter:
    tx: Transaction
    owner: Owner
    wish: PlantingWish
    today: date
    now: datetime

    def plant(self, plan: PlanNode, known: int | None) -> Planted:
        tx, owner, today = self.tx, self.owner, self.today
        refuse_each_alone(plan, owner)
        visions = tx.trees.visions_of(owner.id)
        vision = _vision_of(visions, plan, known)
        if vision is None:
            return Planting(tx, owner, today, self.now, by_key=False, caps=self.wish.caps).plant(plan)
        vision = tx.trees.vision(vision.id, lock=True)
        if vision is None:
            raise NotFound("goal_gone")
        ids = iter(tx.trees.new_node_ids(sum(1 for _ in plan.walk())))
        tree = tree_of(vision)
        occasion = _occasion(tx, tree, self.wish, today)
        changes = replanting(tree, plan, ids, _keys(visions), occasion)
        _check(tx, changes, vision, self.wish.caps)
        refuse_too_many(goals_in(visions), len(changes.new), self.wish.caps)
        return settled(tx, owner, self._written(vision.id, changes, occasion.logged), today, self.now)

    def _written(self, vision_id: int, changes: Replanting, logged: Set[int]) -> Planted:
        tx, ended = self.tx, self._ended(changes, logged)
        saved = {node.id: node for node in (*changes.saved, *ended)}
        if not saved and not changes.new and not changes.pauses:
            return Planted(vision_id, changes.before, False, 0, 0)
        # Existing goals may have moved below new ones.
        tx.trees.add_nodes(vision_id, list(changes.new))
        tx.trees.save_nodes(list(saved.values()))
        write_days_off(tx, self.owner, changes.pauses, self.today, self.wish.caps)
        tx.trees.mark_stale(vision_id)
        rebuild_vision(tx, vision_id)
        after = changes.after.changed(ended)
        paused = {(one.node or after.vision).id for one in changes.pauses} - {node.id for node in changes.new}
        tree = Tree(after.nodes.values(), after.week_start, tx.pauses.of_owner(self.owner.id))
        return Planted(vision_id, tree, False, len(changes.new), len(saved.keys() | paused))

    def _ended(self, changes: Replanting, logged: Set[int]) -> list[Node]:
        """The goals that end, with those below them, because others replace them or the plan leaves them out."""
        ended: list[Node] = []
        for node in (*changes.replaced, *(changes.left if self.wish.end_left else ())):
            last = self.today if node.id in logged else self.today - DAY
            ended += ended_with(changes.after, changes.after.nodes[node.id], last)
        return ended


def _still_there(tx: Transaction, edit: Edit) -> list[Planted]:
    """The trees that an edit planted or changed and that still exist, as they are now."""
    ids = dict.fromkeys(change.vision_id for change in edit.effects.nodes)
    visions = [vision for vision_id in ids if (vision := tx.trees.vision(vision_id)) is not None]
    return [Planted(vision.id, tree_of(vision), False, 0, 0) for vision in visions]


def _vision_of(visions: Sequence[StoredVision], plan: PlanNode, known: int | None) -> StoredVision | None:
    """The existing tree of a plan: the one that it planted before, else the one with its title."""
    before = next((vision for vision in visions if vision.id == known), None)
    return before or next((one for one in visions if same_title(tree_of(one).vision.title, plan.title)), None)


def _occasion(tx: Transaction, tree: Tree, wish: PlantingWish, today: date) -> Occasion:
    return Occasion(today, logged_on(tx, tree, today), wish.renames, wish.said, wish.by_place)


def _keys(visions: Sequence[StoredVision]) -> set[str]:
    return {node.key for vision in visions for node in vision.nodes}


def _check(tx: Transaction, changes: Replanting, vision: StoredVision, caps: Caps) -> None:
    check(plan_of(changes.after), caps if changes.new else UNCAPPED)
    refuse_logged_parents(tx, changes.before, changes.after, vision.id)
