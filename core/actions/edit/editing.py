"""The steps of every edit of a goal, in one transaction: open, change, check, write and record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from core.actions.access import Access, enter
from core.actions.cache import tree_of
from core.actions.each import like, settle_vision
from core.actions.edit.edited import Edited, EditOutcome
from core.actions.living import note_change
from core.actions.logged_days import logged_on
from core.actions.read import today_of
from core.actions.recording import Recording
from core.caps import UNCAPPED, Caps
from core.errors import Fault, InvalidPlan, NotFound, Refused
from core.goals.model import Aggregate, Measure, Node, Strategy
from core.goals.periods import DAY
from core.goals.tree import Tree
from core.group.permissions import Act, Actor
from core.planning.edits import Edit, EditKind
from core.planning.plan import plan_of
from core.planning.rules import faults_of
from core.planning.titles import same_title
from core.ports.store import Transaction
from core.ports.trees import StoredVision
from core.records import record


@record
class Editing:
    """A tree that is locked for an edit, and the goal to be edited."""

    tx: Transaction
    access: Access
    vision: StoredVision
    tree: Tree
    node: Node
    today: date
    now: datetime

    @classmethod
    def open(cls, tx: Transaction, actor: Actor, node_id: int, now: datetime) -> Editing:
        """Opens the tree of a goal. Raises `NotFound`, and `Refused`, also for a member's own leaf: it changes with the
        *each* goal above it."""
        access = enter(tx, actor, Act.EDIT_TREE)
        path = tx.trees.path(access.owner.chat_id, node_id)
        vision = tx.trees.vision(path.id, lock=True) if path else None
        if vision is None or all(node.id != node_id for node in vision.nodes):
            raise NotFound("goal_gone")
        tree = tree_of(vision)
        node = tree.nodes[node_id]
        access.check_own(node)
        if node.member_id is not None:
            raise Refused("part_of_each", title=tree.called(node))
        return cls(tx, access, vision, tree, node, today_of(vision.owner, now), now)

    def repeated(self, source_key: str | None) -> Edited | None:
        """The result of an edit with this source key, if there is one."""
        known = known_edit(self.tx, self.access, source_key)
        if known is None:
            return None
        changes = {change.node_id: change for change in known.effects.nodes if change.vision_id == self.vision.id}
        was = [change.before for change in changes.values() if change.before is not None]
        kept = [node for node in self.tree.nodes.values() if not (made := changes.get(node.id)) or made.before]
        earlier = Tree(kept, self.tree.week_start, self.tree.pauses).changed(was)
        return Edited(EditOutcome.REPEATED, earlier, self.tree, known.node_id or self.node.id, self.today)

    def unchanged(self) -> Edited:
        """The result of an edit that changes nothing; nothing is written."""
        return Edited(EditOutcome.UNCHANGED, self.tree, self.tree, self.node.id, self.today)

    def next_free_day(self) -> date:
        """Today, or tomorrow where the goal or one below it is logged today already."""
        return self.today + DAY if self.node.id in logged_on(self.tx, self.tree, self.today) else self.today

    def write(
        self,
        kind: EditKind,
        changed: Collection[Node],
        source_key: str | None,
        *,
        added: Collection[Node] = (),
        since: date | None = None,
    ) -> Edited:
        """Writes changed and new nodes with all that follows from them. Raises `InvalidPlan` if that breaks a rule."""
        refuse_new_faults(self.tree, self.tree.changed([*changed, *added]))
        recording = Recording.of_one(self.tx, self.access, self.now, self.vision)
        self.tx.trees.save_nodes(list(changed))
        self.tx.trees.add_nodes(self.vision.id, list(added))
        self.settle(since)
        about = next(iter(added), self.node)
        recording.end(kind, about, source_key)
        return self.result(about, since)

    def settle(self, since: date | None = None) -> None:
        """The last steps once all is written: marks the cache stale, updates members' own leaves and living
        messages."""
        self.tx.trees.mark_stale(self.vision.id)
        settle_vision(self.tx, self.vision.owner, self.vision.id, self.today, self.now)
        note_change(self.tx, self.vision.owner, self.now, since)

    def result(self, about: Node, since: date | None = None) -> Edited:
        """The result, with the tree as it is now."""
        vision = self.tx.trees.vision(self.vision.id)
        after = self.tree if vision is None else tree_of(vision)
        return Edited(EditOutcome.DONE, self.tree, after, about.id, self.today, since, is_gone=vision is None)

    def refuse_taken_title(self, title: str, parent_id: int | None) -> None:
        """Raises `InvalidPlan` if another goal below the same one has the title, as titles are compared."""
        above = None if parent_id is None else self.tree.nodes[parent_id]
        if above is None:
            return
        for other in self.tree.children(above):
            if other.id != self.node.id and same_title(other.title, title):
                raise refused(self.node, "title_taken", title=other.title, above=above.title)

    def parent_as_leaf(self) -> Node | None:
        """The parent of the edited goal as it is without it, if that was its only child: it is logged itself then, as a
        number if it adds up or has a unit, else as a check. It adds up again once it has goals below it. None for a
        vision, which is never logged."""
        above = None if self.node.parent_id is None else self.tree.nodes[self.node.parent_id]
        if above is None or above.parent_id is None or len(self.tree.children(above)) > 1:
            return None
        if above.strategy is Strategy.SUM:
            return replace(above, measure=Measure.NUMBER, aggregate=Aggregate.SUM)
        measure = Measure.NUMBER if above.unit is not None and above.target is not None else None
        return replace(above, strategy=None, measure=measure)

    def as_parent(self, above: Node) -> Node:
        """A goal as a parent, which is not logged itself any more."""
        return replace(above, measure=None, aggregate=None) if self.tree.is_leaf(above) else above


def known_edit(tx: Transaction, access: Access, source_key: str | None) -> Edit | None:
    """The owner's edit with this source key, if there is one."""
    known = None if source_key is None else tx.edits.by_source(source_key)
    return known if known is not None and known.owner_id == access.owner.id else None


def refuse_new_faults(before: Tree, after: Tree, caps: Caps = UNCAPPED) -> None:
    """Raises `InvalidPlan` for rules that the changed tree breaks and the tree before did not."""
    # Members' own leaves are brought in line with their *each* goal as soon as it is written.
    after = after.changed(
        like(each, child) for each in after.nodes.values() if each.each for child in after.children(each)
    )
    old = set(map(str, _faults_by_key(before, caps)))
    by_key, named = _faults_by_key(after, caps), faults_of(plan_of(after), caps)
    faults = [fault for key, fault in zip(by_key, named, strict=True) if str(key) not in old]
    if faults:
        raise InvalidPlan(faults)


def _faults_by_key(tree: Tree, caps: Caps) -> list[Fault]:
    """The faults of a tree, each at its node's key, which stays when the title changes."""
    return faults_of(plan_of(tree).mapped(lambda node: replace(node, place=node.key or "")), caps)


def refused(node: Node, code: str, /, **values: object) -> InvalidPlan:
    """A refusal of an edit, placed at the edited goal."""
    return InvalidPlan([Fault(f"“{node.title}”", code, **values)])
