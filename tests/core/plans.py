"""Plans for property tests: every kind of sound plan, in the fields that a document or an outline can say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from core.goals.model import Aggregate, Direction, Each, Kind, Level, Measure, Strategy
from core.goals.terms import EVERY_DAY, DaySchedule, Terms, simplified
from core.planning.outline import assign_keys
from core.planning.plan import DaysOff, PlanNode
from core.planning.titles import compared
from core.values import LARGEST

START = date(2026, 1, 1)
TITLES = st.one_of(
    st.sampled_from(
        ["Run", "600 km a quarter", "A [draft] = x", "Push to the max", "Play x2", "Read (on paper)", "- dash", "W: a",
         '"quoted"', "a\\b", "  spaced ", "E=mc2", "2 = 2", "(from 2026-01-01)", "Бег", "跑步", "x2 x3 sum",
         "sum", "x0,5 avg", "Gym each", "One each count", "each", "Gym 3 times a week", "From 9 to 5", "Coffee max 2",
         "Call mum on Sundays", "Walk every other day", "Rent on the 1st", "Be in bed by 10", "A book by 2027-06-30",
         "Tea,", "Run daily except sundays", "Read 3 days a week", "At least 5", "Stretch (mon wed)", "daily"]
    ),
    st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=30).filter(lambda text: text.strip()),
)  # fmt: skip
UNITS = st.one_of(
    st.none(),
    st.sampled_from(
        ["km", "pages", "min", "Min", "times", "days", "sum", "check", "each", "fl oz", "€", "%", "x2", "m²", "5"]
    ),
    st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=8).filter(lambda text: text.strip()),
)
NUMBERS = st.decimals(Decimal("0.000001"), LARGEST, allow_nan=False, allow_infinity=False, places=6).map(
    lambda number: number.normalize()
)
WEIGHTS = st.one_of(st.just(Decimal(1)), st.just(Decimal(2)), NUMBERS)
DAYS = st.one_of(st.none(), st.integers(1, 360).map(lambda days: START + timedelta(days=days)))
FINE_FIRST = [level for level in Level if level.rank < Level.RANGE.rank]
ONE_OFF = {level: [kind for kind in Kind if kind.level is level] for level in FINE_FIRST}
SCHEDULES = st.one_of(
    st.sets(st.integers(0, 6), min_size=1).map(lambda days: DaySchedule(frozenset(days))),
    st.integers(1, 30).map(lambda every: DaySchedule(every=every)),
    st.sets(st.integers(1, 31), min_size=1, max_size=4).map(lambda days: DaySchedule(month_days=frozenset(days))),
)
DEEPEST = 8
"""Levels below a vision. The limit is 20, which unlucky draws would otherwise exceed now and then."""


@st.composite
def plans(draw: st.DrawFn, *, starts: bool = True) -> PlanNode:
    """A sound vision with keys. `starts`: it has a first day, as a vision from an outline does."""
    ends = draw(st.one_of(st.none(), st.just(START + timedelta(days=360))))
    children = _children(draw, 5, draw(st.integers(0, 3)), 1)
    vision = PlanNode(draw(TITLES), Kind.VISION, Level.VISION, starts_on=START if starts else None, ends_on=ends)
    return assign_keys(_as_parent(draw, vision, children), set())


def _children(draw: st.DrawFn, rank: int, count: int, depth: int) -> tuple[PlanNode, ...]:
    """Siblings, each with a name of its own."""
    drawn = {compared(node.title): node for node in (_node(draw, rank, depth) for _ in range(count))}
    return tuple(drawn.values())


def _node(draw: st.DrawFn, rank: int, depth: int) -> PlanNode:
    level = draw(st.sampled_from(FINE_FIRST[:rank] or FINE_FIRST[:1]))
    kind = draw(st.sampled_from([Kind.KPI, Kind.KPI, *ONE_OFF[level]]))
    first, last = draw(DAYS), draw(DAYS)
    node = PlanNode(draw(TITLES), kind, level, weight=draw(WEIGHTS), starts_on=first, ends_on=last)
    if first and last and first > last:
        node = replace(node, starts_on=last, ends_on=first)
    if level is Level.DAILY and draw(st.booleans()):
        node = replace(node, schedule=draw(SCHEDULES))
    count = draw(st.sampled_from([0, 0, 1, 2])) if depth < DEEPEST else 0
    if count:
        return _as_parent(draw, node, _children(draw, level.rank + 1 if rank > 1 else 1, count, depth + 1))
    leaf = _as_leaf(draw, node, below_days=rank <= 1)
    return leaf if draw(st.integers(0, 3)) else _as_each(draw, leaf)


def _as_each(draw: st.DrawFn, leaf: PlanNode) -> PlanNode:
    """A goal that each member of a group does."""
    if leaf.baseline is not None or (leaf.measure is Measure.NUMBER and leaf.target is None):
        return leaf
    each = Each(leaf.measure, leaf.aggregate)
    leaf = replace(leaf, direction=Direction.AT_LEAST, target=leaf.target or (Decimal(1) if leaf.is_limit else None))
    return replace(leaf, measure=None, aggregate=None, each=each, strategy=draw(st.sampled_from([None, *Strategy])))


def _as_leaf(draw: st.DrawFn, node: PlanNode, *, below_days: bool) -> PlanNode:
    if draw(st.booleans()):
        aggregate = draw(st.one_of(st.none(), st.sampled_from(Aggregate)))
        number = replace(node, measure=Measure.NUMBER, aggregate=aggregate, unit=draw(UNITS), target=draw(NUMBERS))
        match draw(st.sampled_from(["limit", "tracked", "way", "", "", ""])):
            case "limit":
                most = draw(st.one_of(st.just(Decimal(0)), NUMBERS))
                return replace(number, direction=Direction.AT_MOST, target=most)
            case "tracked":
                return replace(number, target=None)
            case "way" if not below_days:
                end = node.ends_on or START + timedelta(days=360)
                way = replace(number, kind=Kind.TARGET, level=Level.RANGE, schedule=EVERY_DAY, ends_on=end)
                return replace(way, baseline=Decimal(-3) if number.target == 2 else Decimal(2))
        return number
    target = draw(st.one_of(st.none(), st.integers(1, 31).map(Decimal)))
    unit = draw(UNITS) if target is not None else None
    return replace(node, measure=draw(st.sampled_from([None, Measure.CHECK])), target=target, unit=unit)


def _as_parent(draw: st.DrawFn, node: PlanNode, children: tuple[PlanNode, ...]) -> PlanNode:
    strategy = draw(st.one_of(st.none(), st.sampled_from(Strategy)))
    target = draw(st.one_of(st.none(), NUMBERS))
    unit = draw(UNITS) if target is not None else None
    if strategy is Strategy.SUM:
        target = target or Decimal(7)
        children = tuple(replace(child, weight=Decimal(0)) for child in children[1:])
        children = tuple(child for child in children if compared(child.title) != "ticked")
        children = (PlanNode("Ticked", Kind.KPI, Level.DAILY, measure=Measure.CHECK), *children)
    return replace(node, strategy=strategy, target=target, unit=unit, children=children)


@st.composite
def later_plans(draw: st.DrawFn) -> PlanNode:
    """The same with later terms, and with days off."""

    def changed(node: PlanNode) -> PlanNode:
        days = st.integers(1, 300).map(lambda days: (node.starts_on or START) + timedelta(days=days))
        if node.kind is not Kind.VISION and not draw(st.integers(0, 2)):
            since = sorted(draw(st.sets(days, max_size=3)))
            result = simplified([*node.history, *(_terms(draw, node, on) for on in since)])
            if len(result) > 1:
                last = result[-1]
                node = replace(node, target=last.target, weight=last.weight, schedule=last.schedule, terms=result)
        if not draw(st.integers(0, 3)):
            begins = draw(st.lists(days, max_size=2))
            length = timedelta(draw(st.integers(0, 30)))
            node = replace(node, pauses=tuple(DaysOff(on, on + length, draw(st.booleans())) for on in begins))
        return node

    return draw(plans()).mapped(changed)


def _terms(draw: st.DrawFn, node: PlanNode, since: date) -> Terms:
    target = node.target
    if target is not None:
        target = min(target + draw(st.integers(1, 3)), LARGEST)
    elif node.strategy is not None and not node.is_leaf:
        target = draw(st.sampled_from([None, Decimal(5)]))
    weight = min(node.weight + draw(st.integers(0, 1)), LARGEST)
    schedule = draw(SCHEDULES) if node.level is Level.DAILY and draw(st.booleans()) else EVERY_DAY
    return Terms(since, target, weight, schedule, draw(st.booleans()))


def as_meant(plan: PlanNode) -> PlanNode:
    """The plan without what an outline leaves out: keys, places, and explicit defaults."""

    def meant(node: PlanNode) -> PlanNode:
        number = node.is_leaf and node.measure is Measure.NUMBER
        return replace(
            node,
            key=None,
            place="",
            pauses=tuple(sorted(set(node.pauses), key=lambda one: (one.everything, one.first, one.last))),
            strategy=None if node.is_leaf else node.strategy or Strategy.AVERAGE,
            measure=(node.measure or Measure.CHECK) if node.is_leaf else None,
            aggregate=(node.aggregate or (Aggregate.SUM if node.baseline is None else Aggregate.LAST))
            if number
            else None,
            each=node.each and _each_as_meant(node.each),
        )

    return plan.mapped(meant)


def _each_as_meant(each: Each) -> Each:
    number = each.measure is Measure.NUMBER
    return Each(each.measure or Measure.CHECK, (each.aggregate or Aggregate.SUM) if number else None)
