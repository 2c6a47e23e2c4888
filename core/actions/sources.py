"""Reading the sources of digests and charts: the cached figures that they need, and recent entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from core.digest.dates import Dates
from core.digest.reach import Needed, needed
from core.digest.runs import earlier_runs
from core.digest.source import Cells, Source
from core.digest.state import TreeState
from core.goals.model import Entry
from core.goals.periods import DAY
from core.goals.tree import ENDLESS, Tree
from core.ports.store import Transaction
from core.ports.trees import TreeView

FURTHER = timedelta(days=28)
"""How much further back a leaf's cells are read if those of the digest do not tell its streak; after that all are
read."""


def sources_of(
    tx: Transaction,
    views: Sequence[TreeView],
    wanted: Sequence[tuple[Tree, Needed]],
    late: Sequence[Entry],
    since: date,
) -> list[Source]:
    """Trees with the figures that are needed of them; `late` are the entries dated `since` or later."""
    cells = tx.cache.cells_within([span for _, need in wanted for span in need.cells])
    entries = [*_earlier(tx, [need for _, need in wanted], since), *late]
    sources = []
    for view, (tree, _) in zip(views, wanted, strict=True):
        logged = tuple(entry for entry in entries if entry.node_id in tree.nodes)
        stored = {node_id: cells[node_id] for node_id in tree.nodes if node_id in cells}
        sources.append(Source(tree, since, logged, stored, view.runs, tree))
    return sources


def _earlier(tx: Transaction, wanted: Sequence[Needed], since: date) -> list[Entry]:
    """The entries of earlier days that are needed, by date, then logging."""
    first = {leaf: day for need in wanted for leaf, day in need.leaves.items() if day < since}
    if not first:
        return []
    earlier = tx.entries.of_leaves(list(first), min(first.values()), since - DAY)
    return sorted((entry for said in earlier.values() for entry in said), key=lambda entry: (entry.on, entry.id))


def digest_sources(
    tx: Transaction, owner_id: int, views: Sequence[TreeView], trees: Sequence[Tree], dates: Dates, on: date
) -> list[Source]:
    """The sources for a digest of all of an owner's trees, read on a day."""
    windows, since = (dates.previous, dates.period), dates.period.start
    wanted = [(tree, needed(tree, {*dates.cuts, on}, windows)) for tree in trees]
    sources = sources_of(tx, views, wanted, tx.entries.of_owner_since(owner_id, since), since)
    return _with_runs(tx, sources, dates)


def _with_runs(tx: Transaction, sources: Sequence[Source], dates: Dates) -> list[Source]:
    """The sources with the runs that their digest needs. If a leaf's cells are too few to tell them, more are read."""
    first = dates.previous.start
    resolved = []
    for source in sources:
        known = {leaf.id: source.tree.period_of(leaf, first).start for leaf in source.tree.leaves()}
        resolved.append(_with_known_runs(source, known, dates))
    for since in (first - FURTHER, date.min):
        short = [leaf for _, leaves in resolved for leaf in leaves]
        if not short:
            break
        cells = tx.cache.cells_between(short, since, ENDLESS)
        resolved = [
            _with_known_runs(_with_cells(source, cells), dict.fromkeys(leaves, since), dates)
            for source, leaves in resolved
        ]
    return [source for source, _ in resolved]


def _with_known_runs(source: Source, known: Mapping[int, date], dates: Dates) -> tuple[Source, Sequence[int]]:
    """(the source with the runs of the `known` leaves, which maps each to the first day of its cells; the leaves that
    need more cells)."""
    states = [TreeState(source, cut) for cut in {dates.seen, dates.previous.end}]
    earlier = earlier_runs(source, known, states)
    return replace(source, earlier={**source.earlier, **earlier.runs}), earlier.short


def _with_cells(source: Source, cells: Mapping[int, Cells]) -> Source:
    mine = {leaf: of_leaf for leaf, of_leaf in cells.items() if leaf in source.tree.nodes}
    return replace(source, stored={**source.stored, **mine})


def as_planned(
    tx: Transaction, owner_id: int, sources: Sequence[Source], trees: Sequence[Tree], dates: Dates, first: date
) -> list[Source]:
    """The sources with their trees as they were planned at an earlier time. For a tree that was planned differently the
    figures are computed from the entries from `first` on; older figures are as cached."""
    logged = tx.entries.of_owner_since(owner_id, first)
    restored = []
    for source, tree in zip(sources, trees, strict=True):
        if tree is not source.tree:
            entries = tuple(entry for entry in logged if entry.node_id in source.now.nodes)
            leaves = {entry.node_id for entry in entries if entry.on >= source.since and entry.node_id in tree.nodes}
            whole = _with_cells(source, tx.cache.cells_between(leaves, date.min, ENDLESS))
            planned = replace(whole, tree=tree, first=first, entries=entries, since=first, earlier={})
            source, _ = _with_known_runs(planned, dict.fromkeys(leaves, date.min), dates)
        restored.append(source)
    return restored
