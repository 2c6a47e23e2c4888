"""The reads and writes of a check-off, combined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from core.goals.check_off import Span
from core.goals.model import Entry
from core.goals.periods import Period
from core.goals.progress import Cell, Sums
from core.goals.streaks import Run
from core.ports.entries import NewEntry


class CheckOffs(Protocol):
    """What a check-off reads and writes while it keeps others from its vision: each a round trip where those cost."""

    def read(
        self, leaf_id: int, period: Period, cells: Sequence[tuple[int, date]], spans: Sequence[Span]
    ) -> tuple[list[Entry], dict[int, Cell], dict[int, Sums], Run]:
        """The leaf's entries of a period, as `Entries.of_leaf`, beside what `CacheRows.read` gives."""

    def write(
        self,
        vision_id: int,
        entry: NewEntry,
        now: datetime,
        cells: Sequence[tuple[int, date, Cell]],
        runs: Mapping[int, Run],
    ) -> Entry | None:
        """Writes an entry, as `Entries.add`, and what follows from it; None and nothing written if its source key is
        there already."""
