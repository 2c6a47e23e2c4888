"""Planting a tree, or extending one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime, timedelta

from core.actions.access import enter
from core.actions.cache import rebuild_vision, tree_of
from core.actions.days_off import write_days_off
from core.actions.each import settle_vision
from core.actions.extending import DocumentReading, Extension, OutlineReading
from core.actions.growing import goals_in, new_nodes, refuse_logged_parents, refuse_too_many
from core.actions.living import note_change
from core.actions.logged_days import logged_on
from core.actions.recording import Recording
from core.caps import CAPS, UNCAPPED, Caps
from core.errors import CapReached, Fault, InvalidPlan, NotFound
from core.goals.model import Node, Owner, Pause
from core.goals.tree import Tree
from core.group.permissions import Act, Actor
from core.planning.days_off import paused
from core.planning.edits import EditKind
from core.planning.merging import refuse_each_alone
from core.planning.outline import assign_keys
from core.planning.plan import PlanNode, dates_of, plan_of, with_own_periods, within_vision
from core.planning.rules import check
from core.planning.titles import same_title
from core.ports.store import Store, Transaction
from core.ports.trees import StoredVision
from core.records import record


@record
class Planted:
    """The outcome of a plan: the tree as it is now, and how many nodes were added or changed."""

    vision_id: int
    tree: Tree
    new: bool
    added: int
    changed: int


async def plant(
    store: Store, actor: Actor, plans: Sequence[PlanNode], today: date, now: datetime, caps: Caps = CAPS
) -> list[Planted]:
    """Plants the trees of an outline, or extends existing ones (matched by the vision's title, and below it by the path
    of titles): new nodes are added, a changed target counts from today, and what is not mentioned stays. All or
    nothing. Raises `InvalidPlan` with every fault, `CapReached` for more than a chat may have, and `Refused`."""
    for plan in plans:
        check(plan, caps)

    def work(tx: Transaction) -> list[Planted]:
        access = enter(tx, actor, Act.EDIT_TREE)
        recording = Recording.of_all(tx, access, now)
        planting = Planting(tx, access.owner, today, now, by_key=False, caps=caps)
        planted = [planting.plant(plan) for plan in plans]
        note_change(tx, access.owner, now)
        recording.end(EditKind.PLANT, planted[0].tree.vision if planted else None, None)
        return planted

    return await store.write(work)


async def trees_there(store: Store, actor: Actor, plans: Sequence[PlanNode]) -> list[str]:
    """The titles of the existing trees that the plans would extend. Raises `Refused`."""

    def work(tx: Transaction) -> list[str]:
        owner = enter(tx, actor, Act.SEE).owner
        visions = [tree_of(vision).vision for vision in tx.trees.visions_of(owner.id)]
        return [plan.title for plan in plans if any(_matches(one, plan, by_key=False) for one in visions)]

    return await store.read(work)


@record
class Planting:
    """Plants visions of an owner within a transaction. `by_key` (a document) matches nodes by key instead of by title,
    and leaves members' own leaves to `settled`, once their entries are written. A new vision without a start begins on
    `first` (default today)."""

    tx: Transaction
    owner: Owner
    today: date
    now: datetime
    by_key: bool
    caps: Caps = CAPS
    first: date | None = None

    def plant(self, plan: PlanNode) -> Planted:
        """Plants or extends one vision. Raises `InvalidPlan` and `CapReached`."""
        tx, owner, today, now = self.tx, self.owner, self.today, self.now
        visions = tx.trees.visions_of(owner.id)
        members = _members(tx, owner, plan, now)
        plan = _with_absent_ended(plan, {member.user_id for member in tx.members.of_owner(owner.id)}, visions, today)
        plan = assign_keys(plan, _taken(visions, plan, by_key=self.by_key))
        if self.by_key:
            _refuse_keys_of_others(visions, plan)
        there = next((v for v in visions if _matches(tree_of(v).vision, plan, by_key=self.by_key)), None)
        nodes_before = goals_in(visions)
        if there is None:
            if len(visions) >= self.caps.trees:
                raise CapReached("trees_full", count=len(visions))
            refuse_too_many(nodes_before, sum(1 for _ in plan.walk()), self.caps)
            planted = self._begin(plan, members)
        else:
            planted = self._extend(there.id, plan, members)
            refuse_too_many(nodes_before, planted.added, self.caps)
        return planted if self.by_key else settled(tx, owner, planted, today, now)

    def _begin(self, plan: PlanNode, members: Mapping[int, int]) -> Planted:
        """Plants a new vision."""
        tx, owner = self.tx, self.owner
        vision_id = tx.trees.add_vision(owner.id, self.now)
        started = replace(plan, starts_on=plan.starts_on or self.first or self.today)
        started = within_vision(started, dates_of(started))
        if not self.by_key:
            started = with_own_periods(started, self.today, owner.week_start)
        nodes = new_nodes(tx, started, None, 0, members)
        tx.trees.add_nodes(vision_id, nodes)
        self._pause(zip(started.walk(), nodes, strict=True), ())
        rebuild_vision(tx, vision_id)
        return Planted(vision_id, Tree(nodes, owner.week_start, tx.pauses.of_owner(owner.id)), True, len(nodes), 0)

    def _extend(self, vision_id: int, plan: PlanNode, members: Mapping[int, int]) -> Planted:
        tx = self.tx
        vision = tx.trees.vision(vision_id, lock=True)
        if vision is None:
            raise NotFound("goal_gone")
        tree = tree_of(vision)
        reading = (
            DocumentReading(tree, members)
            if self.by_key
            else OutlineReading(tree, self.today, logged_on(tx, tree, self.today))
        )
        extension = Extension(tx, tree, members, reading)
        extension.follow(within_vision(plan, dates_of(plan, tree.active(tree.vision))))
        if extension.is_empty:
            return Planted(vision_id, tree, False, 0, 0)
        added, changed = extension.added, extension.changed.values()
        whole = tree.changed([*changed, *added])
        check(plan_of(whole), self.caps if added else UNCAPPED)
        refuse_logged_parents(tx, tree, whole, vision_id)
        tx.trees.save_nodes(list(changed))
        tx.trees.add_nodes(vision_id, added)
        self._pause(extension.lines, tree.pauses)
        tx.trees.mark_stale(vision_id)
        rebuild_vision(tx, vision_id)
        return Planted(vision_id, whole, False, len(added), len(changed))

    def _pause(self, lines: Iterable[tuple[PlanNode, Node]], there: Sequence[Pause]) -> None:
        """Writes the days off in an outline; a document lists its own beside the nodes."""
        if not self.by_key:
            write_days_off(self.tx, self.owner, list(paused(there, lines, self.today)), self.today, self.caps)


def settled(tx: Transaction, owner: Owner, planted: Planted, today: date, now: datetime) -> Planted:
    """A vision after bringing members' own leaves in line with the members, if anything in it is new."""
    tree = settle_vision(tx, owner, planted.vision_id, today, now) if planted.added or planted.changed else None
    return planted if tree is None else replace(planted, tree=tree)


def _members(tx: Transaction, owner: Owner, plan: PlanNode, now: datetime) -> Mapping[int, int]:
    """The member ids, by user id, of those for whom the plan has leaves. Users who are not in are added as former
    members, since nobody can join for them. Raises `InvalidPlan` where there are no members at all."""
    refuse_each_alone(plan, owner)
    if all(node.member is None for node in plan.walk()):
        return {}
    known = {member.user_id: member.id for member in tx.members.of_owner(owner.id, left_too=True)}
    for node in plan.walk():
        if node.member is not None and node.member not in known:
            member = tx.members.join(owner.id, node.member, node.title, now)
            tx.members.leave(member.id, now)
            known[node.member] = member.id
    return known


def _with_absent_ended(plan: PlanNode, present: Set[int], visions: Iterable[StoredVision], today: date) -> PlanNode:
    """The plan with the leaves of absent people ended: as they have ended here, or with yesterday."""
    if all(node.member is None or node.member in present for node in plan.walk()):
        return plan
    ended = {node.key: node.ends_on for vision in visions for node in vision.nodes if node.member_id is not None}

    def settled(node: PlanNode) -> PlanNode:
        if node.member is None or node.member in present:
            return node
        last = ended.get(node.key or "") or today - timedelta(days=1)
        if node.ends_on is not None and node.ends_on <= last:
            return node
        return replace(node, ends_on=max(last, node.starts_on or last))

    return plan.mapped(settled)


def _refuse_keys_of_others(visions: Iterable[StoredVision], plan: PlanNode) -> None:
    """Refuses keys that another vision uses: a key names one goal of an owner."""
    others = {node.key for vision in visions if tree_of(vision).vision.key != plan.key for node in vision.nodes}
    faults = [Fault(node.place, "key_of_another_vision", key=node.key) for node in plan.walk() if node.key in others]
    if faults:
        raise InvalidPlan(faults)


def _taken(visions: Iterable[StoredVision], plan: PlanNode, *, by_key: bool) -> set[str]:
    taken = {node.key for vision in visions for node in vision.nodes}
    return taken - {node.key for node in plan.walk() if node.key} if by_key else taken


def _matches(node: Node, plan: PlanNode, *, by_key: bool) -> bool:
    return node.key == plan.key if by_key else same_title(node.title, plan.title)
