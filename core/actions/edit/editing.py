"""The one way in which a goal of a tree is edited: opened, changed, checked, written and recorded in a transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.actions.access import Access, enter
from core.actions.cache import tree_of
from core.actions.each import settle_vision
from core.actions.edit.edited import Edited, Outcome
from core.actions.living import note_change
from core.actions.read import today_of
from core.actions.recording import Recording
from core.caps import UNCAPPED, Caps
from core.errors import Fault, InvalidPlan, NotFound, Refused
from core.goals.model import Node
from core.goals.tree import Tree
from core.group.permissions import Act, Actor
from core.planning.edits import Edit, EditKind
from core.planning.plan import plan_of
from core.planning.rules import faults_of
from core.planning.titles import same_title
from core.ports.store import Transaction
from core.ports.trees import StoredVision


@dataclass(frozen=True, slots=True)
class Editing:
    """A tree that is locked to be edited, and one goal of it."""

    tx: Transaction
    access: Access
    vision: StoredVision
    tree: Tree
    node: Node
    today: date
    now: datetime

    @classmethod
    def open(cls, tx: Transaction, actor: Actor, node_id: int, now: datetime) -> Editing:
        """Opens the tree of a goal. Raises `NotFound`, and `Refused`, also for a leaf that is one member's part: it is
        changed with the goal that each one does."""
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
        """What an edit with this source key did, if there is one."""
        known = known_edit(self.tx, self.access, source_key)
        if known is None:
            return None
        changes = {change.node_id: change for change in known.effects.nodes if change.vision_id == self.vision.id}
        was = [change.before for change in changes.values() if change.before is not None]
        kept = [node for node in self.tree.nodes.values() if not (made := changes.get(node.id)) or made.before]
        earlier = Tree(kept, self.tree.week_start, self.tree.pauses).changed(was)
        return Edited(Outcome.REPEATED, earlier, self.tree, known.node_id or self.node.id, self.today)

    def unchanged(self) -> Edited:
        """Nothing is written: all is so already."""
        return Edited(Outcome.UNCHANGED, self.tree, self.tree, self.node.id, self.today)

    def write(
        self, kind: EditKind, changed: Collection[Node], source_key: str | None, *, since: date | None = None
    ) -> Edited:
        """Writes changed nodes with all that follows from it. Raises `InvalidPlan` if that breaks a rule."""
        after = self.tree.changed(changed)
        refuse_new_faults(self.tree, after)
        recording = Recording.of_one(self.tx, self.access, self.now, self.vision)
        self.tx.trees.save_nodes(list(changed))
        return self._finished(recording, kind, source_key, since)

    def _finished(self, recording: Recording, kind: EditKind, source_key: str | None, since: date | None) -> Edited:
        tx, owner = self.tx, self.vision.owner
        tx.trees.mark_stale(self.vision.id)
        settle_vision(tx, owner, self.vision.id, self.today, self.now)
        note_change(tx, owner, self.now, since)
        recording.end(kind, self.node, source_key)
        vision = tx.trees.vision(self.vision.id)
        after = self.tree if vision is None else tree_of(vision)
        return Edited(Outcome.DONE, self.tree, after, self.node.id, self.today, since)

    def refuse_taken_title(self, title: str, parent_id: int | None) -> None:
        """Raises `InvalidPlan` if another goal below the same one has the title, as titles are compared."""
        above = self.tree.nodes.get(parent_id or 0)
        siblings: Iterable[Node] = [] if above is None else self.tree.children(above)
        for other in siblings:
            if other.id != self.node.id and above is not None and same_title(other.title, title):
                raise refused(self.node, "title_taken", title=other.title, above=above.title)


def known_edit(tx: Transaction, access: Access, source_key: str | None) -> Edit | None:
    """The edit of the owner's with a source key, if there is one."""
    known = None if source_key is None else tx.edits.by_source(source_key)
    return known if known is not None and known.owner_id == access.owner.id else None


def refuse_new_faults(before: Tree, after: Tree, caps: Caps = UNCAPPED) -> None:
    """Raises `InvalidPlan` for the rules that a changed tree breaks, and that it did not break before."""
    old = set(map(str, _faults_by_key(before, caps)))
    by_key, named = _faults_by_key(after, caps), faults_of(plan_of(after), caps)
    faults = [fault for key, fault in zip(by_key, named, strict=True) if str(key) not in old]
    if faults:
        raise InvalidPlan(faults)


def _faults_by_key(tree: Tree, caps: Caps) -> list[Fault]:
    """The faults of a tree, each at its node's key, which stays when the title changes."""
    return faults_of(plan_of(tree).mapped(lambda node: replace(node, place=node.key or "")), caps)


def refused(node: Node, code: str, /, **values: object) -> InvalidPlan:
    """A refusal of an edit, at the goal that was to be edited."""
    return InvalidPlan([Fault(f"“{node.title}”", code, **values)])
