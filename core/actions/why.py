"""Why goals stand where they do, on a day."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date

from core.actions.access import enter
from core.actions.read import on_snapshot, trees_of
from core.errors import NotFound
from core.goals.model import Entry, Node
from core.goals.reading import Reading
from core.goals.why import Why, why
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction

WhyAsked = tuple[Reading, Node, Sequence[Entry]]


async def read_why(store: Store, actor: Actor, on: date, node_id: int | None = None) -> list[Why]:
    """Why a goal of the actor's chat stands as it does on a day; without a goal, why each of the visions does. Raises
    `NotFound` and `Refused`."""

    def work(tx: Transaction) -> list[WhyAsked]:
        owner = enter(tx, actor, Act.SEE).owner
        questions = list[WhyAsked]()
        for reading in trees_of(tx, owner.chat_id, on):
            node = reading.tree.vision if node_id is None else reading.tree.nodes.get(node_id)
            if node is not None:
                entries = tx.entries.of_vision(reading.tree.vision.id)
                questions.append((reading, node, [one for one in entries if one.on <= on or one.is_known_ahead]))
        if node_id is not None and not questions:
            raise NotFound("goal_gone")
        return questions

    asked = await on_snapshot(store, work)
    # On another thread: finding what would lift a big tree takes a while.
    return await asyncio.to_thread(lambda: [why(*one) for one in asked])
