"""The combined reads and writes of a check-off, and the values of a check-off that a store does together with
others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from core.goals.crowd import Crowd
from core.goals.model import Entry
from core.goals.periods import Period
from core.goals.progress import Cell, Sums
from core.goals.streaks import Run
from core.goals.windows import ChildCells
from core.ports.entries import NewEntry
from core.records import record

T_co = TypeVar("T_co", covariant=True)


@record
class Glimpse:
    """Facts about a vision that may have changed since its path was read: its shape, whether a message in a chat shows
    it, and how many evenings its owner has not answered."""

    shape: int
    is_shown: bool
    unanswered: int


class CheckOffs(Protocol):
    """The reads and writes of a check-off under its vision's lock: one round trip each, where that matters."""

    def read(self, needs: Needs) -> StoredRows:
        """The leaf's entries of its period, as from `Entries.of_leaf`, with the results of `CacheRows.read` and
        `CacheRows.crowd`."""

    def look(self, vision_id: int, on: date, shown_since: date) -> Glimpse | None:
        """A glimpse of a vision; `is_shown` as in `VisionPath`. None if it does not exist."""

    def write(
        self,
        vision_id: int,
        entry: NewEntry,
        now: datetime,
        cells: Sequence[tuple[int, date, Cell]],
        runs: Mapping[int, Run],
    ) -> Entry | None:
        """Writes an entry, as `Entries.add` does, and what follows from it; None (and nothing written) if its source
        key exists already."""


@record
class Route:
    """The node to check off, in which chat, by whom (for an *each* node on their own leaf) and on which date. Messages
    about days from `shown_since`, or about the date, have to be edited afterwards."""

    chat_id: int
    node_id: int
    user_id: int | None
    on: date
    shown_since: date


@record
class Needs:
    """The rows to read for a check-off: see `CheckOffs.read`."""

    leaf_id: int
    period: Period
    cells: Sequence[tuple[int, date]]
    spans: Sequence[ChildCells]
    each_id: int | None = None
    """The *each* node above a member's own leaf: the contribution of all other leaves to the period is needed."""

    @property
    def crowd(self) -> tuple[int, date] | None:
        """The *each* node and the start of its period, if there is one."""
        return None if self.each_id is None else (self.each_id, self.period.start)


@record
class StoredRows:
    """The rows that were read: see `CheckOffs.read`."""

    entries: list[Entry]
    cells: dict[int, Cell]
    sums: dict[int, Sums]
    run: Run
    others: Crowd | None = None
    is_newest: bool = False
    """Whether the store knows that the leaf never had an entry in its period or later."""


@record
class Made(Generic[T_co]):
    """The rows to write. `tell` prepares the result while they are being written, and returns a function that completes
    it with the written entry."""

    entry: NewEntry
    cells: Sequence[tuple[int, date, Cell]]
    runs: Mapping[int, Run]
    tell: Callable[[], Callable[[Entry], T_co]]
