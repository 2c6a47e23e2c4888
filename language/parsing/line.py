"""A line that was understood: which goal is meant, and what is said of it."""

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
    """A node as far as the words of a log can mean it. `ended`: not active today, so it is meant last; `over`: its last
    day is past; `under` is its parent's title, which tells namesakes apart. A tuple, because every message makes one of
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
    """Goals that are meant before others or after them."""

    goals: tuple[KnownGoal, ...]

    @cached_property
    def titles(self) -> Titles:
        return Titles((goal.id, goal.title) for goal in self.goals)


class KnownGoals(tuple[KnownGoal, ...]):
    """The goals that the words of a log can mean, with what is worked out of them once for many lines."""

    @cached_property
    def ranks(self) -> tuple[Rank, Rank, Rank]:
        """Leaves, the goals above them, and what has ended."""
        leaves = (goal for goal in self if goal.leaf and not goal.ended)
        above = (goal for goal in self if not goal.leaf and not goal.ended)
        return Rank(tuple(leaves)), Rank(tuple(above)), Rank(tuple(goal for goal in self if goal.ended))

    @cached_property
    def all_titles(self) -> tuple[str, ...]:
        """The titles as they are written."""
        return tuple(goal.title for goal in self)

    @cached_property
    def titles(self) -> frozenset[str]:
        """The titles in small letters, with single blanks."""
        return frozenset(folded(goal.title) for goal in self)

    @cached_property
    def phrases(self) -> frozenset[str]:
        """The titles as a lexicon has phrases."""
        return frozenset(phrase(goal.title) for goal in self)


def known(goals: Sequence[KnownGoal]) -> KnownGoals:
    """Goals with what is worked out of them."""
    return goals if isinstance(goals, KnownGoals) else KnownGoals(goals)


def folded(title: str) -> str:
    """A title in small letters, with single blanks."""
    return " ".join(title.split()).casefold()


@record
class Context:
    """What a line is read with: the day on which it was written, the words of the writer's language, the day that it
    is about where it names none (default: today), whether "1,5" is one and a half, and "12 345" one number, and the
    time of day (None: it says nothing)."""

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
        """The day that is meant where none is named."""
        return self.about or self.today


@record
class SaidOfGoal:
    """What is said of a goal, whichever it is. `plain`: no act and no day was said; `dated`: a
    day was; `denied`: words say that it was
    not done, not a zero; `through`: the last of several days of which the same is said."""

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
    """Why a line is not logged before its writer was asked, and what they may have meant, the likeliest first."""

    why: Unclear
    readings: tuple[SaidOfGoal, ...]

    def without_days_ahead(self, today: date) -> Doubt:
        """With the readings alone that can be logged."""
        return Doubt(self.why, tuple(said for said in self.readings if said.on <= today))


@record
class SaidLine:
    """One line understood. `goals`: one is meant, several are candidates, none is known by that `name`; then
    `nearest` are those that it resembles. `sounds_like_talk`: these could be words of a conversation, with no number,
    no date, no act, and not a whole title. `doubt`: words are left over that no note has."""

    name: str
    goals: tuple[KnownGoal, ...]
    nearest: tuple[KnownGoal, ...]
    said: SaidOfGoal
    sounds_like_talk: bool = False
    doubt: Doubt | None = None
