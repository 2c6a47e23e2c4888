"""A tree as an outline, in the shortest form that reads back as the same plan."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from core.goals.model import Aggregate, Each, Kind, Level, Measure, Strategy
from core.goals.terms import EVERY_DAY, Terms
from core.goals.tree import Tree
from core.planning.outline.phrases import LineScope, reads_as_title
from core.planning.outline.words import (
    AGAIN,
    AGGREGATE_WORDS,
    CHECK,
    EACH,
    LEVELS,
    NO_TARGET,
    NO_UNITS,
    ONE_OFF_LETTERS,
    STOPPED,
    TIMES,
    TRACK,
    quoted,
    schedule_text,
)
from core.planning.plan import PlanNode, plan_of
from core.values import plain_text

_LIKE_A_DAY = re.compile(
    r"\d{4}|\d[./]\d|\d\S*\s+[^\W\d]|[^\W\d]\s+\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|\b(?:christmas|xmas|today|tomorrow|weeks?|months?|quarters?|year)\b",
    re.IGNORECASE,
)
_BARE_UNIT = re.compile(r'(?![x×]\d)[^\s\d"=\[\](){}.,+-][^\s"=\[\]()]*(?<![,;])', re.IGNORECASE)


def print_outline(tree: Tree, on: date) -> str:
    """The tree as an outline, two spaces per level, without a final line break: the terms on a day, and later ones."""
    return print_plan(plan_of(tree), on)


def print_plan(plan: PlanNode, on: date = date.min) -> str:
    """The plan as an outline; `parse_outline` reads it back. Terms and pauses that were over by a day are left out."""
    lines = []
    stack = [(plan, 0)]
    while stack:
        node, depth = stack.pop()
        lines.append("  " * depth + print_line(node, on))
        lines += ["  " * (depth + 1) + line for line in (*print_changes(node, on), *_pauses(node, on))]
        if node.each is not None:  # below it are only members' own leaves, which are made automatically
            continue
        stack.extend((child, depth + 1) for child in reversed(node.children))
    return "\n".join(lines)


def print_line(node: PlanNode, on: date = date.min, *, quote: bool = False) -> str:
    """The line of one goal with its terms on a day, without indent. `quote`: its title in quotes, so that it is read as
    nothing else."""
    now = _from(node, on)[0]
    node = replace(node, target=now.target, weight=now.weight, schedule=now.schedule)
    vision = node.kind is Kind.VISION
    bare = reads_as_title(node.title, LineScope(node.kind, node.level, _may_be_a_day), parent=not node.is_leaf)
    title = node.title if bare and not quote else quoted(node.title)
    if node.each is not None:
        measured = _each(node, node.each)
    else:
        measured = _leaf_target(node) if node.is_leaf else _parent_target(node)
    days = "" if node.schedule == EVERY_DAY else f"[{schedule_text(node.schedule)}]"
    weight = "" if node.weight == 1 else f"x{plain_text(node.weight)}"
    if vision:
        parts = [title, _dates(node), measured, days, weight]
    else:
        parts = [_letter(node), title, measured, days, weight, _dates(node)]
    return " ".join(part for part in parts if part)


def print_changes(node: PlanNode, on: date = date.min) -> list[str]:
    """The lines with a goal's later terms."""
    lines = []
    for before, after in pairwise(_from(node, on)):
        parts = [] if after.active is before.active else [AGAIN if after.active else STOPPED]
        if after.target != before.target:
            parts.append(_changed_target(replace(node, target=after.target)))
        if after.schedule != before.schedule:
            parts.append(f"[{schedule_text(after.schedule)}]")
        if after.weight != before.weight:
            parts.append(f"x{plain_text(after.weight)}")
        lines.append(f"then from {after.since}: {' '.join(parts)}")
    return lines


def _from(node: PlanNode, on: date) -> list[Terms]:
    """The terms in force on a day and those that follow. For a goal that is stopped for good also those before, since
    an outline writes the stop as a change."""
    first = max(index for index, terms in enumerate(node.history) if terms.since <= on)
    while first and not any(terms.active for terms in node.history[first:]):
        first -= 1
    return list(node.history[first:])


def _changed_target(node: PlanNode) -> str:
    measured = node.each.measure if node.each else node.measure
    if node.target is None:
        tracked = node.is_leaf and measured is Measure.NUMBER
        return f"= {TRACK if tracked else NO_TARGET}"
    word = ""
    if node.is_check:
        node, word = replace(node, unit=None), CHECK if node.level is Level.DAILY else ""
    return _target(replace(node, baseline=None), word)


def _pauses(node: PlanNode, on: date) -> list[str]:
    """The lines with a goal's pauses."""
    return [
        f"pause{' everything' if one.everything else ''} "
        + (f"on {one.first}" if one.first == one.last else f"from {one.first} until {one.last}")
        for one in sorted(node.pauses, key=lambda one: (one.everything, one.first, one.last))
        if one.last >= on
    ]


def _may_be_a_day(text: str) -> date | None:
    """Whether the words after "by" at the end of a title could be read as a day, so that the title has to be quoted."""
    return date.max if _LIKE_A_DAY.search(text) else None


def _each(node: PlanNode, each: Each) -> str:
    part = replace(node, each=None, measure=each.measure, aggregate=each.aggregate, children=())
    strategy = node.strategy or Strategy.AVERAGE
    return " ".join(
        word for word in (_leaf_target(part), EACH, "" if strategy is Strategy.AVERAGE else strategy.value) if word
    )


def _letter(node: PlanNode) -> str:
    letter = ONE_OFF_LETTERS.get(node.kind, node.level.value[0].upper())
    return letter + ("!:" if node.kind in ONE_OFF_LETTERS and letter in LEVELS else ":")


def _parent_target(node: PlanNode) -> str:
    strategy = node.strategy or Strategy.AVERAGE
    if node.target is None:
        return "" if strategy is Strategy.AVERAGE else strategy.value
    return _target(node, strategy.value)


def _leaf_target(node: PlanNode) -> str:
    if node.measure is Measure.NUMBER:
        return _number_target(node)
    if node.is_limit:
        return _target(replace(node, target=node.target or Decimal(1)), CHECK)
    if node.target is None:
        return ""
    if node.level is Level.DAILY or node.unit is not None:
        return _target(node, CHECK)
    return f"= {plain_text(node.target)} {'time' if node.target == 1 else 'times'}"


def _number_target(node: PlanNode) -> str:
    usual = Aggregate.SUM if node.baseline is None else Aggregate.LAST
    aggregate = node.aggregate or usual
    return _target(node, "" if aggregate is usual else AGGREGATE_WORDS[aggregate])


def _target(node: PlanNode, word: str) -> str:
    number = plain_text(node.target) if node.target is not None else TRACK if node.is_leaf else ""
    if node.baseline is not None:
        number = f"{plain_text(node.baseline)} -> {number}"
    unit = _unit(node, word)
    return " ".join(part for part in ("<=" if node.is_limit else "=", number, unit, word) if part)


def _unit(node: PlanNode, word: str) -> str:
    if node.unit is None:
        # Right after a number "min" is minutes; with an empty unit in between it is the minimum.
        return '""' if word == "min" else ""
    known = node.unit.casefold()
    if known == "min":
        return node.unit
    counts_ticks = known in TIMES and node.is_leaf
    return (
        node.unit
        if _BARE_UNIT.fullmatch(node.unit) and known not in NO_UNITS and not counts_ticks
        else quoted(node.unit)
    )


def _dates(node: PlanNode) -> str:
    starts, ends = node.starts_on, node.ends_on
    if starts and starts == ends:
        return f"(on {starts})"
    said = [f"from {starts}"] if starts else []
    if ends:
        said.append(f"until {ends}")
    return f"({' '.join(said)})" if said else ""
