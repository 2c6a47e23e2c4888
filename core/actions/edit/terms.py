"""Changing the terms of a goal from a day on: target, schedule or weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from core.actions.edit.edited import Edited
from core.actions.edit.editing import Editing, refused
from core.goals.model import Direction, Node, Strategy
from core.goals.terms import DaySchedule, changed_from
from core.goals.tree import Tree
from core.group.permissions import Actor
from core.planning.edits import EditKind
from core.ports.store import Store, Transaction
from core.records import record


@record
class TermsChange:
    """The new terms; None leaves a part as it is. At most one of the schedules is given (`weekdays`, all seven for
    every day; `every_days`; `month_days`). `tracked` removes the target of a number. `starting` None means today, or
    tomorrow if today is logged already. `direction` (whether it is a limit) and `baseline` change for the past as
    well."""

    target: Decimal | None = None
    weight: Decimal | None = None
    weekdays: frozenset[int] | None = None
    every_days: int | None = None
    month_days: frozenset[int] | None = None
    tracked: bool = False
    starting: date | None = None
    direction: Direction | None = None
    baseline: Decimal | None = None


async def change_terms(
    store: Store, actor: Actor, node_id: int, change: TermsChange, now: datetime, *, source_key: str | None
) -> Edited:
    """Changes the terms of a goal from a day on; earlier periods stay as they were. Later terms are changed in the same
    parts, so that this change holds from then on.

    The same `source_key` again changes nothing. Raises `NotFound`, `Refused`, and `InvalidPlan` for a day before the
    goal starts or after it has ended, for two schedules at once, for an empty change, for a target on a goal that takes
    none, and for what breaks the rules of terms.
    """

    def work(tx: Transaction) -> Edited:
        edit = Editing.open(tx, actor, node_id, now)
        if known := edit.repeated(source_key):
            return known
        parts = _parts(edit, change)
        since = change.starting or edit.next_free_day()
        active = edit.tree.active(edit.node)
        if since < active.start and change.starting is not None:
            raise refused(edit.node, "terms_before_start", since=since, starts=active.start)
        if since > active.end:
            raise refused(edit.node, "terms_after_end", since=since, ends=active.end)
        # Terms that would never have been in force are replaced as a whole.
        terms = changed_from(edit.node.terms, date.min if since <= active.start else since, **parts)
        changed = replace(_as_meant(edit.node, change), terms=terms)
        if changed == edit.node:
            return edit.unchanged()
        return edit.write(EditKind.TERMS, [changed], source_key, since=max(since, active.start))

    return await store.write(work)


def _as_meant(node: Node, change: TermsChange) -> Node:
    """The goal with the changes that hold at all times."""
    baseline = node.baseline if change.baseline is None else change.baseline
    return replace(node, direction=change.direction or node.direction, baseline=baseline)


def _parts(edit: Editing, change: TermsChange) -> Mapping[str, object]:
    """The parts of terms that change; raises `InvalidPlan`."""
    parts: dict[str, object] = {}
    schedules = _schedules(change)
    if len(schedules) > 1:
        raise refused(edit.node, "two_schedules")
    if schedules:
        parts["schedule"] = schedules[0]
    if change.weight is not None:
        parts["weight"] = change.weight
    if change.target is not None or change.tracked:
        if not _takes_target(edit.tree, edit):
            raise refused(edit.node, "target_on_mean", title=edit.node.title)
        parts["target"] = None if change.tracked else change.target
    if not parts:
        raise refused(edit.node, "nothing_to_change")
    return parts


def _schedules(change: TermsChange) -> list[DaySchedule]:
    schedules = []
    if change.weekdays is not None:
        schedules.append(DaySchedule(change.weekdays))
    if change.every_days is not None:
        schedules.append(DaySchedule(every=change.every_days))
    if change.month_days is not None:
        schedules.append(DaySchedule(month_days=change.month_days))
    return schedules


def _takes_target(tree: Tree, edit: Editing) -> bool:
    """Whether a target makes sense here: a mean, minimum or maximum of other goals has none."""
    is_own = tree.is_loggable(edit.node)
    return is_own or tree.strategy(edit.node) in (Strategy.SUM, Strategy.COUNT)
