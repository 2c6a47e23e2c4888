"""Parsing an outline into plans: the nesting of its lines, and what each means there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from core.caps import CAPS, Caps
from core.errors import Fault, InvalidPlan
from core.goals.model import Aggregate, Direction, Each, Kind, Level, Measure, Strategy
from core.goals.terms import Terms, beside_the_last
from core.planning.namesakes import namesakes
from core.planning.outline.later import history, read_later
from core.planning.outline.line import LONGEST_LINE, OutlineLine
from core.planning.outline.phrases import ReadDay
from core.planning.outline.raw import Raw, written
from core.planning.outline.tail import read_line
from core.planning.outline.words import (
    AGGREGATES,
    CHECK,
    LETTER,
    LEVELS,
    ONE_OFFS,
    STRATEGIES,
    date_of,
    each_at_end,
    word_at_end,
)
from core.planning.plan import PlanNode
from core.planning.rules import adds_to, faults_of
from core.records import record

LINES_A_GOAL = 10
"""The most lines per goal: some lines are empty, or are refused one by one."""


def parse_outline(
    text: str, today: date, *, decimal_comma: bool = False, caps: Caps = CAPS, read_day: ReadDay = date_of
) -> list[PlanNode]:
    """The visions in an outline (see the package's docstring), checked by `core.planning.rules` as well. A vision
    without a start begins today. `read_day` reads dates that are not written as YYYY-MM-DD. Raises InvalidPlan with
    every fault, in the order of the text, each at `line N, column M`."""
    lines = LINES_A_GOAL * caps.nodes_in_tree
    if len(text) > caps.outline or text.count("\n") + text.count("\r") > 2 * lines:
        raise InvalidPlan([Fault("", "outline_too_large", lines=lines, characters=caps.outline)])
    read = list(_lines(text.replace("\r\n", "\n").replace("\r", "\n"), decimal_comma, read_day))
    if not read:
        raise InvalidPlan([Fault("line 1, column 1", "empty_outline")])
    visions = _plant(read, today)
    of_visions = [fault for vision in visions for fault in (*faults_of(vision, caps), *namesakes(vision))]
    if faults := _faults(read, of_visions):
        raise InvalidPlan(faults)
    return visions


def _faults(read: list[OutlineLine], of_visions: list[Fault]) -> list[Fault]:
    """All faults, by line. A line that could not be read gets no faults from the rules."""
    line_at = {line.place(line.column): line for line in read}
    faults = [(line.number, fault) for line in read for fault in line.faults]
    faults += [(line_at[f.place].number, f) for f in of_visions if not line_at[f.place].faults]
    return [fault for _, fault in sorted(faults, key=itemgetter(0))]


@record
class _Indents:
    """The indents of an outline: where visions begin, and which characters indent goals; `are_none`: no line is
    indented."""

    base: int
    mark: str
    are_none: bool

    @classmethod
    def of(cls, lines: list[Raw]) -> _Indents:
        blanks = [raw.blank for raw in lines if not raw.is_later] or [""]
        base, mark = len(blanks[0]), "".join(blanks)[:1]
        return cls(base, mark, all(len(blank) == base for blank in blanks))


def _lines(text: str, decimal_comma: bool, read_day: ReadDay) -> Iterator[OutlineLine]:
    lines = written(text)
    indents = _Indents.of(lines)
    above: list[OutlineLine] = []
    line: OutlineLine | None = None
    for raw in lines:
        if raw.is_later and line is not None:
            read_later(line, raw.number, raw.text, raw.start, decimal_comma, read_day)
            continue
        line = OutlineLine(raw.number, raw.start + 1, len(raw.blank), Kind.VISION, Level.VISION)
        if raw.is_later:
            line.fault(line.column, "later_without_goal")
            yield line
            return
        if len({*raw.blank, indents.mark}) > 1:
            line.fault(1, "mixed_indent")
        start = _begun(line, raw.text, raw.start, indents.base, by_letters=indents.are_none and bool(above))
        if len(raw.text) - len(raw.blank) > LONGEST_LINE:
            line.fault(line.column, "line_too_long", most=LONGEST_LINE)
        else:
            read_line(line, raw.text, start, decimal_comma, read_day)
        if indents.are_none:
            _indent(line, above, indents.base)
        yield line


def _indent(line: OutlineLine, above: list[OutlineLine], base: int) -> None:
    """Indents a line of an outline without indents by its level: below the last earlier line of a longer period."""
    while above and not (above[-1].level.rank > line.level.rank and above[-1].may_be_parent):
        above.pop()
    line.indent = base + len(above)
    above.append(line)


def _begun(line: OutlineLine, raw: str, start: int, base: int, *, by_letters: bool) -> int:
    """Reads the part of a line before its title; returns where the title begins. Visions are at indent `base`, and
    without indents (`by_letters`) goals are as well."""
    letter = LETTER.match(raw, start)
    known = bool(letter and letter[1].upper() in (*LEVELS, *ONE_OFFS))
    if line.indent > base or (by_letters and known):
        return _level(line, raw, start)
    if known:
        line.fault(line.column, "no_vision")
        return _level(line, raw, start)
    if line.indent < base:
        line.fault(line.column, "left_of_first_line")
    return start


def _level(line: OutlineLine, raw: str, start: int) -> int:
    """Reads the level letter; returns where the title begins."""
    line.kind, line.level = Kind.KPI, Level.DAILY
    match = LETTER.match(raw, start)
    if not match:
        line.fault(start + 1, "no_level")
        return start
    letter = match[1].upper()
    if letter in LEVELS and not match[2]:
        line.level = LEVELS[letter]
    elif letter in ONE_OFFS:
        line.kind = ONE_OFFS[letter]
        line.level = line.kind.level or Level.DAILY
    else:
        line.fault(start + 1, "unknown_level", letter=match[1])
    return match.end()


@dataclass(slots=True)
class _Branch:
    line: OutlineLine
    children: list[PlanNode] = field(default_factory=list)


def _plant(lines: list[OutlineLine], today: date) -> list[PlanNode]:
    visions: list[PlanNode] = []
    open_: list[_Branch] = []

    def close_down_to(indent: int) -> None:
        while open_ and open_[-1].line.indent >= indent:
            branch = open_.pop()
            siblings = open_[-1].children if open_ else visions
            siblings.append(_node(branch, today))

    for line in lines:
        closing = [branch.line.indent for branch in open_ if branch.line.indent >= line.indent]
        if closing and line.indent not in closing and line.kind is not Kind.VISION:
            line.fault(line.column, "wrong_indent")
        close_down_to(0 if line.kind is Kind.VISION else line.indent)
        open_.append(_Branch(line))
    close_down_to(0)
    return visions


@dataclass(slots=True)
class _Counted:
    """How a goal is measured."""

    strategy: Strategy | None = None
    measure: Measure | None = None
    aggregate: Aggregate | None = None
    each: Each | None = None


def _counted(branch: _Branch) -> _Counted:
    """How a goal is measured; removes a strategy's word at the end of its title."""
    line = branch.line
    if line.each:
        each, strategy = _each(branch)
        return _Counted(strategy, each=each)
    if branch.children or line.kind is Kind.VISION:
        line.title, strategy = _strategy(branch)
        return _Counted(strategy)
    if line.target is not None or line.is_tracked:
        return _Counted(None, *_measure(line, line.word))
    if line.word is not None and not line.faults:
        line.fault(line.word_column, "word_without_target", word=line.word)
    return _Counted()


def _node(branch: _Branch, today: date) -> PlanNode:
    line, children = branch.line, tuple(branch.children)
    _find_each(line)
    counted = _counted(branch)
    each = counted.each
    measure = each.measure if each else counted.measure
    starts_on, ends_on = line.dates or (None, None)
    is_vision = line.kind is Kind.VISION
    is_check = not (children or is_vision or measure is Measure.NUMBER)
    terms = history(line, Terms(date.min, **line.terms_said()), is_check=is_check)
    return PlanNode(
        title=line.title,
        kind=line.kind,
        level=line.level,
        strategy=counted.strategy,
        measure=counted.measure,
        aggregate=counted.aggregate,
        unit=None if _counts_ticks(line, measure) else line.unit,
        direction=Direction.AT_MOST if line.is_limit else Direction.AT_LEAST,
        baseline=line.baseline,
        target=terms[-1].target,
        weight=terms[-1].weight,
        schedule=terms[-1].schedule,
        terms=beside_the_last(terms),
        pauses=tuple(line.pauses),
        starts_on=starts_on or (today if is_vision else None),
        ends_on=ends_on,
        children=() if each else children,
        place=line.place(line.column),
        each=each,
    )


def _counts_ticks(line: OutlineLine, measure: Measure | None) -> bool:
    return measure is Measure.CHECK and not line.unit_is_quoted and line.is_in_times


def _find_each(line: OutlineLine) -> None:
    """Moves an “each” at the end of a title, where nothing else follows, out of it."""
    if line.kind is Kind.VISION or line.each or line.title_is_quoted or not (each := each_at_end(line.title)):
        return
    line.title, line.each = each[0], True
    line.word = line.word or each[1]


def _each(branch: _Branch) -> tuple[Each, Strategy | None]:
    """How one person's part is measured, and how the parts add up."""
    line = branch.line
    if branch.children:
        line.fault(line.column, "goals_below_each")
    if line.word is not None and line.word not in STRATEGIES and not line.faults:
        line.fault(line.word_column or line.column, "word_behind_each", word=line.word)
    strategy = STRATEGIES.get(line.word or "")
    if line.target is None:
        if line.each_word is not None and not line.faults:
            line.fault(line.column, "each_word_without_target", word=line.each_word)
        return Each(), strategy
    return Each(*_measure(line, line.each_word)), strategy


def _measure(line: OutlineLine, word: str | None) -> tuple[Measure, Aggregate | None]:
    if word == CHECK:
        return Measure.CHECK, None
    if word in ("max", "min") and not line.faults:
        line.fault(line.word_column or line.column, "word_of_two_meanings", word=word)
    if word is not None:
        return Measure.NUMBER, AGGREGATES[word]
    ticks = not line.unit_is_quoted and line.is_in_times and line.level is not Level.DAILY
    return (Measure.CHECK if ticks else Measure.NUMBER), None


def _strategy(branch: _Branch) -> tuple[str, Strategy | None]:
    line = branch.line
    marked = word_at_end(line.title) if line.word is None and not line.title_is_quoted else None
    title, word = marked or (line.title, line.word)
    if word is None:
        return title, _unsaid_strategy(branch)
    if word not in STRATEGIES and not line.faults:
        line.fault(line.word_column, "word_on_parent", word=word)
    return title, STRATEGIES.get(word)


def _unsaid_strategy(branch: _Branch) -> Strategy | None:
    """Sum, for a target without a word, if everything below adds up to it."""
    line = branch.line
    if line.target is None or line.faults:
        return None
    if line.unit is not None and adds_to(branch.children, line.unit):
        return Strategy.SUM
    line.fault(line.column, "strategy_missing")
    return None
