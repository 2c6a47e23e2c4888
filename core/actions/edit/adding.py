"""Adding a goal below an existing one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import combinations

from core.actions.edit.edited import Edited
from core.actions.edit.editing import Editing, refuse_new_faults
from core.actions.growing import goals_in, new_nodes, refuse_logged_parents, refuse_too_many
from core.caps import CAPS, Caps
from core.errors import Fault, InvalidPlan
from core.goals.model import OwnerType
from core.group.permissions import Actor
from core.planning.edits import EditKind
from core.planning.merging import from_today, refuse_below_each
from core.planning.outline import assign_keys
from core.planning.plan import PlanNode, with_own_periods, within_vision
from core.planning.titles import same_title, tidy_title
from core.ports.store import Store, Transaction
from core.records import record


@record
class NewGoal:
    """A wanted goal with all below it, as an outline says it, and the goal below which it is to stand."""

    parent_id: int
    plan: PlanNode


async def add(
    store: Store, actor: Actor, wanted: NewGoal, now: datetime, caps: Caps = CAPS, *, source_key: str | None
) -> Edited:
    """Adds a goal as the last one below another; below a vision under way it begins today.

    The same `source_key` again changes nothing. Raises `NotFound`, `Refused`, `CapReached`, and `InvalidPlan` for a
    title that is taken there, for a place below a logged or an *each* goal, and for what breaks the rules of a plan.
    """

    def work(tx: Transaction) -> Edited:
        edit = Editing.open(tx, actor, wanted.parent_id, now)
        if known := edit.repeated(source_key):
            return known
        above, owner = edit.node, edit.vision.owner
        plan = wanted.plan.mapped(lambda node: replace(node, title=tidy_title(node.title)))
        _refuse_misplaced(edit, plan)
        visions = tx.trees.visions_of(owner.id)
        taken = {node.key for vision in visions for node in vision.nodes}
        lasts = edit.tree.active(edit.tree.vision)
        dated = from_today(
            with_own_periods(within_vision(plan, lasts), edit.today, owner.week_start, lasts), edit.tree, edit.today
        )
        position = 1 + max((child.position for child in edit.tree.children(above)), default=-1)
        added = new_nodes(tx, assign_keys(dated, taken), above.id, position, {})
        refuse_too_many(goals_in(visions), len(added), caps)
        changed = [parent for parent in [edit.as_parent(above)] if parent != above]
        after = edit.tree.changed([*changed, *added])
        refuse_new_faults(edit.tree, after, caps)
        refuse_logged_parents(tx, edit.tree, after, edit.vision.id)
        return edit.write(EditKind.ADD, changed, source_key, added=added)

    return await store.write(work)


def _refuse_misplaced(edit: Editing, plan: PlanNode) -> None:
    """Raises `InvalidPlan` if the goal cannot stand below the edited one, or if two goals have the same name."""
    refuse_below_each(edit.tree, edit.node, PlanNode("", edit.node.kind, edit.node.level, children=(plan,)))
    if edit.vision.owner.type is not OwnerType.GROUP:
        for node in plan.walk():
            if node.each is not None:
                raise InvalidPlan([Fault(node.place or f"“{node.title}”", "each_without_group")])
    edit.refuse_taken_title(plan.title, edit.node.id)
    for node in plan.walk():
        for one, other in combinations(node.children, 2):
            if same_title(one.title, other.title):
                raise InvalidPlan([Fault(f"“{one.title}”", "title_taken", title=other.title, above=node.title)])
