"""Titles that carry a number, in an outline or a document: "Read 5 pages" is a tick, but 5 pages may be meant as its
target."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from zlib import crc32

from core.errors import GoaltreeError
from core.goals.model import Aggregate, Direction, Each, Kind, Level, Measure, Strategy
from core.planning.outline import print_line
from core.planning.outline.words import LETTER
from core.planning.plan import PlanNode
from core.planning.rules import LAST_DATE, adds_to, faults_of
from core.records import record
from language.parsing.aims import Heard, read_aim
from language.parsing.hearing import Hearing

_PLACE = re.compile(r"line (\d+), column (\d+)")
SETS = re.compile(r"\b(\d{1,3})\s?[x×]\s?(\d{1,4})\b", re.IGNORECASE)
"""Sets such as "3x10": the product may be a target, or part of the name."""
_TIMES = re.compile(r"\b(\d{1,3})\s?[x×](?=\s*$)", re.IGNORECASE)
_KILOMETRES = re.compile(r"\b(\d{1,2}(?:[.,]\d)?)k\b")
_YEARS = range(1900, 2101)
_TIMES_UNIT = "times"


@record
class Numbered:
    """A goal without a target whose title carries a number. `line` is its line in the outline (0 in a document).
    `as_target` is that line with the number as target, `as_name` with the number as part of the name."""

    line: int
    title: str
    target: str
    as_target: str
    as_name: str

    @property
    def mark(self) -> int:
        """A short hash that identifies the line, in case another takes its place."""
        return crc32(self.title.encode())


def numbered(plans: Iterable[PlanNode], hearing: Hearing, *, text: str = "") -> list[Numbered]:
    """The goals of plans whose titles carry a number that may be their target; `text` is the outline that they were
    read from. Words in quotes are a title and nothing else."""
    lines = text.split("\n")
    asked = []
    for node in (node for plan in plans for node in plan.walk()):
        place = _PLACE.fullmatch(node.place)
        line, column = (int(place[1]), int(place[2]) - 1) if place else (0, 0)
        raw = lines[line - 1] if line else ""
        if not _may_have_target(node) or _is_quoted(raw, column):
            continue
        meant = _with_target(node, hearing)
        if meant is not None:
            before = raw[:column]
            as_target, as_name = before + print_line(meant), before + print_line(node, quote=True)
            asked.append(Numbered(line, node.title, _target_of(meant), as_target, as_name))
    return asked


def _may_have_target(node: PlanNode) -> bool:
    """Whether nothing says how the goal is measured."""
    return (
        node.kind is not Kind.VISION
        and node.target is None
        and node.strategy is None
        and node.measure is not Measure.NUMBER
        and bool(re.search(r"\d", node.title))
    )


def _is_quoted(raw: str, column: int) -> bool:
    letter = LETTER.match(raw, column)
    return raw[letter.end() if letter else column :].lstrip().startswith('"')


def _target_of(node: PlanNode) -> str:
    """The target in the outline's syntax: "= 5 pages"."""
    printed = print_line(replace(node, title="?"))
    return printed[printed.index("?") + 1 :].partition("[")[0].partition("(")[0].strip().removeprefix("= ")


def _with_target(node: PlanNode, hearing: Hearing) -> PlanNode | None:
    """The goal with its title's number as target; None if there is no number, or the goal cannot have a target."""
    title = _KILOMETRES.sub(r"\1 km", node.title)
    if sets := SETS.search(title):
        product = Decimal(int(sets[1]) * int(sets[2]))
        return _sound(_measured(node, _without(title, sets), product, None))
    if times := _TIMES.search(title):
        return _sound(_measured(node, _without(title, times), Decimal(times[1]), _TIMES_UNIT))
    try:
        heard = read_aim(title, hearing)
    except GoaltreeError:
        return None
    return None if heard.needs_now or not _is_amount(heard, title) else _aimed(node, heard, title)


def _aimed(node: PlanNode, heard: Heard, title: str) -> PlanNode | None:
    """The goal with the aim that its title states."""
    aim = heard.aim
    if aim.amount is None or aim.baseline is not None:
        return None
    if node.children:
        return _sound(_sum(node, aim.amount, aim.unit or _unit_below(node)))
    level = _level(node, heard)
    unit = _TIMES_UNIT if aim.counts_ticks and level is not Level.DAILY else aim.unit
    name = aim.goal if aim.direction is Direction.AT_MOST and aim.goal else _name(aim.goal, title)
    meant = _measured(replace(node, level=level), name, aim.amount, unit)
    return _sound(replace(meant, direction=aim.direction, aggregate=_aggregate(meant, aim.aggregate)))


def _level(node: PlanNode, heard: Heard) -> Level:
    """The period in the title, which only a KPI may have, else the goal's own."""
    may_have = node.kind is Kind.KPI and not heard.assumed_each
    return (heard.aim.each if may_have else None) or node.level


def _is_amount(heard: Heard, title: str) -> bool:
    """Whether the number is an amount, not part of a name such as a year, or the "no" of "no smoking"."""
    amount, unit = heard.aim.amount, heard.aim.unit
    is_year = unit is None and amount is not None and amount in _YEARS and heard.aim.each is None
    is_none = amount == 0 and heard.aim.direction is Direction.AT_MOST
    return not is_year and not is_none and bool(re.search(r"\d", title))


def _aggregate(node: PlanNode, aggregate: Aggregate | None) -> Aggregate | None:
    """How a measuring leaf that is not shared combines its entries."""
    return aggregate if node.measure is Measure.NUMBER and node.each is None else None


def _without(title: str, match: re.Match[str]) -> str:
    name = " ".join(f"{title[: match.start()]} {title[match.end() :]}".split()).strip(" :,-–")
    return _capital(name) or title


def _name(goal: str, title: str) -> str:
    """The goal's name without the number: the words before it, if there are any."""
    before = re.split(r"[€$£¥₹₽]?\s*\d", title, maxsplit=1)[0].strip(" :,-–")
    is_told = goal and (not before or goal.casefold().startswith(before.casefold()))
    return _capital(goal if is_told else before or title)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _measured(node: PlanNode, title: str, target: Decimal, unit: str | None) -> PlanNode:
    """A goal that measures, or counts ticks if the unit is "times" per longer period."""
    ticks = unit == _TIMES_UNIT and node.level is not Level.DAILY
    measure = Measure.CHECK if ticks else Measure.NUMBER
    named = replace(node, title=title, target=target, unit=None if ticks else unit)
    if node.each is not None:
        return replace(named, each=Each(measure))
    return replace(named, measure=measure)


def _sum(node: PlanNode, target: Decimal, unit: str | None) -> PlanNode:
    return replace(node, strategy=Strategy.SUM, target=target, unit=unit)


def _unit_below(node: PlanNode) -> str | None:
    units = {leaf.unit for leaf in node.walk() if leaf.is_leaf and leaf.measure is Measure.NUMBER}
    return units.pop() if len(units) == 1 else None


def _sound(node: PlanNode) -> PlanNode | None:
    """The goal, if it is valid by itself."""
    if node.children and not adds_to(node.children, node.unit):
        return None
    alone = PlanNode("?", Kind.VISION, Level.VISION, ends_on=node.ends_on or LAST_DATE, children=(node,))
    return None if faults_of(alone) else node
