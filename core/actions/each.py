"""Members' own leaves below the *each* nodes of a group: created, kept in step with the node, and ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from core.actions.absences import skip_absences
from core.actions.cache import rebuild_vision, tree_of
from core.goals.model import Member, Node, Owner, OwnerType
from core.goals.periods import DAY
from core.goals.tree import Tree
from core.planning.rules import LONGEST_TITLE
from core.ports.store import Transaction
from core.ports.trees import StoredVision
from core.records import record

_LONGEST_STEM = 60
"""The number of characters of a node's key that its leaves' keys begin with."""


@record
class _Changes:
    added: list[Node]
    changed: list[Node]
    gone: set[int]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone)

    def write(self, tx: Transaction, vision_id: int) -> None:
        """Writes them to a vision."""
        if self.gone:
            tx.trees.remove_nodes(sorted(self.gone))
        tx.trees.save_nodes(self.changed)
        tx.trees.add_nodes(vision_id, self.added)

    def applied_to(self, nodes: Iterable[Node]) -> list[Node]:
        """The nodes with these changes."""
        changed = {node.id: node for node in (*nodes, *self.changed, *self.added)}
        return [node for node in changed.values() if node.id not in self.gone]


def settle(tx: Transaction, owner: Owner, today: date, now: datetime) -> None:
    """Brings the leaves below all *each* nodes of a group in line with its members, one vision after the other."""
    if owner.type is not OwnerType.GROUP:
        return
    for vision_id in tx.trees.vision_ids(owner.id):
        settle_vision(tx, owner, vision_id, today, now)


def settle_vision(tx: Transaction, owner: Owner, vision_id: int, today: date, now: datetime) -> Tree | None:
    """The same for one vision, under its lock. Returns the changed tree; None if there was nothing to do."""
    if owner.type is not OwnerType.GROUP:
        return None
    vision = tx.trees.vision(vision_id, lock=True)
    if vision is None or not any(node.each is not None for node in vision.nodes):
        return None
    changes = _Settling(tx, vision, tx.members.of_owner(owner.id, left_too=True), today).changes()
    changes.write(tx, vision_id)
    tree = Tree(changes.applied_to(vision.nodes), owner.week_start, vision.pauses)
    if not (skip_absences(tx, owner, vision_id, tree, today, now) or changes):
        return None
    tx.trees.mark_stale(vision_id)
    rebuild_vision(tx, vision_id)
    return tree


def like(each: Node, child: Node) -> Node:
    """A member's leaf with everything that it takes over from the *each* node above it."""
    template = each.each
    if template is None:
        raise ValueError("no each node")
    return replace(
        child,
        kind=each.kind,
        level=each.level,
        measure=template.measure,
        aggregate=template.aggregate,
        unit=each.unit,
        direction=each.direction,
        terms=tuple(replace(terms, weight=Decimal(1)) for terms in each.terms),
    )


def title_of(member: Member) -> str:
    """The title of a member's leaf: their name, cut to what a title can hold."""
    printable = " ".join("".join(char for char in member.name if char.isprintable()).split())
    return printable[:LONGEST_TITLE] or "?"


class _Settling:
    """Works out the changes that bring the leaves below a vision's *each* nodes in line with the group's members."""

    def __init__(self, tx: Transaction, vision: StoredVision, members: Sequence[Member], today: date) -> None:
        self._tx, self._tree, self._today = tx, tree_of(vision), today
        self._members = {member.id: member for member in members}
        self._present = {member.id: member for member in members if member.present}
        self._keys = {node.key for node in vision.nodes}
        self._logged = self._logged_by_absent()
        self._changes = _Changes([], [], set())

    def changes(self) -> _Changes:
        for node in self._tree.nodes.values():
            if node.each is not None and self._tree.active(node).end >= self._today:
                self._settle(node)
        return self._changes

    def _settle(self, each: Node) -> None:
        children = self._tree.children(each)
        going_on = {child.id for child in children if self._goes_on(each, child)}
        for child in children:
            kept = self._updated(each, child, goes_on=child.id in going_on)
            if kept is None:
                self._changes.gone.add(child.id)
            elif kept != child:
                self._changes.changed.append(kept)
        have_one = {child.member_id for child in children if child.id in going_on}
        new = [member for member_id, member in self._present.items() if member_id not in have_one]
        self._changes.added.extend(_new_leaves(self._tx, self._tree, each, new, self._keys, self._today))

    def _goes_on(self, each: Node, child: Node) -> bool:
        return child.member_id in self._present and _goes_on(self._tree, each, child, self._today)

    def _updated(self, each: Node, child: Node, *, goes_on: bool) -> Node | None:
        """A leaf as it should be; None if it is removed."""
        kept = like(each, child)
        member = self._members.get(child.member_id or 0)
        if member is not None and member.name:
            kept = replace(kept, title=title_of(member))
        if goes_on:
            return replace(kept, ends_on=each.ends_on)
        if child.member_id in self._present or self._tree.active(child).end < self._today:
            return kept
        last = self._today if child.id in self._logged else self._today - DAY
        first = self._tree.active(child).start
        if first > last and not self._tx.entries.of_leaves([child.id], date.min, date.max):
            return None
        return replace(kept, ends_on=max(first, last))

    def _logged_by_absent(self) -> Set[int]:
        """The leaves of former members that have entries from today on."""
        ending = [
            node.id
            for node in self._tree.nodes.values()
            if node.member_id is not None
            and node.member_id not in self._present
            and self._tree.active(node).end >= self._today
        ]
        return self._tx.entries.of_leaves(ending, self._today, date.max).keys() if ending else set()


def _goes_on(tree: Tree, each: Node, child: Node, today: date) -> bool:
    """Whether a leaf is still active, or ended so recently that continuing it skips no period. After a longer gap the
    member gets a new leaf, so that the periods between were not missed."""
    ended = tree.active(child).end
    return ended >= today or tree.period_of(each, ended + DAY).end >= tree.period_of(each, today).start


def _new_leaves(
    tx: Transaction, tree: Tree, each: Node, members: Iterable[Member], keys: set[str], today: date
) -> list[Node]:
    wanted = list(members)
    if not wanted:
        return []
    first = max(today, tree.active(each).start)
    position = 1 + max((child.position for child in tree.children(each)), default=-1)
    made = []
    for at, (node_id, member) in enumerate(zip(tx.trees.new_node_ids(len(wanted)), wanted, strict=True)):
        bare = Node(
            node_id, each.id, _key(each, member, keys), each.kind, each.level, title_of(member),
            starts_on=first, ends_on=each.ends_on, position=position + at, member_id=member.id,
        )  # fmt: skip
        made.append(like(each, bare))
    return made


def _key(each: Node, member: Member, keys: set[str]) -> str:
    stem = f"{each.key[:_LONGEST_STEM]}~{member.id}"
    key, number = stem, 1
    while key in keys:
        number += 1
        key = f"{stem}-{number}"
    keys.add(key)
    return key
