"""The terms of design.md §1 as values: nodes, entries, owners. No computation and no store."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from core.goals.terms import ALWAYS, DaySchedule, Terms, terms_on
from core.records import record

WEEKDAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Level(StrEnum):
    """The length of a node's period, finest first; a range is the node's own dates, once."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    RANGE = "range"
    VISION = "vision"

    @property
    def rank(self) -> int:
        """0 for daily to 6 for vision."""
        return _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Level)}


class Kind(StrEnum):
    """The kind of a node. It fixes the level, except for a KPI, which states its own."""

    VISION = "vision"
    KPI = "kpi"
    TARGET = "target"
    QUARTERLY_TARGET = "quarterly_target"
    POWER_GOAL = "power_goal"
    MONTHLY_TARGET = "monthly_target"
    WEEKLY_TARGET = "weekly_target"
    DAILY_ACTION = "daily_action"

    @property
    def level(self) -> Level | None:
        """The level that the kind fixes; None for a KPI."""
        return _LEVEL_OF_KIND.get(self)


_LEVEL_OF_KIND = {
    Kind.VISION: Level.VISION,
    Kind.TARGET: Level.RANGE,
    Kind.QUARTERLY_TARGET: Level.QUARTERLY,
    Kind.POWER_GOAL: Level.QUARTERLY,
    Kind.MONTHLY_TARGET: Level.MONTHLY,
    Kind.WEEKLY_TARGET: Level.WEEKLY,
    Kind.DAILY_ACTION: Level.DAILY,
}


class Strategy(StrEnum):
    """How a parent follows from its children."""

    SUM = "sum"
    AVERAGE = "average"
    MIN = "min"
    MAX = "max"
    COUNT = "count"


class Measure(StrEnum):
    """The kind of entries of a leaf: ticks, or numbers with a unit."""

    CHECK = "check"
    NUMBER = "number"


class Aggregate(StrEnum):
    """How a number leaf's value in a period follows from its entries."""

    SUM = "sum"
    LAST = "last"
    MAX = "max"
    MIN = "min"
    AVERAGE = "average"
    COUNT = "count"


class Direction(StrEnum):
    """Whether a target is to be reached, or not to be exceeded (a limit)."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Status(StrEnum):
    """How a node stands today (design.md §2)."""

    DONE = "done"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BEHIND = "behind"
    TRACKED = "tracked"
    OFF = "off"
    INACTIVE = "inactive"


@record
class Each:
    """Marks a node that every member of a group does by themselves, each on a leaf of their own below it.

    The fields say how these leaves are measured. They take level, unit, direction and terms from the node: its target
    is for one person.
    """

    measure: Measure | None = None
    aggregate: Aggregate | None = None


@record
class Node:
    """Anything in a tree. Values that were never set are None; `Tree` supplies the defaults.

    `terms` is the history of what is asked, oldest first, the first since `date.min`. `starts_on` and `ends_on` are
    inclusive; None means the vision's. `baseline` is the value from which a target is approached. A node with `each` is
    a parent even before anyone has joined; its children are leaves, one for each member (`member_id`). `let_go`: it was
    ended by hand, so nobody is asked about it any more, even if its last day is not over.
    """

    id: int
    parent_id: int | None
    key: str
    kind: Kind
    level: Level
    title: str
    strategy: Strategy | None = None
    measure: Measure | None = None
    aggregate: Aggregate | None = None
    unit: str | None = None
    direction: Direction = Direction.AT_LEAST
    baseline: Decimal | None = None
    terms: tuple[Terms, ...] = ALWAYS
    starts_on: date | None = None
    ends_on: date | None = None
    position: int = 0
    each: Each | None = None
    member_id: int | None = None
    let_go: bool = False

    @property
    def target(self) -> Decimal | None:
        """The target in force last."""
        return self.terms[-1].target

    @property
    def weight(self) -> Decimal:
        """The weight in force last."""
        return self.terms[-1].weight

    @property
    def schedule(self) -> DaySchedule:
        """The schedule in force last."""
        return self.terms[-1].schedule

    @property
    def is_limit(self) -> bool:
        """Whether its target is a limit."""
        return self.direction is Direction.AT_MOST

    def target_for(self, period_end: date) -> Decimal | None:
        """The target of a period: the one in force on its last day, so past periods keep theirs."""
        return terms_on(self.terms, period_end).target

    def weight_for(self, window_end: date) -> Decimal:
        """The weight in a window of its parent: the one in force on the window's last day."""
        return terms_on(self.terms, window_end).weight


@record
class Pause:
    """Days off, both dates inclusive, for everything or for the branch of a node."""

    id: int
    first: date
    last: date
    node_id: int | None = None


@record
class Entry:
    """One logged fact. `value` is None for a skip; a tick has the value 1 (or 0: explicitly not done).

    `id` orders the entries of a day. `source_key` is unique in the store: the same message or tap makes one entry.
    `is_known_ahead`: a skip made by an absence, which counts before its day has come.
    """

    id: int
    node_id: int
    on: date
    value: Decimal | None
    skipped: bool = False
    note: str | None = None
    author_id: int | None = None
    source_key: str | None = None
    created_at: datetime | None = None
    is_known_ahead: bool = False


class OwnerType(StrEnum):
    """The kind of owner: a private chat (one person), a group, or none (made on the command line)."""

    PRIVATE = "private"
    GROUP = "group"
    LOCAL = "local"


@record
class QuietHours:
    """From `start` (inclusive) to `end` (exclusive) on the wall clock, across midnight if `end` is earlier."""

    start: time
    end: time

    def cover(self, wall: time) -> bool:
        """Whether a time of day is quiet. If both are equal, none is."""
        if self.start <= self.end:
            return self.start <= wall < self.end
        return wall >= self.start or wall < self.end


@record
class Owner:
    """The chat that trees belong to, with the settings that turn instants into its dates.

    `chat_id` is Telegram's. `timezone` is an IANA name; `zone_chosen` is False until the person chose it. `week_start`
    is a weekday number. `nudge_after` is how long after a check-in prompt a second one comes (None: never).
    `defaults_given`: the default reminders were set up with the first plan, or a document listed others.
    `unreachable_since` is when Telegram said that the bot is shut out. `unanswered` counts the evenings in a row
    without an answer (see `core.asking.silence`).

    For a group: `thread_id` is the topic for its rounds (None: the chat itself, or its General topic). `round_deadline`
    is when the round ends (None: with the day). `board_ordered`: the board is ranked. `invite` is the token in the
    invitation link (None until somebody asks for it). `members_plan`: members who are no admins may change the trees.
    """

    id: int
    chat_id: int
    type: OwnerType
    title: str = ""
    timezone: str = "UTC"
    day_start: time = time(0, 0)
    week_start: int = 0
    locale: str = "en"
    zone_chosen: bool = False
    quiet: QuietHours | None = None
    nudge_after: timedelta | None = None
    defaults_given: bool = False
    unreachable_since: datetime | None = None
    thread_id: int | None = None
    round_deadline: time | None = None
    board_ordered: bool = True
    invite: str | None = None
    members_plan: bool = False
    unanswered: int = 0


@record
class Member:
    """A member of a group. Being in the chat makes nobody a member. `name` is as last seen, and may be empty. `left_at`
    is None while they are in. `nudges`: others may nudge them. `named`: sheets that leave the group may hold their
    name. `buddy_id` is the member who confirms their check-offs, `asked_buddy_id` one who was asked and has not
    answered. The group may read the notes that they have written elsewhere since `notes_since` (None: none);
    `notes_asked_at` is when they were last asked about that."""

    id: int
    owner_id: int
    user_id: int
    name: str
    joined_at: datetime
    left_at: datetime | None = None
    nudges: bool = False
    buddy_id: int | None = None
    asked_buddy_id: int | None = None
    named: bool = False
    notes_since: datetime | None = None
    notes_asked_at: datetime | None = None

    @property
    def present(self) -> bool:
        """Whether they are in now."""
        return self.left_at is None
