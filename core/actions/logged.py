"""The values of logging: a wanted log, and its result."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from core.goals.model import Entry, Node
from core.goals.reading import Standing
from core.goals.tree import Tree
from core.records import record


class How(Enum):
    """The effect of a log on its day: add to the value, set it, raise it to at least a value, or skip the period."""

    ADD = "add"
    SET = "set"
    REACH = "reach"
    SKIP = "skip"


class LogOutcome(Enum):
    """The outcome of a log. UNCHANGED: it said nothing new. REPEATED: this message was logged before; nothing is
    written, and the steps say what it did then."""

    LOGGED = "logged"
    UNCHANGED = "unchanged"
    REPEATED = "repeated"
    UNDONE = "undone"


@record
class Log:
    """A log that an actor asks for; they are its author. `value` None is a tick (a check) or a skip; a day has one tick
    at most, so ADD and SET are the same for it, and SET with 0 removes it. `source_key` is unique to the actor's
    message or tap (see `core.sources`). A typed number is not `sure`: if it is far outside the usual, the person is
    asked first (`FarOutside`)."""

    node_id: int
    on: date
    how: How = How.ADD
    value: Decimal | None = None
    note: str | None = None
    source_key: str | None = None
    sure: bool = True


@record
class EntryChange:
    """The new contents of an entry: None keeps its date or note. `value` None is a tick, or a skip if `skipped`.
    `is_same`: the value stays, and only the day or the note changes."""

    value: Decimal | None = None
    skipped: bool = False
    on: date | None = None
    note: str | None = None
    source_key: str | None = None
    is_same: bool = False


@record
class LogStep:
    """One node on the way up, before and after. `standing` is as of the owner's today if `period` holds it."""

    before: int
    standing: Standing
    touched: bool


@record
class CheckOff:
    """The result of a log, all the way up: `steps` begin with the leaf and end with the vision.

    A step's period is the one that the entry's date touches; its standing is as of `on`'s day if that period is past.
    """

    outcome: LogOutcome
    tree: Tree
    leaf: Node
    on: date
    today: date
    entry: Entry | None
    steps: tuple[LogStep, ...]

    @property
    def is_skip(self) -> bool:
        """Whether the entry skips the period."""
        return self.entry is not None and self.entry.skipped

    @property
    def streak_current(self) -> int:
        """The leaf's streak today."""
        streak = self.steps[0].standing.streak
        return streak.current if streak else 0
