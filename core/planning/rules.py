"""The rules of a sound plan (design.md §2), whether from an outline, a document, or answers to questions.

All rules are checked in one pass without recursion, so that a hostile plan costs no more than its size.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from core.caps import CAPS, Caps
from core.errors import Fault, InvalidPlan
from core.goals.model import Aggregate, Each, Kind, Level, Measure, Strategy
from core.planning.plan import PlanNode
from core.planning.term_rules import check_baseline, check_limit, check_pauses, check_range, check_terms

LONGEST_TITLE = 200
LONGEST_UNIT = 20
LONGEST_NOTE = 4_096
"""Characters, as in a Telegram message."""
LONGEST_KEY = 100
FIRST_DATE, LAST_DATE = date(2, 1, 1), date(8999, 12, 31)
"""Beyond these the periods around a date would leave the calendar."""


def check(plan: PlanNode, caps: Caps = CAPS) -> None:
    """Raises InvalidPlan with every fault of the plan."""
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
    if not text.isprintable() and any(
        unicodedata.category(char) in ("Cc", "Cs") and char not in allowed for char in text
    ):
        return Fault(part, f"{part}_unprintable")
    return None


def adding_to(parent: PlanNode) -> list[PlanNode]:
    """The nodes that add to a sum: the numbers below it in its unit or, if there are none, the checks."""
    return adds_to(parent.children, parent.unit)


def adds_to(children: Iterable[PlanNode], unit: str | None) -> list[PlanNode]:
    """The same for the children of a goal that may become a sum in a unit."""
    below = [node for child in children for node in child.walk() if node.is_leaf or node.each is not None]
    measured = [node for node in below if _adds_up(node, unit)]
    return measured or [node for node in below if node.is_check]


def _adds_up(node: PlanNode, unit: str | None) -> bool:
    """Whether a leaf, or an *each* goal's leaves, are numbers that add up in a unit."""
    measured = node.each or Each(node.measure, node.aggregate)
    is_sum = measured.aggregate is Aggregate.SUM or (measured.aggregate is None and node.baseline is None)
    same = (node.unit or "").casefold() == (unit or "").casefold()
    return measured.measure is Measure.NUMBER and is_sum and same


@dataclass(slots=True)
class _Survey:
    vision: PlanNode
    faults: list[Fault] = field(default_factory=list)
    keys: dict[str, PlanNode] = field(default_factory=dict)

    def add(self, node: PlanNode, fault: Fault) -> None:
        """Adds a fault of one part of a node, placed at the node and the part."""
        self.faults.append(fault.at(_place(node, fault.place)))

    def visit(self, node: PlanNode, parent: PlanNode | None) -> None:
        for rule in (
            _texts(node),
            _rank(node, parent),
            check_terms(node, self.vision),
            check_limit(node),
            check_baseline(node),
            check_range(node, self.vision),
            check_pauses(node),
            _calendar(node, self.vision),
            _leaf(node) if node.is_leaf else _parent(node) if node.each is None else _each(node, node.each),
            _member(node, parent),
        ):
            for fault in rule:
                self.add(node, fault)
        if node.key is not None:
            first = self.keys.setdefault(node.key, node)
            if first is not node:
                self.add(node, Fault("key", "duplicate_key", key=node.key, by=_quoted(first)))


_Faults = Iterator[Fault]
"""The place of each fault is a part of the node."""


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
    elif fixed is None and node.level in (Level.VISION, Level.RANGE):
        yield Fault("level", "level_of_vision" if node.level is Level.VISION else "level_of_target")
    elif parent is not None and not _fits_below(node.level, parent.level):
        yield Fault("level", "coarser_than_parent", level=node.level, above=parent.level)


def _fits_below(level: Level, above: Level) -> bool:
    """Whether periods of a level may belong to those of a level above. A range belongs to the period of its last day,
    however long it is."""
    return above is not Level.DAILY if level is Level.RANGE else level.rank <= above.rank


def _calendar(node: PlanNode, vision: PlanNode) -> _Faults:
    said = [("starts_on", node.starts_on), ("ends_on", node.ends_on)]
    said += [("pauses", on) for one in node.pauses for on in (one.first, one.last)]
    strange = [part for part, on in said if on is not None and not FIRST_DATE <= on <= LAST_DATE]
    if not strange:
        yield from _order(node, vision)
    for part in strange:
        yield Fault(part, "date_out_of_range", first=FIRST_DATE, last=LAST_DATE)


def _order(node: PlanNode, vision: PlanNode) -> _Faults:
    starts, ends = vision.starts_on, vision.ends_on
    if _is_before(node.ends_on, node.starts_on):
        yield Fault("ends_on", "ends_before_start", ends=node.ends_on, starts=node.starts_on)
    elif _is_before(ends, node.starts_on):
        yield Fault("starts_on", "outside_vision", starts=starts, ends=ends)
    elif _is_before(node.ends_on, starts):
        yield Fault("ends_on", "outside_vision", starts=starts, ends=ends)


def _is_before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def _leaf(node: PlanNode) -> _Faults:
    if node.measure is not Measure.NUMBER and node.aggregate is not None:
        yield Fault("aggregate", "aggregate_on_check")


def _parent(node: PlanNode) -> _Faults:
    if node.strategy is Strategy.SUM:
        yield from _sum(node)
    if node.measure is not None:
        yield Fault("measure", "measure_on_parent")
    if node.aggregate is not None:
        yield Fault("aggregate", "aggregate_on_parent")
    if node.children and not any(terms.weight for child in node.children for terms in child.history):
        yield Fault("children", "all_weights_zero")


def _sum(node: PlanNode) -> _Faults:
    if any(terms.active and terms.target is None for terms in node.history):
        yield Fault("target", "sum_without_target")
    if node.children and not adding_to(node):
        yield Fault("children", "sum_of_nothing", unit=node.unit)


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


def _shared_fields(node: PlanNode, measured: PlanNode | Each) -> tuple[object, ...]:
    """The fields that a member's leaf shares with the *each* goal above it."""
    measure = measured.measure or Measure.CHECK
    return node.kind, node.level, node.schedule, node.unit, node.direction, measure, measured.aggregate


def _member(node: PlanNode, parent: PlanNode | None) -> _Faults:
    each = parent.each if parent is not None else None
    if parent is None or each is None:
        if node.member is not None:
            yield Fault("member", "member_without_each")
        return
    own = (*_shared_fields(node, node), node.is_leaf, node.weight, node.strategy)
    if own != (*_shared_fields(parent, each), True, 1, None):
        yield Fault("", "other_below_each", title=parent.title[:LONGEST_TITLE])
