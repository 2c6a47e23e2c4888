"""The figures of charts: a goal's course through its period and the days of its year, and a group's week."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from core.actions.access import enter
from core.actions.cache import tree_of
from core.actions.day.circle import Circle, circle_of
from core.actions.read import CacheStale, on_snapshot
from core.actions.sources import sources_of
from core.digest.leaves import day_within, scheduled_day
from core.digest.model import Mark, StripDay
from core.digest.reach import Needed, needed
from core.digest.source import Source
from core.digest.state import TreeState
from core.errors import NotFound
from core.goals.model import Entry, Level, Member, Node, Owner
from core.goals.periods import DAY, Period, period_of
from core.goals.progress import ONE, Cell, blank
from core.goals.reading import Reading, Standing
from core.goals.tree import ENDLESS, Tree
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction
from core.records import record

MOST_STEPS = 30
"""The most points of a chart's course: a picture shows no more, and each is computed separately."""


@record
class DayEnd:
    """A goal at the end of a day: its value (None: not known) and its progress in parts."""

    on: date
    value: Decimal | None
    progress: int


@record
class GoalChart:
    """A goal on a day. `way` is its course through its own period up to that day, `even` the even pace: the share of
    open days that have passed by the end of a day. Both are empty for a daily goal. `days` are those of the year, for a
    goal that is met or logged by the day."""

    owner: Owner
    reading: Reading
    node: Node
    standing: Standing
    way: tuple[DayEnd, ...]
    even: tuple[tuple[date, float], ...]
    days: tuple[StripDay, ...]


@record
class PersonDays:
    """One member's week: how much of what was asked of them each day is done."""

    member: Member
    days: tuple[StripDay, ...]


@record
class BoardChart:
    """A group on a day, and its members' days of that week."""

    circle: Circle
    week: Period
    people: tuple[PersonDays, ...]


async def read_goal_chart(store: Store, actor: Actor, node_id: int, on: date) -> GoalChart:
    """The chart of a goal of the actor's chat on a day (its today). Raises `NotFound` and `Refused`."""

    def work(tx: Transaction) -> tuple[Owner, Reading, Source, Mapping[date, Cell]]:
        owner = enter(tx, actor, Act.SEE).owner
        views = tx.trees.view(owner.id, on, owner.week_start)
        view = next((view for view in views if any(node.id == node_id for node in view.vision.nodes)), None)
        if view is None:
            raise NotFound("goal_gone")
        if view.vision.stale:
            raise CacheStale([view.vision.id])
        tree = tree_of(view.vision)
        node, year = tree.nodes[node_id], _year(on)
        way = _way(tree, node, on)
        wanted = needed(tree, way, top=node) if way else Needed((), {})
        first = min([year.start if tree.is_leaf(node) else on, *way])
        below = [leaf.id for leaf in tree.leaves(node)]
        late = [entry for said in tx.entries.of_leaves(below, first, ENDLESS).values() for entry in said]
        late.sort(key=lambda entry: (entry.on, entry.id))
        [source] = sources_of(tx, [view], [(tree, wanted)], late, first)
        cells: Mapping[date, Cell] = {}
        if node.level is Level.DAILY:
            cells = tx.cache.cells_between([node_id], year.start, year.end).get(node_id, {})
        return owner, Reading(tree, on, view.cells, view.runs), source, cells

    owner, reading, source, cells = await on_snapshot(store, work)
    # Beside the event loop: each step is computed for itself.
    return await asyncio.to_thread(_chart, owner, reading, source, cells, node_id)


async def read_board_chart(store: Store, actor: Actor, on: date) -> BoardChart:
    """The days of the week of everyone in the actor's group. Raises `NotFound` and `Refused`."""

    def work(tx: Transaction) -> BoardChart:
        owner = enter(tx, actor, Act.SEE).owner
        circle = circle_of(tx, owner.chat_id, on)
        week = period_of(Level.WEEKLY, on, owner.week_start)
        own = _daily_leaves(circle.readings)
        ids = [leaf.id for leaves in own.values() for _, leaf in leaves]
        cells = tx.cache.cells_between(ids, week.start, week.end) if ids else {}
        people = (
            PersonDays(part.member, tuple(_person_day(own[part.member.id], cells, day, on) for day in _each_day(week)))
            for part in circle.round.members
        )
        return BoardChart(circle, week, tuple(people))

    return await on_snapshot(store, work)


def _chart(owner: Owner, reading: Reading, source: Source, cells: Mapping[date, Cell], node_id: int) -> GoalChart:
    tree, on = reading.tree, reading.on
    node = tree.nodes[node_id]
    period = tree.period_of(node, on)
    way: tuple[DayEnd, ...] = ()
    even: tuple[tuple[date, float], ...] = ()
    if node.level is not Level.DAILY:
        way = tuple(_step(source, node, period, cut) for cut in _way(tree, node, on))
        even = tuple((cut, _passed(tree, node, period, cut)) for cut in _spread(period))
    days = tuple(_days_of_year(tree, node, source.entries, cells, on))
    return GoalChart(owner, reading, node, reading.standing(node), way, even, days)


def _way(tree: Tree, node: Node, on: date) -> list[date]:
    """The days at whose ends the chart shows a goal in its period; none for a daily goal."""
    period = tree.period_of(node, on)
    return [] if node.level is Level.DAILY else _spread(Period(period.start, min(on, period.end)))


def _step(source: Source, node: Node, period: Period, cut: date) -> DayEnd:
    cell = TreeState(source, cut).cell(node, period)
    return DayEnd(cut, cell.value, cell.progress)


def _passed(tree: Tree, node: Node, period: Period, cut: date) -> float:
    days = tree.open_days(node, period)
    return tree.open_days(node, Period(period.start, cut)) / days if days else 1.0


def _spread(period: Period) -> list[date]:
    """Evenly spaced days of a period, including its last."""
    step = -(-period.days // MOST_STEPS)
    return [period.end - DAY * back for back in range(0, period.days, step)][::-1]


def _days_of_year(
    tree: Tree, node: Node, entries: Sequence[Entry], cells: Mapping[date, Cell], on: date
) -> Iterator[StripDay]:
    if node.level is Level.DAILY:
        for day in _each_day(_year(on)):
            yield _scheduled_day(tree, node, cells, day, on)
    elif tree.is_leaf(node):
        words: dict[date, list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.node_id == node.id:
                words[entry.on].append(entry)
        for day in _each_day(_year(on)):
            yield day_within(tree, node, words[day], day, on)


def _scheduled_day(tree: Tree, node: Node, cells: Mapping[date, Cell], day: date, on: date) -> StripDay:
    return scheduled_day(tree, node, cells.get(day) or blank(tree, node, Period(day, day)), day, on)


def _year(on: date) -> Period:
    return period_of(Level.YEARLY, on)


def _each_day(period: Period) -> list[date]:
    return [period.start + DAY * at for at in range(period.days)]


_UNASKED = {Mark.OFF, Mark.SKIPPED}

_Leaves = Sequence[tuple[Tree, Node]]


def _daily_leaves(readings: Sequence[Reading]) -> Mapping[int, _Leaves]:
    """The daily leaves of each member."""
    own: dict[int, list[tuple[Tree, Node]]] = defaultdict(list)
    for reading in readings:
        for leaf in reading.tree.nodes.values():
            if leaf.member_id is not None and leaf.level is Level.DAILY:
                own[leaf.member_id].append((reading.tree, leaf))
    return own


def _person_day(leaves: _Leaves, cells: Mapping[int, Mapping[date, Cell]], on: date, at: date) -> StripDay:
    """One day of a person: done if everything asked of them is done, else the share that is."""
    days = [_scheduled_day(tree, leaf, cells.get(leaf.id, {}), on, at) for tree, leaf in leaves]
    marks = {day.mark for day in days}
    if marks <= _UNASKED:
        return StripDay(on, Mark.SKIPPED if Mark.SKIPPED in marks else Mark.OFF, 0)
    if marks <= {Mark.DONE, *_UNASKED}:
        return StripDay(on, Mark.DONE, ONE)
    asked = [day.progress for day in days if day.mark not in _UNASKED]
    if progress := sum(asked) // len(asked):
        return StripDay(on, Mark.PARTIAL, progress)
    return StripDay(on, Mark.OPEN if on >= at else Mark.MISSED, 0)
