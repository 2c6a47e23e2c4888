"""A parsed line: the goal that is meant, and what the line says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from core.actions.logged import How
from core.planning.names import Titles
from core.records import record
from language.lexicon import Lexicon
from language.parsing.dates import Calendar
from language.parsing.errors import Unclear
from language.tokens import phrase


class KnownGoal(NamedTuple):
    """A node, as far as a log's words can name it. `ended`: not active today, and so matched last; `over`: its last day
    is past; `under`: its parent's title, which tells namesakes apart. A tuple, because every message makes one for
    every node."""

    id: int
    title: str
    leaf: bool = True
    number: bool = False
    unit: str | None = None
    ended: bool = False
    under: str = ""
    over: bool = False


@dataclass(frozen=True)
class Rank:
    """Goals of equal precedence."""

    goals: tuple[KnownGoal, ...]

    @cached_property
    def titles(self) -> Titles:
        return Titles((goal.id, goal.title) for goal in self.goals)


class KnownGoals(tuple[KnownGoal, ...]):
    """The goals that a log's words can name, with derived values that are computed once for many lines."""

    @cached_property
    def ranks(self) -> tuple[Rank, Rank, Rank]:
        """Leaves, the goals above them, and ended goals."""
        leaves = (goal for goal in self if goal.leaf and not goal.ended)
        above = (goal for goal in self if not goal.leaf and not goal.ended)
        return Rank(tuple(leaves)), Rank(tuple(above)), Rank(tuple(goal for goal in self if goal.ended))

    @cached_property
    def all_titles(self) -> tuple[str, ...]:
        return tuple(goal.title for goal in self)

    @cached_property
    def titles(self) -> frozenset[str]:
        """The titles in lower case, with single blanks."""
        return frozenset(folded(goal.title) for goal in self)

    @cached_property
    def phrases(self) -> frozenset[str]:
        """The titles, normalised like a lexicon's phrases."""
        return frozenset(phrase(goal.title) for goal in self)


def known(goals: Sequence[KnownGoal]) -> KnownGoals:
    return goals if isinstance(goals, KnownGoals) else KnownGoals(goals)


def folded(title: str) -> str:
    """A title in lower case, with single blanks."""
    return " ".join(title.split()).casefold()


@record
class Context:
    """The context of a line: the day on which it was written, the writer's lexicon, the day that it is about if it
    names none (default: today), whether "1,5" is one and a half and "12 345" one number, and the time of day (None: it
    does not matter)."""

    today: date
    lexicon: Lexicon
    about: date | None = None
    decimal_comma: bool = False
    spaced_thousands: bool = False
    clock: time | None = None

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.today, self.lexicon)

    @property
    def usual_day(self) -> date:
        """The day that is meant if none is named."""
        return self.about or self.today


@record
class SaidOfGoal:
    """The meaning of a line about a goal. `plain`: it named no act and no day; `dated`: it named a day; `denied`: a
    zero that means "not done"; `through`: the last day, if it is about several."""

    on: date
    how: How = How.ADD
    value: Decimal | None = None
    note: str | None = None
    plain: bool = True
    dated: bool = False
    denied: bool = False
    through: date | None = None


@record
class Doubt:
    """Why a line is not logged without asking, and its possible readings, the likeliest first."""

    why: Unclear
    readings: tuple[SaidOfGoal, ...]

    def without_days_ahead(self, today: date) -> Doubt:
        """The doubt with only those readings that can be logged today."""
        return Doubt(self.why, tuple(said for said in self.readings if said.on <= today))


@record
class SaidLine:
    """A parsed line. `goals`: one is certain, several are candidates; if none has this `name`, `nearest` has the most
    similar ones. `sounds_like_talk`: the line may be conversation, with no number, date, act or whole title. `doubt`:
    the leftover words may be more than a note."""

    name: str
    goals: tuple[KnownGoal, ...]
    nearest: tuple[KnownGoal, ...]
    said: SaidOfGoal
    sounds_like_talk: bool = False
    doubt: Doubt | None = None
