"""A tree as it was planned at the end of a day, without later plans for later days."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from core.goals.model import Node, Pause
from core.goals.periods import DAY
from core.goals.terms import Terms, segments
from core.goals.tree import Tree
from core.planning.edits import Edit, NodeChange, PauseChange

_DATED = ("terms", "starts_on", "ends_on")


def planned_by(tree: Tree, day: date, later: Iterable[Edit], gone: Collection[int] = ()) -> Tree:
    """The tree without what edits made after `day` say about days after it: goals that begin then, other terms and
    dates, days off. `later` has these edits, the newest first. `gone` are the members who left after the day; members
    who joined after it are left out.

    Later changes about the day or earlier ones stay in it, and so do names, places and measures, which hold for the
    past as well. If there is nothing to take out, it is the same object.
    """
    nodes, pauses = dict(tree.nodes), {pause.id: pause for pause in tree.pauses}
    made: set[int] = set()
    for edit in later:
        for change in edit.effects.nodes:
            if change.before is None:
                made.add(change.node_id)
            elif change.node_id in nodes:
                nodes[change.node_id] = _before(nodes[change.node_id], change, day)
        for paused in edit.effects.pauses:
            _pause_before(pauses, paused, day)
    _as_members_were(tree, nodes, day, gone)
    _leave_out(tree, nodes, made, day)
    if nodes == tree.nodes and tuple(pauses.values()) == tree.pauses:
        return tree
    return Tree(nodes.values(), tree.week_start, pauses.values())


def _before(now: Node, change: NodeChange, day: date) -> Node:
    """A node with a change about later days taken back, unless the change is about the past as well."""
    before, after = change.before, change.after
    if before is None or after is None or _terms_until(before, day) != _terms_until(after, day):
        return now
    back: dict[str, Any] = {
        name: getattr(before, name) for name in _DATED if getattr(now, name) == getattr(after, name)
    }
    return replace(now, **back)


def _terms_until(node: Node, day: date) -> list[tuple[Terms, date, date]]:
    """The terms of a node up to a day, each with its first and last date."""
    first, last = node.starts_on or date.min, min(node.ends_on or date.max, day)
    spans: list[tuple[Terms, date, date]] = []
    for terms, begins, ends in segments(node.terms, first, last):
        said = replace(terms, since=date.min)
        if spans and spans[-1][0] == said and spans[-1][2] + DAY == begins:
            spans[-1] = (said, spans[-1][1], ends)
        elif terms.active:
            spans.append((said, begins, ends))
    return spans


def _pause_before(pauses: dict[int, Pause], change: PauseChange, day: date) -> None:
    """Takes back a change of a pause about later days, unless the change is about the past as well."""
    before, after = change.before, change.after
    if _days_off(before, day) != _days_off(after, day):
        return
    if after is not None and pauses.get(after.id) == after:
        del pauses[after.id]
    elif after is not None:
        return
    if before is not None:
        pauses[before.id] = before


def _days_off(pause: Pause | None, day: date) -> tuple[date, date] | None:
    """The days of a pause up to a day."""
    return None if pause is None or pause.first > day else (pause.first, min(pause.last, day))


def _as_members_were(tree: Tree, nodes: dict[int, Node], day: date, gone: Collection[int]) -> None:
    """Takes back changes of members' own leaves since a day, which end when a member leaves and begin when one
    joins."""
    for each in [node for node in nodes.values() if node.each is not None]:
        begins = max(day, tree.active(each).start)
        for child in tree.children(each):
            if tree.active(child).start > begins:
                del nodes[child.id]
            elif child.member_id in gone and tree.active(child).end >= day:
                nodes[child.id] = replace(nodes[child.id], ends_on=each.ends_on)


def _leave_out(tree: Tree, nodes: dict[int, Node], made: Collection[int], day: date) -> None:
    """Removes nodes that were made later and begin later, except the vision and parents of remaining nodes."""
    holding = {tree.vision.id}
    for node in tree.bottom_up:
        if node.id in made and node.id in nodes and node.id not in holding and tree.active(node).start > day:
            del nodes[node.id]
        elif node.id in nodes and node.parent_id is not None:
            holding.add(node.parent_id)
