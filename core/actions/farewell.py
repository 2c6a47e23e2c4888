"""The farewell to a vision that ended: how far it got over its whole time. A digest says it once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from core.actions.access import check_everywhere
from core.actions.read import read_trees
from core.asking.reminders import DIGEST_OF_LEVEL, Message, digest_key
from core.goals.model import Level, Node, Strategy
from core.goals.periods import Period
from core.goals.reading import Reading, Standing
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction
from core.records import record

LOOKED_BACK = {
    Level.WEEKLY: timedelta(14),
    Level.MONTHLY: timedelta(62),
    Level.QUARTERLY: timedelta(100),
    Level.YEARLY: timedelta(375),
}
"""How long ago a vision may have ended for a digest to mention it: the previous digest may have been lost."""


@record
class Farewell:
    """A vision at its end. `standing` is over its whole time. `is_measured` is False if a short vision holds no whole
    period of the goals below, so that its progress says nothing. `best` is the leaf with the longest streak ever, and
    how long that was; None if there was none."""

    vision: Node
    standing: Standing
    last: date
    best: tuple[Node, int] | None
    is_measured: bool


async def ended_within(store: Store, actor: Actor, period: Period, on: date) -> list[Farewell]:
    """The visions of the actor's chat that ended within a period, up to the day `on`."""
    readings = await read_trees(store, actor, on)
    return [_farewell(reading) for reading in readings if (last := _last(reading)) in period and last <= on]


async def take_leave(store: Store, actor: Actor, message: Message) -> list[Farewell]:
    """The visions to which a scheduled digest says farewell: those that ended lately and that no other message has
    announced. Asking again for the same message gives the same. If a digest of a longer period comes on the same day,
    the farewell is left to it."""
    check_everywhere(actor, Act.OPERATE)
    level = message.kind.digest_of
    if level is None:
        raise ValueError(f"{message.kind} is no digest")
    since = message.on - LOOKED_BACK[level]
    readings = await read_trees(store, replace(actor, chat_id=message.chat_id), message.on)
    ended = [reading for reading in readings if since < _last(reading) <= message.on]
    longer = [kind for other, kind in DIGEST_OF_LEVEL.items() if other.rank > level.rank]
    if not ended:
        return []

    def work(tx: Transaction) -> list[Reading]:
        if tx.outbox.existing_keys([digest_key(kind, message.chat_id, message.on) for kind in longer]):
            return []
        return [reading for reading in ended if tx.endings.announce(reading.tree.vision.id, _last(reading), message.id)]

    return [_farewell(reading) for reading in await store.write(work)]


def _last(reading: Reading) -> date:
    return reading.tree.active(reading.tree.vision).end


def _farewell(reading: Reading) -> Farewell:
    tree = reading.tree
    streaks: Sequence[tuple[Node, int]] = [  # members' own streaks stay private: an *each* goal has none
        (leaf, run.best) for leaf in tree.loggable() if (run := reading.runs.get(leaf.id)) and run.best > 1
    ]
    best = max(streaks, key=lambda item: item[1], default=None)
    standing = reading.standing(tree.vision)
    is_measured = tree.strategy(tree.vision) is Strategy.SUM or any(
        tree.count_own_periods(child, standing.period) for child in tree.children(tree.vision) if child.weight > 0
    )
    return Farewell(tree.vision, standing, _last(reading), best, is_measured)
