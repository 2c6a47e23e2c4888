"""One line of an outline: its title, and everything that follows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from core.errors import Fault
from core.goals.model import Kind, Level
from core.goals.terms import DaySchedule
from core.planning.outline.phrases import LineScope, ReadDay
from core.planning.outline.words import TIMES
from core.planning.plan import DaysOff
from core.records import record

LONGEST_LINE = 1_000
"""Characters after the indent; the longest quoted title with everything that can follow is shorter."""


@record
class LaterTerms:
    """A line with changed terms of the goal above it, from a day on. `ticks`: its target counts ticks."""

    since: date
    place: str
    parts: dict[str, Any]
    unit: str | None
    ticks: bool


@dataclass(slots=True)
class OutlineLine:
    """The words of one line, before it is known whether there are lines below it. `column` is that of its first
    character. `each`: it is an *each* goal; `each_word` is how one person's part adds up, if the line says it."""

    number: int
    column: int
    indent: int
    kind: Kind
    level: Level
    title: str = ""
    title_is_quoted: bool = False
    target: Decimal | None = None
    unit: str | None = None
    unit_is_quoted: bool = False
    word: str | None = None
    word_column: int = 0
    each: bool = False
    each_word: str | None = None
    is_limit: bool = False
    baseline: Decimal | None = None
    is_tracked: bool = False
    schedule: DaySchedule | None = None
    weight: Decimal | None = None
    dates: tuple[date | None, date | None] | None = None
    changes: list[LaterTerms] = field(default_factory=list)
    pauses: list[DaysOff] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def place(self, column: int) -> str:
        """The place of a column of this line, for faults."""
        return f"line {self.number}, column {column}"

    def fault(self, column: int, code: str, /, **values: object) -> None:
        """Adds a fault at a column."""
        self.faults.append(Fault(self.place(column), code, **values))

    def scope(self, read_day: ReadDay) -> LineScope:
        """The facts that decide which phrases are part of the title."""
        return LineScope(self.kind, self.level, read_day)

    def terms_said(self) -> dict[str, Any]:
        """The parts of terms that the line says."""
        said = {"schedule": self.schedule, "weight": self.weight}
        parts: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
        return {**parts, "target": self.target} if self.target is not None or self.is_tracked else parts

    @property
    def is_in_times(self) -> bool:
        """Whether its unit is a word such as "times"."""
        return (self.unit or "").casefold() in TIMES

    @property
    def may_be_parent(self) -> bool:
        """Whether goals may stand below it, as far as its own words tell."""
        if self.kind in (Kind.TARGET, Kind.WEEKLY_TARGET, Kind.DAILY_ACTION) or self.each or self.is_tracked:
            return False
        counts_ticks = self.is_in_times and self.word is None
        return not self.is_limit and self.baseline is None and not counts_ticks
