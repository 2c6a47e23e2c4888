"""A planned tree: the contents of an outline or a document, before it is checked and stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.asking.reminders import MessageKind
from core.asking.schedule import Schedule
from core.goals.model import Aggregate, Direction, Each, Kind, Level, Measure, Node, Strategy
from core.goals.periods import Period, period_of
from core.goals.terms import EVERY_DAY, DaySchedule, Terms
from core.goals.tree import BEGINNING, ENDLESS, Tree
from core.records import record


@record
class DaysOff:
    """Days off of a goal and all below it, or of `everything` in the chat."""

    first: date
    last: date
    everything: bool = False


@record
class PlanNode:
    """A planned node with its children. None means: not said.

    `place` is where it is written (`line 3, column 5` or `visions[0].children[2]`), for faults. `terms` is the history
    of what is asked, if there is one: oldest first, the first since `date.min`. `target`, `weight` and `schedule` are
    those in force last. `pauses` are an outline's days off; a document lists them beside its nodes. `member` is the
    Telegram id of the member whose leaf it is, below a node with `each` (document only).
    """

    title: str
    kind: Kind
    level: Level
    key: str | None = None
    strategy: Strategy | None = None
    measure: Measure | None = None
    aggregate: Aggregate | None = None
    unit: str | None = None
    direction: Direction = Direction.AT_LEAST
    baseline: Decimal | None = None
    target: Decimal | None = None
    weight: Decimal = Decimal(1)
    schedule: DaySchedule = EVERY_DAY
    terms: tuple[Terms, ...] = ()
    pauses: tuple[DaysOff, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    let_go: bool = False
    children: tuple[PlanNode, ...] = ()
    place: str = ""
    each: Each | None = None
    member: int | None = None

    @property
    def is_leaf(self) -> bool:
        """Whether it is logged itself: it has no children, and is neither a vision nor an *each* goal."""
        return not self.children and self.kind is not Kind.VISION and self.each is None

    @property
    def is_check(self) -> bool:
        """Whether it, or everyone's own leaf below it, is a check."""
        if self.each is not None:
            return self.each.measure is not Measure.NUMBER
        return self.is_leaf and self.measure is not Measure.NUMBER

    @property
    def is_limit(self) -> bool:
        """Whether its target is a limit."""
        return self.direction is Direction.AT_MOST

    @property
    def history(self) -> tuple[Terms, ...]:
        """All of its terms, oldest first."""
        return self.terms or (Terms(date.min, self.target, self.weight, self.schedule),)

    def walk(self) -> Iterator[PlanNode]:
        """This node and all below, each parent before its children. Not recursive, so that a hostile depth does no
        harm."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def mapped(self, change: Callable[[PlanNode], PlanNode]) -> PlanNode:
        """The plan with every node changed, parents before children; `change` leaves the children alone."""
        order = list(self.walk())
        changed = [change(node) for node in order]
        stack: list[PlanNode] = []
        # Going backwards, every node has its finished children on top of the stack.
        for before, after in zip(reversed(order), reversed(changed), strict=True):
            children = tuple(stack.pop() for _ in before.children)
            stack.append(replace(after, children=children))
        return stack[0]

    def regrown(self, grow: Callable[[PlanNode, Sequence[PlanNode]], Iterable[PlanNode]]) -> PlanNode:
        """The plan with every node's children replaced by what `grow` makes of them, bottom up."""
        stack: list[PlanNode] = []
        for node in reversed(list(self.walk())):
            children = [stack.pop() for _ in node.children]
            stack.append(replace(node, children=tuple(grow(node, children))))
        return stack[0]


@record
class PlanEntry:
    """An entry as a document says it; `node` is a key."""

    node: str
    on: date
    value: Decimal | None
    skipped: bool = False
    note: str | None = None
    author_id: int | None = None
    place: str = ""


@record
class PlanPause:
    """Days off as a document says them; `node` is a key, None for everything."""

    first: date
    last: date
    node: str | None = None
    place: str = ""


@record
class PlanReminder:
    """A reminder as a document says it; `node` is a key, None for all goals."""

    kind: MessageKind
    schedule: Schedule
    node: str | None = None
    paused: bool = False


def nodes_of(
    plan: PlanNode,
    ids: Iterator[int],
    parent_id: int | None = None,
    position: int = 0,
    members: Mapping[int, int] | None = None,
) -> list[Node]:
    """The plan as nodes with the given ids, parents before their children. Every node has a key (`assign_keys`).
    `members` maps user ids to member ids."""
    nodes = []
    stack = [(plan, parent_id, position)]
    while stack:
        wanted, above, position = stack.pop()
        if wanted.key is None:
            raise ValueError(f"“{wanted.title}” has no key yet")
        node = Node(
            id=next(ids),
            parent_id=above,
            key=wanted.key,
            kind=wanted.kind,
            level=wanted.level,
            title=wanted.title,
            strategy=wanted.strategy,
            measure=wanted.measure,
            aggregate=wanted.aggregate,
            unit=wanted.unit,
            direction=wanted.direction,
            baseline=wanted.baseline,
            terms=wanted.history,
            starts_on=wanted.starts_on,
            ends_on=wanted.ends_on,
            position=position,
            each=wanted.each,
            member_id=None if wanted.member is None else (members or {}).get(wanted.member),
            let_go=wanted.let_go,
        )
        nodes.append(node)
        stack.extend((child, node.id, at) for at, child in reversed(list(enumerate(wanted.children))))
    return nodes


def plan_of(tree: Tree, users: Mapping[int, int] | None = None) -> PlanNode:
    """The plan of a stored tree. `users` maps member ids to user ids."""
    stack: list[PlanNode] = []
    for node in tree.bottom_up:
        children = tuple(stack.pop() for _ in tree.children(node))
        stack.append(
            PlanNode(
                title=node.title,
                kind=node.kind,
                level=node.level,
                key=node.key,
                strategy=node.strategy,
                measure=node.measure,
                aggregate=node.aggregate,
                unit=node.unit,
                direction=node.direction,
                baseline=node.baseline,
                target=node.target,
                weight=node.weight,
                schedule=node.schedule,
                terms=node.terms if len(node.terms) > 1 or not node.terms[0].active else (),
                pauses=_pauses(tree, node),
                starts_on=node.starts_on,
                ends_on=node.ends_on,
                let_go=node.let_go,
                children=children,
                each=node.each,
                member=None if node.member_id is None else (users or {}).get(node.member_id),
            )
        )
    return stack[0]


def _pauses(tree: Tree, node: Node) -> tuple[DaysOff, ...]:
    """The days off of a goal; those of everything are listed with the vision."""
    of_all = node is tree.vision
    return tuple(
        DaysOff(one.first, one.last, everything=one.node_id is None)
        for one in tree.pauses
        if one.node_id == node.id or (of_all and one.node_id is None)
    )


def planted(order: Sequence[tuple[PlanNode | None, int]]) -> PlanNode:
    """The tree from its nodes, parents before their children in their order, each with the number of its children."""
    stack: list[PlanNode] = []
    for node, count in reversed(order):
        assert node is not None  # a fault otherwise
        children = tuple(stack.pop() for _ in range(count))
        stack.append(replace(node, children=children))
    return stack[0]


def with_own_periods(plan: PlanNode, today: date, week_start: int, vision: Period | None = None) -> PlanNode:
    """The plan with every undated one-off target set to one period: the one that holds today, or the vision's start.
    Days outside the plan, or the existing vision, are cut off, since the period could otherwise belong to them."""
    lasts = dates_of(plan, vision)
    first = min(max(today, lasts.start), lasts.end)

    def dated(node: PlanNode) -> PlanNode:
        if node.kind in (Kind.VISION, Kind.KPI, Kind.TARGET) or node.starts_on or node.ends_on:
            return node
        own = period_of(node.level, first, week_start)
        return replace(node, starts_on=max(own.start, lasts.start), ends_on=min(own.end, lasts.end))

    return plan.mapped(dated)


def dates_of(plan: PlanNode, vision: Period | None = None) -> Period:
    """The first and last day of a plan's vision; `vision` has them for an existing one."""
    starts = plan.starts_on or (vision.start if vision else BEGINNING)
    return Period(starts, max(starts, plan.ends_on or (vision.end if vision else ENDLESS)))


def within_vision(plan: PlanNode, vision: Period) -> PlanNode:
    """The plan with later ends cut to the vision's, and earlier starts of one-off targets as well. Dates that are
    wholly outside stay, which is a fault."""

    def within(node: PlanNode) -> PlanNode:
        starts, ends = node.starts_on, node.ends_on
        if node.kind is Kind.VISION or (starts and starts > vision.end) or (ends and ends < vision.start):
            return node
        begins = starts if starts is None or node.kind is Kind.KPI else max(starts, vision.start)
        return replace(node, starts_on=begins, ends_on=ends and min(ends, vision.end))

    return plan.mapped(within)
