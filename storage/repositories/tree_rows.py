"""Trees from rows. A whole tree comes in one statement: a row for each node, the root's with the vision and its owner.

This runs for every node of every tree that is shown, hence tables instead of enum calls, and no row objects.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any

from core.engine import CALCULATION_VERSION
from core.model import Aggregate, Kind, Level, Measure, Node, Strategy
from core.ports import Vision
from storage.repositories.owners import OWNER, owner_of
from storage.sql import Sql
from storage.types import WEEKDAYS, from_millionths

_TARGETS = (
    "(SELECT string_agg(t.effective_from::text || '=' || coalesce(t.target::text, ''), ',')"
    " FROM node_targets t WHERE t.node_id = n.id)"
)
_LATEST = (
    "(SELECT e.on_date FROM entries e WHERE e.vision_id = v.id AND e.voided_at IS NULL ORDER BY e.on_date DESC LIMIT 1)"
)


def columns(*, latest: bool) -> str:
    """The columns that `visions_of` takes, of `visions v`, `nodes n` and, in the root's row, `owners o`."""
    return (
        f"v.id, v.position, v.stale OR v.calculation_version <> {CALCULATION_VERSION}, {OWNER},"
        f" CASE WHEN n.parent_id IS NULL THEN {_LATEST if latest else 'NULL::date'} END,"
        " n.id, n.parent_id, n.key, n.kind, n.level, n.title, n.strategy, n.measure, n.aggregate, n.unit, n.weight,"
        f" n.weekdays, n.starts_on, n.ends_on, n.position, {_TARGETS}"
    )


WIDTH = 29
"""How many columns that is; a statement's own follow."""
_OWNER, _LATEST_ON, _NODE = 3, 12, 13

_KINDS = {kind.value: kind for kind in Kind}
_LEVELS = {level.value: level for level in Level}
_STRATEGIES = {strategy.value: strategy for strategy in Strategy}
_MEASURES = {measure.value: measure for measure in Measure}
_AGGREGATES = {how.value: how for how in Aggregate}
_BY_ID = attrgetter("id")
_since = itemgetter(0)


def visions_of(sql: Sql, rows: Sequence[Any]) -> list[Vision]:
    """Visions in their order, from rows in any order."""
    heads = []
    nodes: dict[int, list[Node]] = {}
    day_of = sql.values.day_of
    for row in rows:
        if row[_OWNER] is not None:
            heads.append(row)
        if row[_NODE] is not None:
            nodes.setdefault(row[0], []).append(_node_of(row, day_of))
    heads.sort(key=lambda row: (row[1], row[0]))
    found = []
    for head in heads:
        tree = nodes.get(head[0], [])
        tree.sort(key=_BY_ID)
        latest = head[_LATEST_ON]
        owner = owner_of(head[_OWNER:_LATEST_ON])
        found.append(Vision(head[0], owner, tuple(tree), bool(head[2]), latest and day_of(latest)))
    return found


def _node_of(row: Sequence[Any], day_of: Callable[[Any], date]) -> Node:
    (
        id, parent_id, key, kind, level, title, strategy, measure, aggregate,
        unit, weight, weekdays, starts_on, ends_on, position, targets,
    ) = row[_NODE:WIDTH]  # fmt: skip
    return Node(
        id,
        parent_id,
        key,
        _KINDS[kind],
        _LEVELS[level],
        title,
        _STRATEGIES[strategy] if strategy else None,
        _MEASURES[measure] if measure else None,
        _AGGREGATES[aggregate] if aggregate else None,
        unit,
        _targets_of(targets) if targets else (),
        from_millionths(weight),
        WEEKDAYS[weekdays],
        starts_on and day_of(starts_on),
        ends_on and day_of(ends_on),
        position,
    )


def _targets_of(text: str) -> tuple[tuple[date, Decimal | None], ...]:
    """The history of a target from `date=millionths`, separated by commas, in any order; mostly there is one."""
    if "," not in text:
        return (_target_of(text),)
    return tuple(sorted((_target_of(part) for part in text.split(",")), key=_since))


@lru_cache(4096)
def _target_of(text: str) -> tuple[date, Decimal | None]:
    effective_from, _, target = text.partition("=")
    # PostgreSQL's driver keeps the first of all dates as -infinity.
    since = date.min if effective_from == "-infinity" else date.fromisoformat(effective_from)
    return since, from_millionths(int(target)) if target else None
