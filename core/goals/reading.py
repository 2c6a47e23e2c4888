"""A tree on a day, from its cells, as shown in the tree, the summary, replies and documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.goals.crowd import target_in
from core.goals.model import Aggregate, Kind, Level, Measure, Node, Status, Strategy
from core.goals.periods import Period
from core.goals.progress import ONE, Cell, adds_up, blank, percent
from core.goals.status import pace, status_of
from core.goals.streaks import Run, Streak, has_streak, streak_on
from core.goals.tree import Tree
from core.records import record
from core.values import rounded_up


@record
class Standing:
    """One node on a day. `progress` is in parts of `progress.ONE`; `target` is what is expected in the period.

    `value` is None if it is not known, `streak` for parents, ranges and tracked nodes.
    """

    node: Node
    period: Period
    value: Decimal | None
    progress: int
    status: Status
    target: Decimal | None
    streak: Streak | None

    @property
    def percent(self) -> int:
        """Whole percent, rounded down."""
        return percent(self.progress)


@record
class TreeOnDay:
    """A whole tree on a day, without its figures."""

    tree: Tree
    on: date


@record
class Reading(TreeOnDay):
    """A whole tree on a day. `cells` holds each node's cell in the period that holds the day; a missing one is zero."""

    cells: Mapping[int, Cell]
    runs: Mapping[int, Run]

    def standing(self, node: Node) -> Standing:
        """How one node stands."""
        period = self.tree.period_of(node, self.on)
        cell = self.cells.get(node.id) or blank(self.tree, node, period)
        streak = None
        if has_streak(self.tree, node, self.on):
            streak = streak_on(self.tree, node, self.runs.get(node.id, Run()), self.on)
        return Standing(
            node,
            period,
            cell.value,
            cell.progress,
            status_of(self.tree, node, cell, self.on),
            target_in(self.tree, node, period, lambda child: self.cells.get(child.id)),
            streak,
        )

    def leaves_today(self) -> list[Standing]:
        """The leaves that count on the day, in the order of the tree."""
        standings = (self.standing(leaf) for leaf in self.tree.leaves())
        return [standing for standing in standings if standing.status not in (Status.OFF, Status.INACTIVE)]


def counts_wholes(tree: Tree, node: Node) -> bool:
    """Whether a node that adds up counts days, entries or goals, and not an amount."""
    if not tree.is_leaf(node):
        return tree.strategy(node) is Strategy.COUNT
    return tree.measure(node) is Measure.CHECK or node.aggregate is Aggregate.COUNT


def to_make_up(tree: Tree, standing: Standing, on: date) -> Decimal | None:
    """The amount that a node lacks to its pace on a day; None if it lacks nothing, or does not add up to a target.
    Rounded up at the target's last decimal place, or to whole days and goals."""
    node = standing.node
    if standing.target is None or not adds_up(tree, node):
        return None
    ended, days = pace(tree, node, on)
    missing = Fraction(standing.target) * ended / days - Fraction(standing.value or 0)
    if missing <= 0:
        return None
    return rounded_up(missing, Decimal(1) if counts_wholes(tree, node) else standing.target)


@record
class Daily:
    """The daily leaves that count today; `rate` in whole percent."""

    completed: int
    total: int
    rate: int


@record
class LevelSummary:
    """A level's mean progress in whole percent over its nodes that count today, and how many of them do well. An *each*
    goal is one node.

    `well`: weekly and yearly those done or on track, monthly those done, quarterly the power goals done or on track.
    """

    progress: int
    well: int
    total: int


@record
class StreakSummary:
    """The streaks of the active leaves: the longest ever, and the mean (one decimal) and the sum of the current
    ones."""

    best: int
    average: Decimal
    total: int


@record
class Summary:
    """How an owner's trees stand on a day (design.md §2, Summary of a day)."""

    on: date
    daily: Daily
    weekly: LevelSummary
    monthly: LevelSummary
    quarterly: LevelSummary
    yearly: LevelSummary
    streaks: StreakSummary


def summarise(readings: Iterable[Reading], on: date) -> Summary:
    """The summary of all of an owner's trees on a day."""
    standings: list[Standing] = []
    streaks: list[Streak] = []
    daily: list[Standing] = []
    for reading in readings:
        for node in reading.tree.nodes.values():
            if node.kind is Kind.VISION:
                continue
            standing = reading.standing(node)
            if standing.status is Status.INACTIVE:
                continue
            if standing.streak is not None:
                streaks.append(standing.streak)
            if standing.status in (Status.OFF, Status.TRACKED):
                continue
            if node.member_id is None:  # a member's own leaf is counted in the *each* node above it
                standings.append(standing)
            if node.level is Level.DAILY and reading.tree.is_leaf(node):
                daily.append(standing)
    return Summary(
        on,
        _daily(daily),
        _level(standings, Level.WEEKLY),
        _level(standings, Level.MONTHLY),
        _level(standings, Level.QUARTERLY),
        _level(standings, Level.YEARLY),
        _streaks(streaks),
    )


def _daily(standings: list[Standing]) -> Daily:
    completed = sum(1 for standing in standings if standing.progress >= ONE)
    return Daily(completed, len(standings), completed * 100 // len(standings) if standings else 0)


def _streaks(streaks: list[Streak]) -> StreakSummary:
    current = [streak.current for streak in streaks]
    return StreakSummary(
        best=max((streak.best for streak in streaks), default=0),
        average=Decimal(str(round(sum(current) / len(current), 1))) if current else Decimal(0),
        total=sum(current),
    )


def _level(standings: list[Standing], level: Level) -> LevelSummary:
    own = [standing for standing in standings if standing.node.level is level]
    if not own:
        return LevelSummary(0, 0, 0)
    well = {Status.DONE} if level is Level.MONTHLY else {Status.DONE, Status.ON_TRACK}
    counted = [s for s in own if level is not Level.QUARTERLY or s.node.kind is Kind.POWER_GOAL]
    return LevelSummary(
        percent(sum(standing.progress for standing in own) // len(own)),
        sum(standing.status in well for standing in counted),
        len(counted),
    )
