"""What makes a plan sound (DESIGN.md §2), whoever wrote it: an outline, a document, or answers to questions.

Every rule is checked on every node in one pass without recursion, so that a hostile plan costs no more than its size.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise

from core.caps import CAPS, Caps
from core.errors import Fault, InvalidPlan, InvalidValue
from core.model import Aggregate, Each, Kind, Level, Measure, Strategy
from core.plan import PlanNode
from core.values import exact

LONGEST_TITLE = 200
LONGEST_UNIT = 20
LONGEST_KEY = 100
FIRST_DATE, LAST_DATE = date(2, 1, 1), date(8999, 12, 31)
"""Beyond these the periods around a date would fall out of the calendar."""


def check(plan: PlanNode, caps: Caps = CAPS) -> None:
    """Raises InvalidPlan with every fault of the plan, if there is any."""
    faults = faults_of(plan, caps)
    if faults:
        raise InvalidPlan(faults)


def faults_of(plan: PlanNode, caps: Caps = CAPS) -> list[Fault]:
    """Every fault of the plan, from the top down, each at its node's place."""
    survey = _Survey(plan)
    count = 0
    stack: list[tuple[PlanNode, PlanNode | None, int]] = [(plan, None, 1)]
    while stack:
        node, parent, depth = stack.pop()
        members = parent is not None and parent.each is not None
        count += not members
        if depth <= caps.depth or (members and depth == caps.depth + 1):
            survey.visit(node, parent)
        elif depth == caps.depth + 1:
            survey.add(node, Fault("", "too_deep", most=caps.depth))
        stack.extend((child, node, depth + 1) for child in reversed(node.children))
    if count > caps.nodes_in_tree:
        survey.add(plan, Fault("", "too_many_nodes", count=count, most=caps.nodes_in_tree))
    return survey.faults


def text_fault(part: str, text: str, longest: int, *, lines: bool = False) -> Fault | None:
    """Why a text (`part`: title, unit, key or note) cannot be kept: it is empty, too long, or has a character that no
    store takes. None if it can. `lines`: it may have several lines."""
    if not text.strip():
        return Fault(part, f"{part}_empty")
    if len(text) > longest:
        return Fault(part, f"{part}_too_long", length=len(text), most=longest)
    allowed = "\n\t\r" if lines else ""
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in allowed for char in text):
        return Fault(part, f"{part}_unprintable")
    return None


def sums_in(node: PlanNode, unit: str | None) -> bool:
    """Whether what is logged below the node adds up in the unit: then it may stand under a sum in that unit."""
    if node.each is not None and node.each.measure is not Measure.NUMBER:
        return node.strategy is Strategy.SUM
    if not node.is_leaf:
        return node.strategy is Strategy.SUM and node.unit == unit
    if node.measure is Measure.NUMBER:
        return (node.aggregate or Aggregate.SUM) is Aggregate.SUM and node.unit == unit
    return True


@dataclass(slots=True)
class _Survey:
    vision: PlanNode
    faults: list[Fault] = field(default_factory=list)
    keys: dict[str, PlanNode] = field(default_factory=dict)

    def add(self, node: PlanNode, fault: Fault) -> None:
        """Adds a fault of one part of a node: its place is that of the node, and the part."""
        self.faults.append(fault.at(_place(node, fault.place)))

    def visit(self, node: PlanNode, parent: PlanNode | None) -> None:
        for rule in (
            _texts(node),
            _rank(node, parent),
            _numbers(node),
            _calendar(node, self.vision),
            _leaf(node) if node.is_leaf else _parent(node) if node.each is None else _each(node, node.each),
            _member(node, parent),
        ):
            for fault in rule:
                self.add(node, fault)
        if parent is not None:
            self._under_sum(node, parent)
        if node.key is not None:
            first = self.keys.setdefault(node.key, node)
            if first is not node:
                self.add(node, Fault("key", "duplicate_key", key=node.key, by=_quoted(first)))

    def _under_sum(self, node: PlanNode, parent: PlanNode) -> None:
        if parent.strategy is not Strategy.SUM or node.weight == 0 or sums_in(node, parent.unit):
            return
        above, unit = parent.title, parent.unit
        if not node.is_leaf and node.strategy is not Strategy.SUM:
            said = node.strategy or Strategy.AVERAGE
            self.add(node, Fault("strategy", "sum_over_other_strategy", above=above, sum_unit=unit, strategy=said))
        elif node.unit != parent.unit:
            self.add(node, Fault("unit", "sum_over_other_unit", above=above, sum_unit=unit, unit=node.unit))
        else:
            taken = node.aggregate or Aggregate.SUM
            self.add(node, Fault("aggregate", "sum_over_other_aggregate", above=above, sum_unit=unit, aggregate=taken))


_Faults = Iterator[Fault]
"""The place of each is the part of the node that is at fault."""


def _place(node: PlanNode, part: str) -> str:
    if not node.place:
        return _quoted(node)
    return f"{node.place}.{part}" if part and not node.place.startswith("line ") else node.place


def _quoted(node: PlanNode) -> str:
    return f"“{node.title[:LONGEST_TITLE]}”"


def _texts(node: PlanNode) -> _Faults:
    for name, text, longest in (
        ("title", node.title, LONGEST_TITLE),
        ("unit", node.unit, LONGEST_UNIT),
        ("key", node.key, LONGEST_KEY),
    ):
        fault = None if text is None else text_fault(name, text, longest)
        if fault:
            yield fault


def _rank(node: PlanNode, parent: PlanNode | None) -> _Faults:
    if (node.kind is Kind.VISION) is not (parent is None):
        yield Fault("kind", "root_not_vision" if parent is None else "vision_below")
        return
    fixed = node.kind.level
    if fixed is not None and node.level is not fixed:
        yield Fault("level", "level_mismatch", kind=node.kind, fixed=fixed, level=node.level)
    elif fixed is None and node.level is Level.VISION:
        yield Fault("level", "level_of_vision")
    elif parent is not None and node.level.rank > parent.level.rank:
        yield Fault("level", "coarser_than_parent", level=node.level, above=parent.level)


def _numbers(node: PlanNode) -> _Faults:
    for part, name, value in (
        ("weight", "weight", node.weight),
        ("target", "target", node.target),
        *((f"targets[{index}].target", "target", value) for index, (_, value) in enumerate(node.targets)),
    ):
        if value is None:
            continue
        try:
            exact(value)
        except InvalidValue as refused:
            yield Fault(part, refused.code, **refused.values)
            continue
        if name == "target" and value <= 0:
            yield Fault(part, "target_not_positive", target=value)
        elif value < 0:
            yield Fault(part, "weight_negative")
        elif name == "target" and _is_check(node) and value % 1:
            yield Fault(part, "target_not_whole")
    days = [since for since, _ in node.targets]
    if any(later <= earlier for earlier, later in pairwise(days)):
        yield Fault("targets", "targets_unordered")


def _calendar(node: PlanNode, vision: PlanNode) -> _Faults:
    if not node.weekdays:
        yield Fault("weekdays", "no_weekdays")
    elif len(node.weekdays) < 7 and node.level is not Level.DAILY:
        yield Fault("weekdays", "weekdays_not_daily", level=node.level)
    said = [("starts_on", node.starts_on), ("ends_on", node.ends_on)]
    strange = [part for part, on in said if on is not None and not FIRST_DATE <= on <= LAST_DATE]
    for part in strange:
        yield Fault(part, "date_out_of_range", first=FIRST_DATE, last=LAST_DATE)
    if strange:
        return
    if node.starts_on and node.ends_on and node.starts_on > node.ends_on:
        yield Fault("ends_on", "ends_before_start", ends=node.ends_on, starts=node.starts_on)
        return
    starts, ends = vision.starts_on, vision.ends_on
    if node.starts_on and ends and node.starts_on > ends:
        yield Fault("starts_on", "outside_vision", starts=starts, ends=ends)
    elif node.ends_on and starts and node.ends_on < starts:
        yield Fault("ends_on", "outside_vision", starts=starts, ends=ends)


def _is_check(node: PlanNode) -> bool:
    if node.each is not None:
        return node.each.measure is not Measure.NUMBER
    return node.is_leaf and node.measure is not Measure.NUMBER


def _leaf(node: PlanNode) -> _Faults:
    if node.measure is Measure.NUMBER:
        if node.target is None:
            yield Fault("target", "number_without_target")
    elif node.aggregate is not None:
        yield Fault("aggregate", "aggregate_on_check")


def _parent(node: PlanNode) -> _Faults:
    if node.strategy is Strategy.SUM and node.target is None:
        yield Fault("target", "sum_without_target")
    if node.measure is not None:
        yield Fault("measure", "measure_on_parent")
    if node.aggregate is not None:
        yield Fault("aggregate", "aggregate_on_parent")
    if node.children and all(child.weight == Decimal(0) for child in node.children):
        yield Fault("children", "all_weights_zero")


def _each(node: PlanNode, each: Each) -> _Faults:
    if node.kind is Kind.VISION:
        yield Fault("each", "each_on_vision")
    if each.measure is Measure.NUMBER:
        if node.target is None:
            yield Fault("target", "each_without_target")
    elif each.aggregate is not None:
        yield Fault("each.aggregate", "aggregate_on_check")
    if node.measure is not None:
        yield Fault("measure", "measure_beside_each")
    if node.aggregate is not None:
        yield Fault("aggregate", "aggregate_beside_each")


def _member(node: PlanNode, parent: PlanNode | None) -> _Faults:
    each = parent.each if parent is not None else None
    if parent is None or each is None:
        if node.member is not None:
            yield Fault("member", "member_without_each")
        return
    same = (node.kind, node.level, node.weekdays, node.unit) == (
        parent.kind,
        parent.level,
        parent.weekdays,
        parent.unit,
    )
    measured = (node.measure or Measure.CHECK, node.aggregate) == (each.measure or Measure.CHECK, each.aggregate)
    if not (node.is_leaf and same and measured and node.weight == 1 and node.strategy is None):
        yield Fault("", "other_below_each", title=parent.title[:LONGEST_TITLE])
