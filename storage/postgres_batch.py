"""One batch of check-offs on PostgreSQL: each is reckoned on what was read, with what those before it changed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Any

from core.errors import GoaltreeError
from core.goals.progress import Cell, Sums
from core.goals.streaks import Run
from core.goals.tree import ChildCells
from core.ports.check_offs import Made, Needs, Stand
from core.ports.store import Work
from storage.kept import KeptPath
from storage.repositories import batches
from storage.repositories.batches import BatchEntry, BatchReading, CellPlace
from storage.repositories.entries import added
from storage.sql import Sql


class NotDone(Exception):
    """A check-off was not done with others: it is to be done by itself."""


class BatchJob:
    """A check-off on its way through a batch."""

    __slots__ = ("attempts", "first_span", "future", "known", "made", "needs", "work")

    def __init__(self, work: Work[Any, Any], future: asyncio.Future[Any]) -> None:
        self.work = work
        self.future = future
        self.attempts = 0
        self.known: KeptPath
        self.needs: Needs
        self.first_span = 0
        """Where its spans begin among those of all that are read with it."""
        self.made: Made[Any] | None = None

    def done(self, told: Any) -> None:
        """Hands over what is told, if anybody still waits for it."""
        if not self.future.done():
            self.future.set_result(told)

    def give_up(self, error: Exception, *, lost: bool) -> None:
        """Its writing failed. Nothing was written, as where one has a source key that is there already: each is done by
        itself. Or nobody knows, since the connection was `lost`: who has a source key is told by that."""
        is_nameless = self.made is not None and self.made.entry.source_key is None
        self.fail(error if lost and is_nameless else NotDone())

    def fail(self, error: BaseException) -> None:
        """Tells whoever waits, if anybody still does."""
        if not self.future.done():
            self.future.set_exception(error)


class _Chain:
    """What stands for one check-off after the other of a batch: what was read, with what those before changed."""

    def __init__(self, reading: BatchReading) -> None:
        self._reading = reading
        self._changed: dict[int, dict[date, Cell]] = {}

    def stand(self, job: BatchJob) -> Stand:
        """What stands for the next one."""
        needs = job.needs
        cells = {}
        for node_id, start in needs.cells:
            cell = self._changed.get(node_id, {}).get(start) or self._reading.cells.get((node_id, start))
            if cell is not None:
                cells[node_id] = cell
        sums = {}
        for at, span in enumerate(needs.spans, job.first_span):
            sums[span.node_id] = self._sum(span, self._reading.sums.get(at, Sums()))
        leaf_id = needs.leaf_id
        return Stand(self._reading.entries.get(leaf_id, []), cells, sums, self._reading.runs.get(leaf_id, Run()))

    def _sum(self, span: ChildCells, read: Sums) -> Sums:
        for start, cell in self._changed.get(span.node_id, {}).items():
            if span.first <= start <= span.last:
                before = self._reading.cells.get((span.node_id, start))
                read = (read.without(before) if before is not None else read).with_(cell)
        return read

    def change(self, made: Made[Any]) -> None:
        """Notes what one has changed."""
        for node_id, start, cell in made.cells:
            self._changed.setdefault(node_id, {})[start] = cell


def _reckon(
    jobs: Sequence[BatchJob], reading: BatchReading
) -> tuple[list[tuple[BatchJob, Made[Any]]], dict[CellPlace, tuple[int, Cell]], dict[int, tuple[int, Run]]]:
    """The jobs that come to an entry, and the cells and runs that follow, each beside its vision's id."""
    chain = _Chain(reading)
    made: list[tuple[BatchJob, Made[Any]]] = []
    cells: dict[CellPlace, tuple[int, Cell]] = {}
    runs: dict[int, tuple[int, Run]] = {}
    for job in jobs:
        stand = chain.stand(job)
        comes_to = _made(job, stand)
        if comes_to is None:
            continue
        job.made = comes_to
        chain.change(comes_to)
        made.append((job, comes_to))
        vision_id = job.known.vision_id
        cells.update({(node_id, start): (vision_id, cell) for node_id, start, cell in comes_to.cells})
        runs.update({leaf_id: (vision_id, run) for leaf_id, run in comes_to.runs.items()})
    return made, cells, runs


def _made(job: BatchJob, stand: Stand) -> Made[Any] | None:
    try:
        made: Made[Any] | None = job.work.makes(job.known.path, stand)
    except GoaltreeError:
        made = None
    except Exception as error:
        job.fail(error)
        return None
    if made is None:
        job.fail(NotDone())
    return made


def write(sql: Sql, jobs: Sequence[BatchJob], reading: BatchReading) -> dict[BatchJob, Any]:
    """Writes what is reckoned on a reading; gives what is told of each once that is durable. Not among them are those
    that are not done here, and those whose tree is not as it was read."""
    made, cells, runs = _reckon(jobs, reading)
    if not made:
        return {}
    items = {
        job: BatchEntry(job.known.vision_id, job.known.owner, job.work.route, m.entry, job.work.now) for job, m in made
    }
    marks = {job.known.vision_id: reading.marks[job.known.vision_id] for job in items}
    ids = batches.write(sql, marks, list(items.values()), cells, runs)
    return {
        job: m.tell(added(ids[m.entry.node_id], m.entry, job.work.now)) for job, m in made if m.entry.node_id in ids
    }
