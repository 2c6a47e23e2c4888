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
from core.values import exact, plain_text

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
            survey.add(node, "", "too_deep", f"The tree is over {caps.depth} levels deep here: leave a level out.")
        stack.extend((child, node, depth + 1) for child in reversed(node.children))
    if count > caps.nodes_in_tree:
        message = f"The tree has {count:,} goals and {caps.nodes_in_tree:,} fit in one: part it into several visions."
        survey.add(plan, "", "too_many_nodes", message)
    return survey.faults


def text_fault(text: str, longest: int, name: str, *, lines: bool = False) -> tuple[str, str] | None:
    """(code, sentence) for a text that cannot be kept: empty, too long, or with characters that no store takes."""
    if not text.strip():
        return f"{name}_empty", f"The {name} is empty: give it at least one letter."
    if len(text) > longest:
        return f"{name}_too_long", f"The {name} has {len(text):,} characters and {longest:,} fit: shorten it."
    allowed = "\n\t\r" if lines else ""
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in allowed for char in text):
        return f"{name}_unprintable", f"The {name} holds a control character or half of one: take it out."
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

    def add(self, node: PlanNode, part: str, code: str, message: str) -> None:
        self.faults.append(Fault(_place(node, part), code, message))

    def visit(self, node: PlanNode, parent: PlanNode | None) -> None:
        for rule in (
            _texts(node),
            _rank(node, parent),
            _numbers(node),
            _calendar(node, self.vision),
            _leaf(node) if node.is_leaf else _parent(node) if node.each is None else _each(node, node.each),
            _member(node, parent),
        ):
            for part, code, message in rule:
                self.add(node, part, code, message)
        if parent is not None:
            self._under_sum(node, parent)
        if node.key is not None:
            first = self.keys.setdefault(node.key, node)
            if first is not node:
                message = f"The key “{node.key}” is taken by “{first.title[:LONGEST_TITLE]}”: give each goal its own."
                self.add(node, "key", "duplicate_key", message)

    def _under_sum(self, node: PlanNode, parent: PlanNode) -> None:
        if parent.strategy is not Strategy.SUM or node.weight == 0 or sums_in(node, parent.unit):
            return
        unit = f"in {parent.unit}" if parent.unit else "without a unit"
        above = f"“{parent.title}” adds up {unit}"
        if not node.is_leaf and node.strategy is not Strategy.SUM:
            said = (node.strategy or Strategy.AVERAGE).value
            message = f"{above}, but this goal is a {said}: make it a sum, or choose another strategy above."
            self.add(node, "strategy", "sum_over_other_strategy", message)
        elif node.unit != parent.unit:
            said = node.unit or "no unit"
            message = f"{above}, but this goal has {said}: use the same unit, or average above, or weight 0 here."
            self.add(node, "unit", "sum_over_other_unit", message)
        else:
            said = (node.aggregate or Aggregate.SUM).value
            message = f"{above}, but this goal takes the {said} of what is logged: use sum, or average above."
            self.add(node, "aggregate", "sum_over_other_aggregate", message)


_Faults = Iterator[tuple[str, str, str]]


def _place(node: PlanNode, part: str) -> str:
    if not node.place:
        return f"“{node.title[:LONGEST_TITLE]}”"
    return f"{node.place}.{part}" if part and not node.place.startswith("line ") else node.place


def _texts(node: PlanNode) -> _Faults:
    for name, text, longest in (
        ("title", node.title, LONGEST_TITLE),
        ("unit", node.unit, LONGEST_UNIT),
        ("key", node.key, LONGEST_KEY),
    ):
        fault = None if text is None else text_fault(text, longest, name)
        if fault:
            yield name, *fault


def _rank(node: PlanNode, parent: PlanNode | None) -> _Faults:
    if (node.kind is Kind.VISION) is not (parent is None):
        if parent is None:
            yield "kind", "root_not_vision", "A tree begins with a vision: put one above this goal."
        else:
            message = "A vision stands only at the top: give this goal a shorter level, or a tree of its own."
            yield "kind", "vision_below", message
        return
    fixed = node.kind.level
    if fixed is not None and node.level is not fixed:
        yield "level", "level_mismatch", f"A {node.kind} is {fixed}, not {node.level}: change the kind or the level."
    elif fixed is None and node.level is Level.VISION:
        yield "level", "level_mismatch", "Only the vision has that level: choose daily, weekly, monthly or quarterly."
    elif parent is not None and node.level.rank > parent.level.rank:
        message = f"A {node.level} goal cannot stand under a {parent.level} one: swap them, or move it further up."
        yield "level", "coarser_than_parent", message


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
            yield part, f"{name}_unfit", str(refused)
            continue
        if name == "target" and value <= 0:
            message = f"A target is above zero: {plain_text(value)} cannot be worked towards."
            yield part, "target_not_positive", message
        elif value < 0:
            yield part, "weight_negative", "A weight is zero or more: 0 shows the goal and counts it nowhere."
        elif name == "target" and _is_check(node) and value % 1:
            message = "A check counts days, so its target is a whole number; to log amounts, measure a number."
            yield part, "target_not_whole", message
    days = [since for since, _ in node.targets]
    if any(later <= earlier for earlier, later in pairwise(days)):
        yield "targets", "targets_unordered", "The targets are not in order: list them by date, the oldest first."


def _calendar(node: PlanNode, vision: PlanNode) -> _Faults:
    if not node.weekdays:
        yield "weekdays", "no_weekdays", "No weekday is left: name at least one, or leave them out for every day."
    elif len(node.weekdays) < 7 and node.level is not Level.DAILY:
        yield (
            "weekdays",
            "weekdays_not_daily",
            f"Weekdays are for daily goals, this one is {node.level}: leave them out.",
        )
    said = [("starts_on", node.starts_on), ("ends_on", node.ends_on)]
    strange = [part for part, on in said if on is not None and not FIRST_DATE <= on <= LAST_DATE]
    for part in strange:
        yield part, "date_out_of_range", f"Dates lie between {FIRST_DATE} and {LAST_DATE}: correct the year."
    if strange:
        return
    if node.starts_on and node.ends_on and node.starts_on > node.ends_on:
        message = f"It ends on {node.ends_on}, before it starts on {node.starts_on}: swap the two dates."
        yield "ends_on", "ends_before_start", message
        return
    lasts = f"The vision lasts from {vision.starts_on or 'ever'} until {vision.ends_on or 'ever'}: choose dates within."
    if node.starts_on and vision.ends_on and node.starts_on > vision.ends_on:
        yield "starts_on", "outside_vision", f"It would never be active. {lasts}"
    elif node.ends_on and vision.starts_on and node.ends_on < vision.starts_on:
        yield "ends_on", "outside_vision", f"It would never be active. {lasts}"


def _is_check(node: PlanNode) -> bool:
    if node.each is not None:
        return node.each.measure is not Measure.NUMBER
    return node.is_leaf and node.measure is not Measure.NUMBER


def _leaf(node: PlanNode) -> _Faults:
    if node.measure is Measure.NUMBER:
        if node.target is None:
            yield "target", "number_without_target", "A number needs a target: say how much a period is to bring."
    elif node.aggregate is not None:
        message = "Only numbers are aggregated, and this is a check: measure a number, or leave the aggregate out."
        yield "aggregate", "aggregate_on_check", message


def _parent(node: PlanNode) -> _Faults:
    if node.strategy is Strategy.SUM and node.target is None:
        yield "target", "sum_without_target", "A sum needs a target: say how much, or use average instead."
    for part, given in (("measure", node.measure), ("aggregate", node.aggregate)):
        if given is not None:
            yield part, f"{part}_on_parent", f"A goal with goals below is not logged itself: leave its {part} out."
    if node.children and all(child.weight == Decimal(0) for child in node.children):
        message = "Every goal below has weight 0, so nothing would count: give at least one a weight above zero."
        yield "children", "all_weights_zero", message


def _each(node: PlanNode, each: Each) -> _Faults:
    if node.kind is Kind.VISION:
        yield "each", "each_on_vision", "A vision is everyone's: say “each” of the goals below it."
    if each.measure is Measure.NUMBER:
        if node.target is None:
            yield "target", "number_without_target", "A number needs a target: say how much everyone is to bring."
    elif each.aggregate is not None:
        message = "Only numbers are aggregated, and this is a check: measure a number, or leave the aggregate out."
        yield "each.aggregate", "aggregate_on_check", message
    for part, given in (("measure", node.measure), ("aggregate", node.aggregate)):
        if given is not None:
            yield part, f"{part}_on_parent", f"Say how everyone's part is measured within “each”: leave its {part} out."


def _member(node: PlanNode, parent: PlanNode | None) -> _Faults:
    each = parent.each if parent is not None else None
    if parent is None or each is None:
        if node.member is not None:
            yield "member", "member_without_each", "Only below a goal of each one stands whose part it is."
        return
    same = (node.kind, node.level, node.weekdays, node.unit) == (
        parent.kind,
        parent.level,
        parent.weekdays,
        parent.unit,
    )
    measured = (node.measure or Measure.CHECK, node.aggregate) == (each.measure or Measure.CHECK, each.aggregate)
    if not (node.is_leaf and same and measured and node.weight == 1 and node.strategy is None):
        message = (
            f"“{parent.title[:LONGEST_TITLE]}” is what each one does: it has no other goals below. If “each” belongs to"
            ' its name, put that in "double quotes".'
        )
        yield "", "other_below_each", message
