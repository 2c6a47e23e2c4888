"""Days off that an outline adds or cancels, in the transaction that plants it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.caps import Caps
from core.errors import CapReached
from core.goals.model import Owner
from core.goals.periods import DAY
from core.planning.days_off import PlannedPause
from core.ports.store import Transaction


def write_days_off(tx: Transaction, owner: Owner, changes: Sequence[PlannedPause], today: date, caps: Caps) -> None:
    """Writes these changes; a cancelled pause ends with yesterday. Raises `CapReached`."""
    new = []
    for one in changes:
        if not one.is_off:
            new.append(replace(one.pause, node_id=one.node.id if one.node else None))
        elif one.pause.first < today:
            tx.pauses.save(replace(one.pause, last=today - DAY))
        else:
            tx.pauses.remove([one.pause.id])
    if new:
        count = len(tx.pauses.of_owner(owner.id)) + len(new)
        if count > caps.pauses:
            raise CapReached("pauses_full", count=count, most=caps.pauses)
        tx.pauses.add(owner.id, new)
    if any(one.node is None for one in changes):
        for vision in tx.trees.visions_of(owner.id):
            tx.trees.mark_stale(vision.id)
