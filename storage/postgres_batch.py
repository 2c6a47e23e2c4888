"""One batch of check-offs on PostgreSQL: each is reckoned on what is known of its tree, with what those before it
changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from core.errors import GoaltreeError
from core.goals.model import Entry
from core.goals.progress import Cell
from core.goals.streaks import Run
from core.ports.check_offs import Made, Needs
from core.ports.store import Work
from storage.kept import KeptPath
from storage.known_trees import KnownTree
from storage.repositories import batches
from storage.repositories.batches import BatchEntry, CellPlace, Marks
from storage.repositories.entries import added
from storage.repositories.marks import drawn
from storage.sql import Sql

_Tell = Callable[[], Callable[[Entry], Any]]


class NotDone(Exception):
    """A check-off was not done with others: it is to be done by itself."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The jobs of a batch that can go on, and their trees. Of some nothing was read, since all was `remembered`."""

    jobs: list[BatchJob] = field(default_factory=list)
    trees: dict[int, KnownTree] = field(default_factory=dict)
    remembered: set[int] = field(default_factory=set)


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


def _made(job: BatchJob, tree: KnownTree) -> Made[Any] | None:
    """What a job comes to, if that is an entry."""
    stand = tree.stand(job.needs)
    try:
        made: Made[Any] | None = None if stand is None else job.work.makes(job.known.path, stand)
    except GoaltreeError:
        made = None
    except Exception as error:
        job.fail(error)
        return None
    if made is None:
        job.fail(NotDone())
    return made


def write(sql: Sql, ready: Ready) -> dict[BatchJob, Any]:
    """Writes what comes of the jobs; gives what is told of each once that is durable. Not among them are those that are
    not done here, and those whose tree has other marks by now: what is known of it is of no use any more."""
    trees = ready.trees
    items: dict[BatchJob, BatchEntry] = {}
    cells: dict[CellPlace, tuple[int, Cell]] = {}
    runs: dict[int, tuple[int, Run]] = {}
    marks: dict[int, Marks] = {}
    for job in ready.jobs:
        vision_id, owner = job.known.vision_id, job.known.owner
        tree = trees[vision_id]
        job.made = made = _made(job, tree)
        if made is None:
            continue
        tree.change(job.needs, made)
        items[job] = BatchEntry(vision_id, owner, job.route, made.entry, job.work.now)
        cells.update({(node_id, start): (vision_id, cell) for node_id, start, cell in made.cells})
        runs.update({leaf_id: (vision_id, run) for leaf_id, run in made.runs.items()})
        if vision_id not in marks:
            marks[vision_id] = Marks(tree.revision, tree.shape, drawn())
    if not items:
        return {}
    tells = [(job, job.made.tell) for job in items if job.made is not None]
    words: dict[BatchJob, Callable[[Entry], Any]] = {}
    ids = batches.write(sql, marks, list(items.values()), cells, runs, lambda: words.update(_worded(tells)))
    told = {}
    for job, item in items.items():
        entry_id, tree = ids.get(item.entry.node_id), trees[item.vision_id]
        if entry_id is not None:
            entry = added(entry_id, item.entry, item.now)
            tree.log(job.needs, entry)
            tree.revision = marks[item.vision_id].next
            told[job] = words[job](entry) if job in words else None
    return told


def _worded(tells: Iterable[tuple[BatchJob, _Tell]]) -> Iterator[tuple[BatchJob, Callable[[Entry], Any]]]:
    """What is told of jobs, but for their entries. An error is told to whoever waits."""
    for job, tell in tells:
        try:
            yield job, tell()
        except Exception as error:
            job.fail(error)
