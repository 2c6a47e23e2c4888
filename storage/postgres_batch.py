"""One batch of check-offs on PostgreSQL: each is reckoned on what is known of its tree, with what those before it
changed."""

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
from storage.kept import KeptPath
from storage.known_trees import KnownTree
from storage.repositories import batches
from storage.repositories.batches import BatchEntry, CellPlace
from storage.repositories.entries import added
from storage.repositories.marks import drawn
from storage.sql import Sql


class NotDone(Exception):
    """A check-off was not done with others: it is to be done by itself."""


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
        """Whether it can be done here, and what it needs then. If not, whoever waits is told."""
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

    def make(self, tree: KnownTree) -> Made[Any] | None:
        """What it comes to, if that is an entry. If not, whoever waits is told."""
        stand = tree.stand(self.needs)
        try:
            self.made = None if stand is None else self.work.makes(self.known.path, stand)
        except GoaltreeError:
            self.made = None
        except Exception as error:
            self.fail(error)
            return None
        if self.made is None:
            self.fail(NotDone())
        return self.made


@contextmanager
def telling(jobs: Iterable[BatchJob]) -> Iterator[None]:
    """Tells whoever waits for a job of an error; only one that ends the task goes on."""
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
    """The jobs of a batch that can go on, and their trees. Of some nothing was read, since all was `remembered`; what
    others need is `unread`, though something may be known of their trees from `before`."""

    jobs: list[BatchJob] = field(default_factory=list)
    trees: dict[int, KnownTree] = field(default_factory=dict)
    remembered: set[int] = field(default_factory=set)
    unread: list[BatchJob] = field(default_factory=list)
    before: dict[int, KnownTree] = field(default_factory=dict)

    def read(self, sql: Sql) -> None:
        """Reads what is unread. A job whose tree has another shape by now cannot go on."""
        reading = batches.read(sql, [job.known.vision_id for job in self.unread], [job.needs for job in self.unread])
        for job in self.unread:
            vision_id, marks = job.known.vision_id, reading.marks.get(job.known.vision_id)
            if marks is None or marks[1] != job.known.shape:
                continue
            if vision_id not in self.trees:
                self.trees[vision_id] = _still(self.before.get(vision_id), marks)
            self.trees[vision_id].learn(job.needs, reading)
            self.jobs.append(job)


def _still(tree: KnownTree | None, marks: tuple[int, int]) -> KnownTree:
    """A tree as it was known, if it has these marks still, or one of which nothing is known."""
    return tree if tree is not None and (tree.revision, tree.shape) == marks else KnownTree(*marks)


class Batch:
    """What is written of jobs at once, as the `parameters` of `batches.WRITE`. The trees are known from then on as they
    will be, with the marks that they get by it: if it is not written, what is known of them is of no use."""

    __slots__ = ("_items", "_trees", "_words", "parameters", "vision_ids")

    def __init__(self, items: dict[BatchJob, BatchEntry], trees: Mapping[int, KnownTree]) -> None:
        self._items = items
        self._trees = trees
        self._words: dict[BatchJob, Callable[[Entry], Any]] = {}
        self.parameters: list[str] = []
        self.vision_ids: list[int] = []

    @classmethod
    def of(cls, ready: Ready) -> Batch | None:
        """What comes of the jobs, each on what those before it made; None if that is nothing."""
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

    def word(self) -> None:
        """Works out what is told of the jobs, but for their entries. An error is told to whoever waits."""
        for job in self._items:
            try:
                if job.made is not None:
                    self._words[job] = job.made.tell()
            except Exception as error:
                job.fail(error)

    def written(self, rows: Iterable[tuple[int, int]]) -> dict[BatchJob, Any]:
        """What is told of each job that was written, by the rows that the statement gave. Not among them are those
        whose tree had other marks."""
        ids, told = dict(rows), {}
        for job, item in self._items.items():
            entry_id, tree = ids.get(item.entry.node_id), self._trees[item.vision_id]
            if entry_id is not None:
                entry = added(entry_id, item.entry, item.now)
                tree.log(job.needs, entry)
                told[job] = self._words[job](entry) if job in self._words else None
        return told
