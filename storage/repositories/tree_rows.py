"""Trees from rows. A whole tree is read in one statement: a row for each node, the root's with the vision and its
owner. This runs for every node of every displayed tree, so it uses dictionaries instead of enum calls, and no row
objects."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from core.goals.engine import CALCULATION_VERSION
from core.goals.model import Aggregate, Direction, Each, Kind, Level, Measure, Node, Pause, Strategy
from core.goals.structure import Presence
from core.goals.terms import DaySchedule, Terms
from core.ports.trees import StoredVision
from storage.repositories.owners import OWNER, owner_of
from storage.sql import Sql
from storage.types import WEEKDAYS, from_millionths, to_mask

# Only in the root's row: what a vision has once.
_HEAD = """
    CASE WHEN n.parent_id IS NULL THEN (
        SELECT json_build_array(
            v.position, v.stale OR v.calculation_version <> {version},
            {more}, {pauses}, {owner})
        FROM owners o WHERE o.id = v.owner_id)::text END"""


LATEST = """(
    SELECT e.on_date FROM entries e WHERE e.vision_id = v.id AND e.voided_at IS NULL
    AND NOT e.known_ahead ORDER BY e.on_date DESC LIMIT 1)"""
"""The date of a vision's latest entry, without the skips of absences."""


_PAUSES = """(
    SELECT json_agg(json_build_array(p.id, p.first, p.last, p.node_id)) FROM pauses p WHERE p.owner_id = o.id)"""


def columns(more: str = "NULL::bigint") -> str:
    """The columns that `visions_of` takes, of `visions v`, `nodes n` and `node_targets t`. `more` is an expression over
    `visions v` and `owners o`, of which `visions_with` gives the value for each vision."""
    head = _HEAD.format(version=CALCULATION_VERSION, more=more, pauses=_PAUSES, owner=OWNER)
    return (
        f"v.id, {head}, t.effective_from, t.target, t.weight, t.weekdays, t.every_days, t.month_days, t.active,"
        " n.id, n.parent_id, n.key, n.kind, n.level, n.title, n.strategy, n.measure, n.aggregate, n.unit, n.direction,"
        " n.baseline, n.weight, n.weekdays, n.every_days, n.month_days, n.starts_on, n.ends_on, n.position,"
        " n.each::text, n.member_id, n.let_go"
    )


WIDTH = 31
"""The number of these columns; a statement's own columns follow."""
NODE_ID = 9
_TERMS = slice(2, NODE_ID)

_KINDS = {kind.value: kind for kind in Kind}
_LEVELS = {level.value: level for level in Level}
_STRATEGIES = {strategy.value: strategy for strategy in Strategy}
_MEASURES = {measure.value: measure for measure in Measure}
_AGGREGATES = {how.value: how for how in Aggregate}
_DIRECTIONS = {direction.value: direction for direction in Direction}
_SINCE = attrgetter("since")


def visions_of(sql: Sql, rows: Sequence[Any]) -> list[StoredVision]:
    """Visions in their order, from rows in any order. A node with several targets has a row for each."""
    return [vision for vision, _ in visions_with(sql, rows)]


def visions_with(sql: Sql, rows: Sequence[Any]) -> list[tuple[StoredVision, Any]]:
    """The same, each vision with the value of the expression that was given to `columns`."""
    day_of = sql.values.day_of
    heads: list[tuple[int, list[Any]]] = []
    trees: dict[int, dict[int, Node]] = {}
    for row in rows:
        vision_id, head = row[0], row[1]
        tree = trees.get(vision_id)
        if tree is None:
            tree = trees[vision_id] = {}
        node_id = row[NODE_ID]
        if node_id in tree:
            tree[node_id] = _with_terms(tree[node_id], row[_TERMS], day_of)
            continue
        if head is not None:
            heads.append((vision_id, json.loads(head)))
        if node_id is not None:
            tree[node_id] = _node_of(row[2:WIDTH], day_of)
    heads.sort(key=lambda item: (item[1][0], item[0]))
    return [_vision_of(vision_id, head, trees[vision_id]) for vision_id, head in heads]


def _vision_of(vision_id: int, head: Sequence[Any], tree: dict[int, Node]) -> tuple[StoredVision, Any]:
    _, stale, more, paused, *owner = head
    nodes = tuple(tree[node_id] for node_id in sorted(tree))
    pauses = tuple(
        Pause(pause_id, date.fromisoformat(first), date.fromisoformat(last), node_id)
        for pause_id, first, last, node_id in sorted(paused or ())
    )
    return StoredVision(vision_id, owner_of(owner), nodes, bool(stale), pauses), more


def presence_of(text: str) -> Presence:
    """The presence of an *each* node, from a JSON list of (starts on, ends on, number of leaves)."""
    return {(_day(starts), _day(ends)): count for starts, ends, count in json.loads(text)}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(8192)
def _node_of(row: Sequence[Any], day_of: Callable[[Any], date]) -> Node:
    # Cached, since the same trees are read repeatedly, and a lookup takes a third of the time of making a node.
    (
        since, target, term_weight, term_weekdays, term_every, term_month_days, active,
        node_id, parent_id, key, kind, level, title, strategy, measure, aggregate, unit, direction,
        baseline, weight, weekdays, every_days, month_days, starts_on, ends_on, position, each, member_id, let_go,
    ) = row  # fmt: skip
    terms = Terms(date.min, None, from_millionths(weight), _schedule_of(weekdays, every_days, month_days))
    if since is not None:
        said = since, target, term_weight, term_weekdays, term_every, term_month_days, active
        terms = _terms_of(said, terms, day_of)
    return Node(
        node_id,
        parent_id,
        key,
        _KINDS[kind],
        _LEVELS[level],
        title,
        _STRATEGIES[strategy] if strategy else None,
        _MEASURES[measure] if measure else None,
        _AGGREGATES[aggregate] if aggregate else None,
        unit,
        _DIRECTIONS[direction] if direction else Direction.AT_LEAST,
        _decimal(baseline),
        (terms,),
        starts_on and day_of(starts_on),
        ends_on and day_of(ends_on),
        position,
        each_of(each) if each else None,
        member_id,
        bool(let_go),
    )


def _terms_of(row: Sequence[Any], own: Terms, day_of: Callable[[Any], date]) -> Terms:
    """Terms from their columns; `own` has the node's values, for rows that only hold a target."""
    since, target, weight, weekdays, every_days, month_days, active = row
    if weight is None:
        return Terms(day_of(since), _decimal(target), own.weight, own.schedule, bool(active))
    schedule = _schedule_of(weekdays, every_days, month_days)
    return Terms(day_of(since), _decimal(target), from_millionths(weight), schedule, bool(active))


@lru_cache(1024)
def _schedule_of(weekdays: int, every_days: int | None, month_days: int | None) -> DaySchedule:
    chosen = frozenset(day for day in range(32) if (month_days or 0) >> day & 1)
    return DaySchedule(WEEKDAYS[weekdays], every_days, chosen)


def terms_fields(terms: Terms) -> dict[str, object]:
    """Weight and schedule of terms, as stored."""
    schedule = terms.schedule
    return {
        "weight": terms.weight,
        "weekdays": schedule.weekdays,
        "every_days": schedule.every,
        "month_days": to_mask(schedule.month_days) or None,
    }


def each_of(text: str) -> Each:
    """The `Each` that `each_fields` wrote."""
    measure, how = map(json.loads(text).get, ("measure", "aggregate"))
    return Each(_MEASURES[measure] if measure else None, _AGGREGATES[how] if how else None)


def each_fields(each: Each) -> dict[str, object]:
    """An `Each` as stored, without empty fields."""
    fields = {"measure": each.measure, "aggregate": each.aggregate}
    return {name: value.value for name, value in fields.items() if value is not None}


def _with_terms(node: Node, row: Sequence[Any], day_of: Callable[[Any], date]) -> Node:
    more = _terms_of(row, node.terms[0], day_of)
    return replace(node, terms=tuple(sorted((*node.terms, more), key=_SINCE)))


def _decimal(whole: int | None) -> Decimal | None:
    return None if whole is None else from_millionths(whole)
