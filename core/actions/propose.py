"""Proposing a plan for an aim. Nothing is written: `plant` plants it."""

from __future__ import annotations

from datetime import datetime

from core.actions.access import enter
from core.actions.read import today_of
from core.group.permissions import Act, Actor
from core.planning import generate
from core.planning.generate import Aim, PlanTitles, Proposal
from core.ports.store import Store


async def propose(store: Store, actor: Actor, aim: Aim, titles: PlanTitles, now: datetime) -> Proposal:
    """The tree of an aim in the actor's chat, and how its amount is split. Raises `InvalidPlan` with every fault of the
    aim, and `Refused` for an actor who may not plant it."""
    owner = await store.read(lambda tx: enter(tx, actor, Act.EDIT_TREE).owner)
    return generate.propose(aim, titles, today_of(owner, now), owner.week_start)
