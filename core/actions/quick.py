"""A log in steps that neither read nor write, so that a store can do it together with others (`core.ports.store.Work`).

It covers the usual case, an entry beside the existing ones. Everything else (replacing an entry, a repeated message, an
earlier period) is done in a separate transaction by the same rules (`core.actions.log`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from core.actions.access import chat_of
from core.actions.check_off import AskedMore, OpenCheckOff
from core.actions.living import shown_since
from core.actions.log_checks import check_author, check_date, decide, value_of
from core.actions.logged import CheckOff, Log
from core.actions.path import Path, PathReach
from core.actions.read import today_of
from core.caps import Caps
from core.goals.crowd import ExtremeUnknown
from core.group.permissions import Actor
from core.ports.check_offs import Made, Needs, Route, StoredRows
from core.ports.store import Transaction
from core.ports.trees import VisionPath


@dataclass(slots=True)
class QuickLog:
    """See `core.ports.store.Work`. Raises `NotFound` for an actor who speaks to no chat."""

    actor: Actor
    wanted: Log
    now: datetime
    caps: Caps
    slowly: Callable[[Transaction], CheckOff]
    today: date = date.min
    reach: PathReach | None = None
    """The owner's day and the reach of the change, from the last call of `needs`."""

    @property
    def route(self) -> Route:
        """The route to the leaf."""
        on = self.wanted.on
        return Route(chat_of(self.actor), self.wanted.node_id, self.actor.user_id, on, shown_since(self.now))

    def prepare(self, vision: VisionPath) -> Path:
        """The path, with everything that the tree caches."""
        return Path.of(vision, self.wanted.node_id)

    def leaf_id(self, path: Path) -> int:
        """The leaf that is logged."""
        return path.leaf.id

    def needs(self, path: Path) -> Needs | None:
        """The cells that the change touches; None if the node is no leaf. Somebody who left and came back has several
        leaves for different days: a cached path to the wrong one leads to a refusal."""
        if not path.tree.is_leaf(path.leaf):
            return None
        check_author(path, self.actor, self.wanted)
        self.today = today_of(path.vision.owner, self.now)
        check_date(path, self.wanted.on, self.today)
        self.reach = PathReach.of(path, self.wanted.on)
        return self.reach.needs

    def makes(self, path: Path, rows: StoredRows) -> Made[CheckOff] | None:
        """The entry and what follows from it; None if it is not the usual case."""
        if self.reach is None:
            return None
        open_ = OpenCheckOff.detached(path, self.wanted.on, self.now, self.today, self.reach.before(rows))
        try:
            decided = decide(open_, self.actor, self.wanted, value_of(path, self.wanted), self.caps)
            if isinstance(decided, CheckOff) or decided.replaced:
                return None
            return open_.made(decided.new, decided.after)
        except (AskedMore, ExtremeUnknown):
            return None
