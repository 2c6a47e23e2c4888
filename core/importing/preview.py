"""A document in figures and a few examples, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from operator import attrgetter

from core.goals.model import Level, Measure
from core.planning.document import Document
from core.planning.plan import PlanEntry, PlanNode
from core.records import record

_EXAMPLES = 3


@record
class Example:
    """An entry with the title and the unit of its goal."""

    title: str
    unit: str | None
    entry: PlanEntry
    is_tick: bool


@record
class Preview:
    """The numbers of a document's loggable goals, by level, and of its entries. `first` and `last` are the days of the
    entries, None without entries."""

    levels: Mapping[Level, int]
    titles: tuple[str, ...]
    ended: int
    first: date | None
    last: date | None
    ticks: int
    numbers: int
    skips: int
    notes: int
    reminders: int
    examples: tuple[Example, ...]


def preview_of(document: Document) -> Preview:
    """The figures of a document, and the latest entries of up to three goals as examples."""
    leaves = _leaves(document)
    kinds = Counter(_kind(entry, leaves[entry.node].measure) for entry in document.entries)
    # Days are in order.
    latest = {entry.node: entry for entry in sorted(document.entries, key=attrgetter("on"))}
    days = [entry.on for entry in document.entries]
    return Preview(
        levels=Counter(node.level for node in leaves.values()),
        titles=tuple(node.title for node in leaves.values()),
        ended=sum(node.let_go for node in leaves.values()),
        first=min(days, default=None),
        last=max(days, default=None),
        ticks=kinds["ticks"],
        numbers=kinds["numbers"],
        skips=kinds["skips"],
        notes=sum(entry.note is not None for entry in document.entries),
        reminders=len(document.reminders or ()),
        examples=tuple(
            Example(leaves[key].title, leaves[key].unit, entry, leaves[key].measure is not Measure.NUMBER)
            for key, entry in list(latest.items())[:_EXAMPLES]
        ),
    )


def _leaves(document: Document) -> dict[str, PlanNode]:
    return {node.key or "": node for vision in document.visions for node in vision.walk() if node.is_leaf}


def _kind(entry: PlanEntry, measure: Measure | None) -> str:
    if entry.skipped:
        return "skips"
    return "numbers" if measure is Measure.NUMBER else "ticks"
