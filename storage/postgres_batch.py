"""One batch of check-offs on PostgreSQL. Each is computed on the known figures of its tree, as changed by those before
it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field
from typing import Any

from core.errors import GoaltreeError
from core.goals.model import Entry
from core.goals.progress import Cell
from core.goals.streaks import Run
from core.ports.check_offs import Made, Needs
from core.ports.store import Work
from core.records import record
from storage.kept import KeptPath, NotDone
from storage.known_trees import KnownTree
from storage.repositories import batches
from storage.repositories.batches import BatchEntry, CellPlace
from storage.repositories.entries import added
from storage.repositories.marks import drawn
from storage.sql import Sql


class BatchJob:
    """A check-off on its way through a batch."""

    __slots__ = ("attempts", "future", "known", "made", "needs", "route", "work")

    def __init__(self, work: Work[Any, Any], future: asyncio.Future[Any]) -> None:
        self.work = work
        self.route = work.route
        self.future = future
        self.attempts = 0
        self.known: KeptPath
        self.needs: Needs
        self.made: Made[Any] | None = None

    def is_prepared(self) -> bool:
        """Computes what the job needs. Returns False, and fails the job, if it cannot be done in a batch."""
        if self.future.done():
            return False
        try:
            needs = self.work.needs(self.known.path)
        except GoaltreeError:
            needs = None
        if needs is None:
            self.fail(NotDone())
            return False
        self.needs = needs
        return True

    @property
    def leaf_id(self) -> int:
        """The leaf that is checked off, as far as its path is known."""
        return self.known.leaf_id

    def done(self, result: Any) -> None:
        """Hands the result to the waiting caller, if there still is one."""
        if not self.future.done():
            self.future.set_result(result)

    def give_up(self, error: Exception, *, lost: bool) -> None:
        """Fails the job after a failed write. Usually nothing was written (a source key of the batch existed already),
        and each job is done separately. If the connection was `lost` nobody knows; a job with a source key can still be
        done separately, since the key shows whether it was written."""
        is_nameless = self.made is not None and self.made.entry.source_key is None
        self.fail(error if lost and is_nameless else NotDone())

    def fail(self, error: BaseException) -> None:
        """Hands an error to the waiting caller, if there still is one."""
        if not self.future.done():
            self.future.set_exception(error)

    def make(self, tree: KnownTree) -> Made[Any] | None:
        """The rows to write; None, with the job failed, if there are none."""
        rows = tree.rows(self.needs)
        try:
            self.made = None if rows is None else self.work.makes(self.known.path, rows)
        except GoaltreeError:
            self.made = None
        except Exception as error:
            self.fail(error)
            return None
        if self.made is None:
            self.fail(NotDone())
        return self.made


@contextmanager
def failing(jobs: Iterable[BatchJob]) -> Iterator[None]:
    """Fails the jobs with any error in the block. Only an error that ends the task is raised further."""
    try:
        yield
    except BaseException as error:
        for job in jobs:
            job.fail(error)
        if not isinstance(error, Exception):
            raise


def by_tree(jobs: Sequence[BatchJob]) -> dict[int, list[BatchJob]]:
    """The jobs of each vision."""
    those: dict[int, list[BatchJob]] = {}
    for job in jobs:
        those.setdefault(job.known.vision_id, []).append(job)
    return those


@record
class Ready:
    """The jobs of a batch that can go on, and their trees.

    For visions in `remembered` nothing was read, since everything was cached. The jobs in `unread` still need a read,
    though `before` may have earlier figures of their trees.
    """

    jobs: list[BatchJob] = field(default_factory=list)
    trees: dict[int, KnownTree] = field(default_factory=dict)
    remembered: set[int] = field(default_factory=set)
    unread: list[BatchJob] = field(default_factory=list)
    before: dict[int, KnownTree] = field(default_factory=dict)

    def read(self, sql: Sql) -> None:
        """Reads what the unread jobs need. A job whose tree has another shape by now cannot go on, nor one whose crowd
        was known and has changed: the crowd of a large group takes longer to read than everything else."""
        vision_ids, needs = [job.known.vision_id for job in self.unread], [job.needs for job in self.unread]
        known = {job.needs.crowd for job in self.unread if job.needs.crowd is not None and self._has_crowd(job)}
        reading = batches.read(sql, vision_ids, needs, known)
        self.jobs.extend(job for job in self.unread if self._learns(job, reading))

    def _learns(self, job: BatchJob, reading: batches.BatchReading) -> bool:
        """Adds what was read to the tree of a job; whether the job can go on."""
        vision_id, marks = job.known.vision_id, reading.marks.get(job.known.vision_id)
        if marks is None or marks[1] != job.known.shape:
            return False
        if vision_id not in self.trees:
            self.trees[vision_id] = _if_unchanged(self.before.get(vision_id), marks)
        self.trees[vision_id].learn(job.needs, reading)
        return self.trees[vision_id].has_crowd(job.needs)

    def _has_crowd(self, job: BatchJob) -> bool:
        tree = self.before.get(job.known.vision_id)
        return tree is not None and tree.has_crowd(job.needs)


def _if_unchanged(tree: KnownTree | None, marks: tuple[int, int]) -> KnownTree:
    """The known tree, if it still has these marks, or else an empty one."""
    return tree if tree is not None and (tree.revision, tree.shape) == marks else KnownTree(*marks)


class Batch:
    """The rows that several jobs write at once, as the `parameters` of `batches.WRITE`.

    The known trees are already changed to the state after the write, with their new marks. If it is not written, they
    must be discarded.
    """

    __slots__ = ("_completions", "_items", "_trees", "parameters", "vision_ids")

    def __init__(self, items: dict[BatchJob, BatchEntry], trees: Mapping[int, KnownTree]) -> None:
        self._items = items
        self._trees = trees
        self._completions: dict[BatchJob, Callable[[Entry], Any]] = {}
        self.parameters: list[str] = []
        self.vision_ids: list[int] = []

    @classmethod
    def of(cls, ready: Ready) -> Batch | None:
        """Makes the batch of some jobs, each computed on the changes of those before it; None if nothing is to be
        written."""
        trees = ready.trees
        items: dict[BatchJob, BatchEntry] = {}
        cells: dict[CellPlace, tuple[int, Cell]] = {}
        runs: dict[int, tuple[int, Run]] = {}
        marks: dict[int, tuple[int, int]] = {}
        for job in ready.jobs:
            vision_id = job.known.vision_id
            tree = trees[vision_id]
            made = job.make(tree)
            if made is None:
                continue
            tree.change(job.needs, made)
            items[job] = BatchEntry(vision_id, job.known.owner, job.route, made.entry, job.work.now)
            cells.update({(node_id, start): (vision_id, cell) for node_id, start, cell in made.cells})
            runs.update({leaf_id: (vision_id, run) for leaf_id, run in made.runs.items()})
            marks[vision_id] = tree.revision, tree.shape
        if not items:
            return None
        batch = cls(items, trees)
        revision = drawn()
        batch.vision_ids = list(marks)
        batch.parameters = batches.to_write(marks, revision, list(items.values()), cells, runs)
        for vision_id in marks:
            trees[vision_id].revision = revision
        return batch

    def prepare_results(self) -> None:
        """Prepares the results of the jobs, still without their entries. An error fails its job."""
        for job in self._items:
            try:
                if job.made is not None:
                    self._completions[job] = job.made.tell()
            except Exception as error:
                job.fail(error)

    def results(self, rows: Iterable[tuple[int, int]]) -> dict[BatchJob, Any]:
        """The result of each job that was written, from the rows that the statement returned. Jobs whose tree had other
        marks are missing."""
        ids, results = dict(rows), {}
        for job, item in self._items.items():
            entry_id, tree = ids.get(item.entry.node_id), self._trees[item.vision_id]
            if entry_id is not None:
                entry = added(entry_id, item.entry, item.now)
                tree.log(job.needs, entry)
                results[job] = self._completions[job](entry) if job in self._completions else None
        return results
