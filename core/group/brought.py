"""Members' contributions to a group's shared goals within some days. Values, no wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from core.goals.model import Entry, Measure, Member, Node
from core.goals.periods import Period
from core.goals.progress import adds_up, aggregate
from core.goals.tree import Tree
from core.records import record


@record
class Brought:
    """The members' contributions to a shared leaf, by its own aggregate (for a check the days ticked). `parts` has
    those who contributed: the largest first if amounts add up, else in the order of joining. `total` includes people
    who are no members; None if amounts do not add up."""

    node: Node
    is_check: bool
    total: Decimal | None
    parts: tuple[tuple[Member, Decimal], ...]


def shared_leaves(tree: Tree) -> list[Node]:
    """The leaves that everyone in the group logs."""
    return [node for node in tree.loggable() if node.each is None]


def brought_to(
    trees: Iterable[Tree], members: Sequence[Member], entries: Mapping[int, Sequence[Entry]], window: Period
) -> tuple[Brought, ...]:
    """The contributions within a window to each shared leaf that has any. `entries`, by leaf, cover the window at
    least."""
    amounts = []
    for tree in trees:
        for leaf in shared_leaves(tree):
            inside = [entry for entry in entries.get(leaf.id, ()) if entry.on in window and entry.value is not None]
            brought = _of_leaf(tree, leaf, members, inside)
            if brought.parts or (brought.total and not brought.is_check):
                amounts.append(brought)
    return tuple(amounts)


def _of_leaf(tree: Tree, leaf: Node, members: Sequence[Member], entries: Sequence[Entry]) -> Brought:
    measure, how, sums = tree.measure(leaf), tree.aggregate(leaf), adds_up(tree, leaf)
    parts = []
    for member in members:
        own = [entry for entry in entries if entry.author_id == member.user_id]
        amount = aggregate(measure, how, own) if own else None
        if amount is not None and (amount or not sums):
            parts.append((member, amount))
    if sums:
        parts.sort(key=lambda part: part[1], reverse=True)
    return Brought(leaf, measure is Measure.CHECK, aggregate(measure, how, entries) if sums else None, tuple(parts))
