"""Random edits of a tree in a store."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from core.actions.edit.adding import NewGoal, add
from core.actions.edit.deleting import delete
from core.actions.edit.edited import Edited, EditOutcome, Paused
from core.actions.edit.ending import end, take_up
from core.actions.edit.moving import NewPlace, move
from core.actions.edit.pauses import pause, resume
from core.actions.edit.rename import rename
from core.actions.edit.terms import TermsChange, change_terms
from core.errors import InvalidPlan, InvalidSetting
from core.goals.model import Kind, Level, Node, Pause
from core.group.permissions import Actor
from core.planning.plan import PlanNode
from core.ports.store import Store
from tests.laws.plans import TODAY, dates

Edit = tuple[str, int, int, date]

EDITS: st.SearchStrategy[Edit] = st.tuples(
    st.sampled_from(
        [
            *("rename", "target", "weight", "every", "weekdays", "track", "pause", "rest", "back"),
            *("move", "move", "add", "end", "end", "take up", "delete"),
        ]
    ),
    st.integers(0, 100),
    st.integers(0, 100),
    dates(date(2026, 2, 1), TODAY + timedelta(days=5)),
)
"""(the kind of edit, the node by its number, another number, a day)."""


async def carried_out(store: Store, chat_id: int, edit: Edit, now: datetime) -> Edited | Paused | None:
    """Make an edit in a private chat; None if it was refused or changed nothing."""
    actor = Actor.alone(chat_id)
    nodes = await nodes_of(store, chat_id)
    what, number, other, on = edit
    node, beside = nodes[number % len(nodes)], nodes[other % len(nodes)]
    try:
        done = await _carried_out(store, actor, what, (node, beside, other, on), now)
    except (InvalidPlan, InvalidSetting):
        return None
    return None if done.outcome is EditOutcome.UNCHANGED else done


async def nodes_of(store: Store, chat_id: int) -> list[Node]:
    """The nodes of a chat's only tree."""

    def look(tx: Any) -> list[Node]:
        owner = tx.owners.by_chat(chat_id)
        return [node for vision in tx.trees.visions_of(owner.id) for node in vision.nodes]

    return await store.read(look)


async def _carried_out(
    store: Store, actor: Actor, what: str, how: tuple[Node, Node, int, date], now: datetime
) -> Edited | Paused:
    node, beside, number, on = how
    match what:
        case "rename":
            return await rename(store, actor, node.id, f"Named {number}", now, source_key=None)
        case "pause" | "rest":
            days = Pause(0, on, on + timedelta(days=number % 20), node.id if what == "pause" else None)
            return await pause(store, actor, days, now, source_key=None)
        case "back":
            return await resume(store, actor, node.id if number % 2 else None, now, source_key=None)
        case "move":
            place = NewPlace(beside.id if number % 3 else None)
            return await move(store, actor, node.id, place, now, source_key=None)
        case "add":
            plan = PlanNode(f"New {number}", Kind.KPI, Level.DAILY)
            return await add(store, actor, NewGoal(node.id, plan), now, source_key=None)
        case "end":
            return await end(store, actor, node.id, on if number % 2 else None, now, source_key=None)
        case "take up":
            return await take_up(store, actor, node.id, None, now, source_key=None)
        case "delete":
            return await delete(store, actor, node.id, now, sure=True, source_key=None)
    return await change_terms(store, actor, node.id, _terms(what, number, on), now, source_key=None)


def _terms(what: str, number: int, on: date) -> TermsChange:
    starting = on if number % 2 else None
    match what:
        case "target":
            return TermsChange(target=Decimal(1 + number % 7), starting=starting)
        case "weight":
            return TermsChange(weight=Decimal(number % 4), starting=starting)
        case "every":
            return TermsChange(every_days=1 + number % 4, starting=starting)
        case "track":
            return TermsChange(tracked=True, starting=starting)
    return TermsChange(weekdays=frozenset({number % 7, 2}), starting=starting)
