"""Ending a goal and resuming it: its history stays, and the days in between were not planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from core.actions.edit.edited import Edited
from core.actions.edit.editing import Editing, refused
from core.goals.model import Kind, Node
from core.goals.periods import DAY
from core.goals.terms import changed_from
from core.goals.tree import Tree
from core.group.permissions import Actor
from core.planning.edits import EditKind
from core.ports.store import Store, Transaction


async def end(
    store: Store, actor: Actor, node_id: int, on: date | None, now: datetime, *, source_key: str | None
) -> Edited:
    """Ends a goal and all below it; `on` is its last day.

    Without `on` the last day is yesterday, or today if it is logged today already (never earlier than its first day),
    and nobody is asked about it any more. A goal that ended earlier keeps its end.

    The same `source_key` again changes nothing. Raises `NotFound`, `Refused`, and `InvalidPlan` for a day before the
    goal starts or after it ends anyway.
    """

    def work(tx: Transaction) -> Edited:
        edit = Editing.open(tx, actor, node_id, now)
        if known := edit.repeated(source_key):
            return known
        active = edit.tree.active(edit.node)
        if on is not None and on < active.start:
            raise refused(edit.node, "end_before_start", starts=active.start)
        if on is not None and on > active.end:
            raise refused(edit.node, "ends_earlier", ends=active.end)
        last = on or edit.next_free_day() - DAY
        ended = ended_with(edit.tree, edit.node, last, let_go=on is None or on < edit.today)
        if not ended:
            return edit.unchanged()
        return edit.write(EditKind.END, ended, source_key, since=max(last, active.start) + DAY)

    return await store.write(work)


async def take_up(
    store: Store, actor: Actor, node_id: int, on: date | None, now: datetime, *, source_key: str | None
) -> Edited:
    """Resumes an ended goal, with the goals below that ended on the same day: it is active again from `on` (None:
    today), and the days in between were not planned.

    The same `source_key` again changes nothing. Raises `NotFound`, `Refused`, and `InvalidPlan` for a goal of one
    period only, or once the vision has ended.
    """

    def work(tx: Transaction) -> Edited:
        edit = Editing.open(tx, actor, node_id, now)
        if known := edit.repeated(source_key):
            return known
        first, last = on or edit.today, edit.tree.active(edit.node).end
        if not edit.node.let_go and last >= first:
            return edit.unchanged()
        if edit.node.kind not in (Kind.KPI, Kind.VISION):
            raise refused(edit.node, "once_only", title=edit.node.title)
        vision = edit.tree.vision
        ended = edit.tree.active(vision).end
        if edit.node is not vision and (first > ended or vision.let_go):
            raise refused(edit.node, "vision_ended", ended=ended)
        again = [_taken_up(node, first) for node in _ended_together(edit.tree, edit.node)]
        return edit.write(EditKind.TAKE_UP, again, source_key, since=max(first, last + DAY))

    return await store.write(work)


def ended_with(tree: Tree, top: Node, last: date, *, let_go: bool = True) -> list[Node]:
    """A node and those below it that would go on after a day, changed to end with it (or with their first day, if they
    start later). If they are let go, nobody is asked about them on that day any more."""
    ended = []
    for _, node in tree.walk(top):
        active = tree.active(node)
        # Never before its start: an empty range could not be exported.
        own = max(active.start, last)
        if active.end > own:
            ended.append(replace(node, ends_on=own, let_go=let_go))
        elif active.end == own > last and let_go and not node.let_go:
            ended.append(replace(node, let_go=True))
    return ended


def _ended_together(tree: Tree, top: Node) -> list[Node]:
    """An ended node and the recurring nodes below it that ended with it. Members' own leaves follow later."""
    last = tree.active(top).end
    return [
        node
        for node in tree.goals(top)
        if node is top or (node.ends_on is not None and tree.active(node).end == last and node.kind is Kind.KPI)
    ]


def _taken_up(node: Node, first: date) -> Node:
    terms = node.terms
    if node.ends_on is not None and node.ends_on + DAY < first:
        terms = changed_from(changed_from(terms, node.ends_on + DAY, active=False), first, active=True)
    return replace(node, terms=terms, ends_on=None, let_go=False)
