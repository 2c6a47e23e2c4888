"""The store: one transaction with all repositories, and how units of work are run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol, TypeVar

from core.ports.cache import CacheRows
from core.ports.check_offs import CheckOffs, Made, Needs, Route, StoredRows
from core.ports.confirmations import Confirmations
from core.ports.conversations import Conversations
from core.ports.edits import Edits
from core.ports.endings import Endings
from core.ports.entries import Entries
from core.ports.inbox import ReceivedUpdates
from core.ports.journal import Journal
from core.ports.living import LivingMessages
from core.ports.members import Absences, Members
from core.ports.outbox import Outbox
from core.ports.owners import Owners
from core.ports.pauses import Pauses
from core.ports.plan_messages import PlanMessages
from core.ports.reminders import Reminders
from core.ports.requests import Requests
from core.ports.sharing import Publications, Shares
from core.ports.statistics import Statistics
from core.ports.tokens import Tokens
from core.ports.trees import Trees, VisionPath
from core.records import record

P = TypeVar("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Transaction(Protocol):
    """The repositories within one transaction."""

    @property
    def owners(self) -> Owners: ...
    @property
    def members(self) -> Members: ...
    @property
    def absences(self) -> Absences: ...
    @property
    def shares(self) -> Shares: ...
    @property
    def publications(self) -> Publications: ...
    @property
    def confirmations(self) -> Confirmations: ...
    @property
    def trees(self) -> Trees: ...
    @property
    def entries(self) -> Entries: ...
    @property
    def cache(self) -> CacheRows: ...
    @property
    def pauses(self) -> Pauses: ...
    @property
    def edits(self) -> Edits: ...
    @property
    def endings(self) -> Endings: ...
    @property
    def check_offs(self) -> CheckOffs: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def plan_messages(self) -> PlanMessages: ...
    @property
    def inbox(self) -> ReceivedUpdates: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def living(self) -> LivingMessages: ...
    @property
    def journal(self) -> Journal: ...
    @property
    def tokens(self) -> Tokens: ...
    @property
    def requests(self) -> Requests: ...
    @property
    def statistics(self) -> Statistics: ...


class StoreUnavailable(Exception):
    """The database cannot be used right now: it is unreachable or locked, its disk is full, or it ended the connection.

    The unit of work may be run again once the database is back. It had no effect, unless the connection ended during
    its commit. `str(error)` holds nothing that a person wrote.
    """


class WorkBrokenOff(StoreUnavailable):
    """The database gave up this unit of work, which took too long or conflicted with others repeatedly."""


class StoreDamaged(StoreUnavailable):
    """The database file is damaged."""


@record
class Use:
    """The load of a pool: its number of connections, and the units of work that use one or wait for one."""

    size: int
    working: int


class Work(Protocol[P, T_co]):
    """A check-off in steps that neither read nor write, so that a store can do many at once, on cached trees.

    The store caches the result of `prepare` for a path. If `needs` or `makes` returns None, the store runs `slowly`, in
    a separate transaction. It does the same if its cache was out of date, another process was faster, or a step raised
    a `GoaltreeError`: a refusal must only be based on the current state.
    """

    @property
    def route(self) -> Route: ...
    @property
    def now(self) -> datetime: ...

    def prepare(self, vision: VisionPath) -> P:
        """Makes the cached path, for a vision whose cache is not stale."""

    def leaf_id(self, path: P) -> int:
        """The node to check off: below an *each* node it is the user's own leaf, not the route's node."""

    def needs(self, path: P) -> Needs | None:
        """The rows to read."""

    def makes(self, path: P, rows: StoredRows) -> Made[T_co] | None:
        """The rows to write, computed from those that were read."""

    def slowly(self, tx: Transaction) -> T_co:
        """Does the whole check-off in a transaction."""


class Store(Protocol):
    """The store: runs units of work."""

    def use(self) -> Mapping[str, Use]:
        """The current load of each pool."""

    def away(self) -> str | None:
        """The uses that the database currently refuses, as far as tried, each with the reason."""

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Runs a unit of work and returns its result once it is durable; rolls it back if it raises.

        Raises `StoreUnavailable`, and what the work raises.
        """

    async def check_off(self, work: Work[P, T]) -> T:
        """Does a check-off, alone or together with others, and returns its result once it is durable. Raises what
        `write` raises."""

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Runs a read-only function on a consistent snapshot, without blocking writers. Raises the same."""

    async def glance(self, work: Callable[[Transaction], T]) -> T:
        """The same for a function that mostly needs one statement, without a transaction where one would cost more. If
        it needs a second statement it starts again in a transaction."""
