"""A group's round on a day: members who are done, open or away, and the group's streak. Values, no wording."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from core.asking.amounts import day_target, is_open, limit_offers, offers
from core.goals.model import Entry, Level, Measure, Member, Node, Status
from core.goals.periods import DAY, Period
from core.goals.progress import adds_up, aggregate
from core.goals.reading import Reading, Standing
from core.goals.tree import Tree
from core.records import record

LOOK_BACK = timedelta(days=366)
"""How far back a group's streak is counted."""


class MemberState(Enum):
    """A member's state on a day. FREE: nothing is asked of them."""

    DONE = "done"
    OPEN = "open"
    SKIPPED = "skipped"
    AWAY = "away"
    FREE = "free"


@record
class People:
    """The members on a day, in the order of joining, with the ids of those who were away, and of those who joined on
    that day, for whom nothing is due yet."""

    members: Sequence[Member]
    away: frozenset[int] = frozenset()
    new: frozenset[int] = frozenset()


@record
class MemberPart:
    """One member's part. `amount` is what they logged on that day, by the goal's own aggregate: a number, or the number
    of ticks. `is_new`: they joined on the day, so nothing is due from them yet."""

    member: Member
    state: MemberState
    amount: Decimal = Decimal(0)
    is_new: bool = False


@record
class RoundAsk:
    """A task of a round: a shared leaf or an *each* goal.

    `node` is what people log, `standing` that of all together. `parts` has everybody who is asked (for a shared leaf
    those who logged). `is_due`: it is an *each* goal whose period ends with the day, so that anything still open is
    then missed. `rest` is what former members logged that day on a shared number, if amounts add up.
    """

    node: Node
    standing: Standing
    is_check: bool
    is_open: bool
    parts: tuple[MemberPart, ...]
    is_due: bool = False
    rest: Decimal = Decimal(0)

    @property
    def is_shared(self) -> bool:
        """Whether everyone's numbers add up on it."""
        return self.node.each is None

    def is_open_for(self, member: Member) -> bool:
        """Whether it is still open for a member."""
        return any(part.member.id == member.id and part.state is MemberState.OPEN for part in self.parts)


@record
class Round:
    """The tasks of a group on a day, and how far its members are. `streak`: the days in a row without a miss, up to
    this one."""

    on: date
    asks: tuple[RoundAsk, ...]
    members: tuple[MemberPart, ...]
    streak: int

    @property
    def is_due(self) -> bool:
        """Whether any *each* goal ends with the day, so that members can be done or missed."""
        return any(ask.is_due for ask in self.asks)

    @property
    def missed(self) -> list[Member]:
        """The members who left something open once the day is over, without those who joined on it."""
        return [part.member for part in self.members if part.state is MemberState.OPEN and not part.is_new]

    @property
    def newcomers(self) -> list[Member]:
        """The members who joined on the day and left something open."""
        return [part.member for part in self.members if part.state is MemberState.OPEN and part.is_new]

    def of(self, state: MemberState) -> list[Member]:
        """The members in this state."""
        return [part.member for part in self.members if part.state is state]


def round_of(
    readings: Iterable[Reading], people: People, entries: Mapping[int, Sequence[Entry]], streak: int, on: date
) -> Round:
    """The round of the readings' day; `entries` are the day's, by leaf."""
    asks = []
    for reading in readings:
        for node in reading.tree.loggable():
            make = _shared if node.each is None else _each
            if ask := make(reading, node, people, entries):
                asks.append(ask)
    return Round(on, tuple(asks), _wholes(people, asks), streak)


def narrowed(asked_round: Round, readings: Iterable[Reading], nodes: Sequence[int]) -> Round:
    """The round of some branches only; the whole round, if none are given."""
    if not nodes:
        return asked_round
    within = set[int]().union(*(reading.tree.below(nodes) for reading in readings))
    asks = [ask for ask in asked_round.asks if ask.node.id in within]
    away = frozenset(member.id for member in asked_round.of(MemberState.AWAY))
    new = frozenset(part.member.id for part in asked_round.members if part.is_new)
    people = People([part.member for part in asked_round.members], away, new)
    return replace(asked_round, asks=tuple(asks), members=_wholes(people, asks))


def offers_of(ask: RoundAsk, on: date, logged: Sequence[Entry], so_far: Decimal = Decimal(0)) -> tuple[Decimal, ...]:
    """The totals that a goal's buttons set for a member whose total is `so_far`."""
    if ask.node.is_limit:
        return limit_offers(logged, on, so_far)
    if ask.is_shared:
        left = day_target(ask.standing, so_far)
        return offers(logged, on, left if left is None or left > 0 else ask.standing.target, so_far)
    return offers(logged, on, ask.node.target_for(ask.standing.period.end), so_far)


def _each(reading: Reading, each: Node, people: People, entries: Mapping[int, Sequence[Entry]]) -> RoundAsk | None:
    tree, on, parts = reading.tree, reading.on, []
    leaves = {child.member_id: child for child in tree.children(each) if on in tree.active(child)}
    for member in people.members:
        leaf = leaves.get(member.id)
        if leaf is not None and _is_asked(reading, leaf):
            parts.append(_part(reading, leaf, member, people, entries.get(leaf.id, ())))
    if not parts:
        return None
    check = each.each is None or each.each.measure is not Measure.NUMBER
    is_asked = any(part.state is MemberState.OPEN for part in parts)
    standing = reading.standing(each)
    is_due = min(standing.period.end, tree.active(each).end) <= on
    return RoundAsk(each, standing, check, is_asked, tuple(parts), is_due)


def _is_asked(reading: Reading, leaf: Node) -> bool:
    cell = reading.cells.get(leaf.id)
    is_due = reading.tree.is_due(leaf, reading.tree.period_of(leaf, reading.on))
    return is_due if cell is None else cell.counts or cell.excused


def _part(reading: Reading, leaf: Node, member: Member, people: People, day: Sequence[Entry]) -> MemberPart:
    cell = reading.cells.get(leaf.id)
    amount = _amount(reading, leaf, day)
    is_new = member.id in people.new and leaf.starts_on == reading.on
    if cell is not None and cell.excused:
        return MemberPart(member, MemberState.AWAY if member.id in people.away else MemberState.SKIPPED, amount, is_new)
    said = [entry for entry in day if not entry.skipped]
    waits = is_open(reading.standing(leaf), skipped=False, day=said)
    return MemberPart(member, MemberState.OPEN if waits else MemberState.DONE, amount, is_new)


def _amount(reading: Reading, leaf: Node, day: Sequence[Entry]) -> Decimal:
    """The value of somebody's entries of a day, by the goal's own aggregate; zero without entries."""
    return aggregate(reading.tree.measure(leaf), reading.tree.aggregate(leaf), day) or Decimal(0)


def _shared(reading: Reading, leaf: Node, people: People, entries: Mapping[int, Sequence[Entry]]) -> RoundAsk | None:
    standing, day = reading.standing(leaf), entries.get(leaf.id, ())
    if standing.status in (Status.OFF, Status.INACTIVE):
        return None
    is_check, sums = reading.tree.measure(leaf) is Measure.CHECK, adds_up(reading.tree, leaf)
    said = [entry for entry in day if entry.value is not None]
    parts = list(_parts_of_shared(reading, leaf, people, said))
    waits = is_open(standing, skipped=False, day=day)
    rest = _amount(reading, leaf, said) - sum(part.amount for part in parts) if sums and not is_check else Decimal(0)
    return RoundAsk(leaf, standing, is_check, waits, tuple(parts), rest=rest)


def _parts_of_shared(reading: Reading, leaf: Node, people: People, said: Sequence[Entry]) -> Iterator[MemberPart]:
    """The members' parts in a shared leaf; for a sum, without parts of zero."""
    for member in people.members:
        own = [entry for entry in said if entry.author_id == member.user_id]
        amount = _amount(reading, leaf, own)
        if own and (amount or not adds_up(reading.tree, leaf)):
            yield MemberPart(member, MemberState.DONE, amount)


def _wholes(people: People, asks: Sequence[RoundAsk]) -> tuple[MemberPart, ...]:
    """Each member's state over all their tasks that end with the day; weeks that go on and shared goals leave nobody
    open. Members who are away are so whatever they did. A skip of one goal skips the day, which then is neither done
    nor missed."""
    states: dict[int, set[MemberState]] = {}
    for ask in asks:
        for part in ask.parts:
            if ask.is_due or part.state is not MemberState.OPEN:
                states.setdefault(part.member.id, set()).add(part.state)
    return tuple(
        MemberPart(member, _whole(member, states.get(member.id, set()), people), is_new=member.id in people.new)
        for member in people.members
    )


def _whole(member: Member, states: Collection[MemberState], people: People) -> MemberState:
    if member.id in people.away:
        return MemberState.AWAY
    return next(
        (state for state in (MemberState.OPEN, MemberState.SKIPPED, MemberState.DONE) if state in states),
        MemberState.FREE,
    )


DayCounts = Mapping[date, tuple[int, int]]
"""For each *each* node and day: how many of its leaves are done, and how many fewer are due because of skips. Without
those of people who joined on the day."""


def daily_each(trees: Iterable[Tree]) -> Iterator[tuple[Tree, Node]]:
    """The daily *each* goals, from which a group's streak follows."""
    for tree in trees:
        for node in tree.nodes.values():
            if node.each is not None and node.level is Level.DAILY and node.weight > 0:
                yield tree, node


def streak_of(trees: Sequence[Tree], days: Mapping[int, DayCounts], on: date, *, is_over: bool = False) -> int:
    """The days in a row, up to a date, on which everyone who was there did everything (design.md §2, Streak). The date
    itself breaks nothing until it `is_over`; days on which nothing was asked are passed over. New members count from
    the day after they join."""
    watched = list(daily_each(trees))
    streak, day = 0, on
    while day > on - LOOK_BACK:
        asked = done = 0
        for tree, node in watched:
            finished, excused = days.get(node.id, {}).get(day, (0, 0))
            if tree.is_due(node, Period(day, day)):
                asked += tree.present(node, Period(day, day)) - tree.newcomers(node, day) - excused
                done += finished
        if asked and done < asked and (day != on or is_over):
            break
        streak += bool(asked and done >= asked)
        day -= DAY
    return streak
