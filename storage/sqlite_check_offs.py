"""Check-offs on SQLite, with cached paths. There is only one writer, so nothing changes between reading and writing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from core.errors import GoaltreeError
from core.goals.model import Entry
from core.ports.check_offs import Glimpse, Made, Route
from core.ports.store import Transaction, Work
from storage.kept import KeptPath, KeptPaths, NotDone

P = TypeVar("P")
T = TypeVar("T")


class Quick:
    """Does check-offs in the writing thread, the only one that uses its cache."""

    def __init__(self) -> None:
        self._kept = KeptPaths()

    def work_of(self, work: Work[P, T]) -> Callable[[Transaction], Callable[[], T]]:
        """A check-off as a unit of work that is whole (see `Job`). It returns a function that makes the result, for the
        time after the commit, since others wait for the transaction."""

        def check_off(tx: Transaction) -> Callable[[], T]:
            return self._check_off(tx, work)

        return check_off

    def _check_off(self, tx: Transaction, work: Work[P, T]) -> Callable[[], T]:
        route = work.route
        known = self._kept.get(route)
        seen = _look(tx, known, route)
        if known is None or seen is None or seen.shape != known.shape:
            known = self._read(tx, work, route)
            seen = _look(tx, known, route)
        made = None if known is None else _rows_to_write(tx, known, work)
        if known is None or seen is None or made is None:
            raise NotDone
        entry = tx.check_offs.write(known.vision_id, made.entry, work.now, made.cells, made.runs)
        if entry is None:
            raise NotDone
        if seen.is_shown:
            _note(tx, known, seen, route, work.now)
        return partial(_told, made, entry)

    def _read(self, tx: Transaction, work: Work[Any, Any], route: Route) -> KeptPath | None:
        """The current path; None if it does not exist, or its cache has to be rebuilt first."""
        vision = tx.trees.path(route.chat_id, route.node_id, route.user_id, route.on)
        if vision is None or vision.stale:
            return None
        known = KeptPath.of(vision, work)
        self._kept.keep(route, known)
        return known


def _told(made: Made[T], entry: Entry) -> T:
    return made.tell()(entry)


def _look(tx: Transaction, known: KeptPath | None, route: Route) -> Glimpse | None:
    return None if known is None else tx.check_offs.look(known.vision_id, route.on, route.shown_since)


def _note(tx: Transaction, known: KeptPath, seen: Glimpse, route: Route, now: datetime) -> None:
    """Does the same as `core.actions.living.note_change`, with what is known here."""
    if seen.unanswered:
        tx.owners.count_unanswered(known.owner.id, 0)
    tx.living.change(known.owner, route.shown_since, now, route.on)


def _rows_to_write(tx: Transaction, known: KeptPath, work: Work[Any, T]) -> Made[T] | None:
    try:
        needs = work.needs(known.path)
        if needs is None:
            return None
        return work.makes(known.path, tx.check_offs.read(needs))
    except GoaltreeError:
        return None
