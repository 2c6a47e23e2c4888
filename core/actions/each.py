"""Every member's own leaves below the *each* nodes of a group: made, kept like the node, and ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from core.actions.absences import skip_absences
from core.actions.cache import rebuild_vision, tree_of
from core.goals.model import Member, Node, Owner, OwnerType
from core.goals.periods import DAY
from core.goals.tree import Tree
from core.planning.rules import LONGEST_TITLE
from core.ports.store import Transaction
from core.ports.trees import StoredVision

_LONGEST_STEM = 60
"""Characters of a node's key that begin those of the leaves below it."""


@dataclass(frozen=True, slots=True)
class _Changes:
    added: list[Node]
    changed: list[Node]
    gone: list[int]


def settle(tx: Transaction, owner: Owner, today: date, now: datetime) -> None:
    """Brings the leaves below all *each* nodes of a group in line with who is in it, a vision after the other."""
    if owner.type is not OwnerType.GROUP:
        return
    for vision_id in tx.trees.vision_ids(owner.id):
        settle_vision(tx, owner, vision_id, today, now)


def settle_vision(tx: Transaction, owner: Owner, vision_id: int, today: date, now: datetime) -> Tree | None:
    """The same of one vision, under its lock. Gives the tree as it is now; None if there was nothing to do."""
    if owner.type is not OwnerType.GROUP:
        return None
    vision = tx.trees.vision(vision_id, lock=True)
    if vision is None or not any(node.each is not None for node in vision.nodes):
        return None
    changes = _changes(tx, vision, tx.members.of_owner(owner.id, left_too=True), today)
    if changes.gone:
        tx.trees.remove_nodes(changes.gone)
    tx.trees.save_nodes(changes.changed)
    tx.trees.add_nodes(vision_id, changes.added)
    gone = set(changes.gone)
    nodes = {node.id: node for node in (*vision.nodes, *changes.changed, *changes.added) if node.id not in gone}
    tree = Tree(nodes.values(), owner.week_start, vision.pauses)
    skipped = skip_absences(tx, owner, vision_id, tree, today, now)
    if not (changes.added or changes.changed or changes.gone or skipped):
        return None
    tx.trees.mark_stale(vision_id)
    rebuild_vision(tx, vision_id)
    return tree


def like(each: Node, child: Node) -> Node:
    """A member's leaf with all that it has from the node above it."""
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
    """What a member's leaf is called: their name, as far as a title can hold it."""
    printable = " ".join("".join(char for char in member.name if char.isprintable()).split())
    return printable[:LONGEST_TITLE] or "?"


def _changes(tx: Transaction, vision: StoredVision, members: Sequence[Member], today: date) -> _Changes:
    tree = tree_of(vision)
    by_id = {member.id: member for member in members}
    logged = _logged(tx, tree, by_id, today)
    changes = _Changes([], [], [])
    keys = {node.key for node in vision.nodes}
    for each in [node for node in tree.nodes.values() if node.each is not None]:
        if tree.active(each).end < today:
            continue
        open_: set[int] = set()
        for child in tree.children(each):
            member = by_id.get(child.member_id or 0)
            kept = like(each, child)
            if member is not None and member.name:
                kept = replace(kept, title=title_of(member))
            if member is not None and member.present and _goes_on(tree, each, child, today):
                open_.add(member.id)
                kept = replace(kept, ends_on=each.ends_on)
            elif tree.active(child).end >= today and not (member and member.present):
                last = today if child.id in logged else today - timedelta(days=1)
                first = tree.active(child).start
                if first > last and not tx.entries.of_leaves([child.id], date.min, date.max):
                    changes.gone.append(child.id)
                    continue
                kept = replace(kept, ends_on=max(first, last))
            if kept != child:
                changes.changed.append(kept)
        new = [member for member in members if member.present and member.id not in open_]
        changes.added.extend(_made(tx, tree, each, new, keys, today))
    return changes


def _logged(tx: Transaction, tree: Tree, members: Mapping[int, Member], today: date) -> set[int]:
    """The leaves of those who are gone that have something from today on."""
    ending = [
        node.id
        for node in tree.nodes.values()
        if node.member_id is not None
        and not ((member := members.get(node.member_id)) and member.present)
        and tree.active(node).end >= today
    ]
    return set(tx.entries.of_leaves(ending, today, date.max)) if ending else set()


def _goes_on(tree: Tree, each: Node, child: Node, today: date) -> bool:
    """Whether a leaf is active still, or ended so lately that going on leaves out none of its periods: what was done
    in this one is kept. The periods of a gap were not missed: then there is another leaf."""
    ended = tree.active(child).end
    return ended >= today or tree.period_of(each, ended + DAY).end >= tree.period_of(each, today).start


def _made(
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
